"""Codes of recommendations, actions and plans: states with their legal moves, what a review says."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.enums import StateLook
from core.moves import Moves


class RecommendationOrigin(models.TextChoices):
    SESSION = "session", _("Training session")
    MEETING = "meeting", _("Committee meeting")
    EVALUATION = "evaluation", _("Evaluation")
    AUDIT = "audit", _("Audit")


class Weight(models.TextChoices):
    """How urgent a recommendation is."""

    HIGH = "high", pgettext_lazy("priority", "High")
    NORMAL = "normal", pgettext_lazy("priority", "Normal")
    LOW = "low", pgettext_lazy("priority", "Low")


class RecommendationState(models.TextChoices):
    """The nine states of the follow-up. *Overdue* is not one of them: it is computed."""

    PROPOSED = "proposed", pgettext_lazy("recommendation", "Proposed")
    ACCEPTED = "accepted", pgettext_lazy("recommendation", "Accepted")
    PARTLY = "partly", pgettext_lazy("recommendation", "Partly accepted")
    REJECTED = "rejected", pgettext_lazy("recommendation", "Rejected")
    RUNNING = "running", pgettext_lazy("recommendation", "In progress")
    DECLARED = "declared", pgettext_lazy("recommendation", "Declared implemented")
    VERIFIED = "verified", pgettext_lazy("recommendation", "Verified and closed")
    DROPPED = "dropped", pgettext_lazy("recommendation", "Closed without implementation")
    REOPENED = "reopened", pgettext_lazy("recommendation", "Reopened")

    @property
    def look(self) -> StateLook:
        return RECOMMENDATION_LOOKS[self]


RECOMMENDATION_LOOKS = {
    RecommendationState.PROPOSED: StateLook("", "dash"),
    RecommendationState.ACCEPTED: StateLook("", "ring"),
    RecommendationState.PARTLY: StateLook("", "ring"),
    RecommendationState.REJECTED: StateLook("shut", "x"),
    RecommendationState.RUNNING: StateLook("live", "q2"),
    RecommendationState.DECLARED: StateLook("soon", "q3"),
    RecommendationState.VERIFIED: StateLook("done", "check"),
    RecommendationState.DROPPED: StateLook("shut", "slash"),
    RecommendationState.REOPENED: StateLook("late", "loop"),
}
RECOMMENDATION_MOVES = Moves(
    {
        RecommendationState.PROPOSED: {
            RecommendationState.ACCEPTED,
            RecommendationState.PARTLY,
            RecommendationState.REJECTED,
            RecommendationState.DROPPED,
        },
        RecommendationState.ACCEPTED: {RecommendationState.RUNNING, RecommendationState.DROPPED},
        RecommendationState.PARTLY: {RecommendationState.RUNNING, RecommendationState.DROPPED},
        RecommendationState.RUNNING: {RecommendationState.DECLARED, RecommendationState.DROPPED},
        RecommendationState.DECLARED: {
            RecommendationState.RUNNING,
            RecommendationState.VERIFIED,
            RecommendationState.DROPPED,
        },
        RecommendationState.VERIFIED: {RecommendationState.REOPENED},
        RecommendationState.REJECTED: {RecommendationState.REOPENED},
        RecommendationState.DROPPED: {RecommendationState.REOPENED},
        RecommendationState.REOPENED: {
            RecommendationState.ACCEPTED,
            RecommendationState.RUNNING,
            RecommendationState.REJECTED,
            RecommendationState.DROPPED,
        },
    },
    reasons={
        RecommendationState.PARTLY,
        RecommendationState.REJECTED,
        RecommendationState.DROPPED,
        RecommendationState.REOPENED,
    },
)
RECOMMENDATION_SHUT = (RecommendationState.REJECTED, RecommendationState.VERIFIED, RecommendationState.DROPPED)


class ActionState(models.TextChoices):
    TODO = "todo", pgettext_lazy("action", "To do")
    RUNNING = "running", pgettext_lazy("action", "In progress")
    DECLARED = "declared", pgettext_lazy("action", "Declared done")
    VERIFIED = "verified", pgettext_lazy("action", "Verified and closed")
    DROPPED = "dropped", pgettext_lazy("action", "Given up")

    @property
    def look(self) -> StateLook:
        return ACTION_LOOKS[self]


ACTION_LOOKS = {
    ActionState.TODO: StateLook("", "ring"),
    ActionState.RUNNING: StateLook("live", "q2"),
    ActionState.DECLARED: StateLook("soon", "q3"),
    ActionState.VERIFIED: StateLook("done", "check"),
    ActionState.DROPPED: StateLook("shut", "slash"),
}
ACTION_MOVES = Moves(
    {
        ActionState.TODO: {ActionState.RUNNING, ActionState.DECLARED, ActionState.DROPPED},
        ActionState.RUNNING: {ActionState.DECLARED, ActionState.DROPPED},
        ActionState.DECLARED: {ActionState.RUNNING, ActionState.VERIFIED},
        ActionState.VERIFIED: {ActionState.RUNNING},
        ActionState.DROPPED: {ActionState.TODO},
    },
    reasons={ActionState.DROPPED, ActionState.TODO},
)
"""Back to `running` from `declared` is a refusal of the proof, from `verified` a reopening: both with their reason."""
ACTION_OPEN = (ActionState.TODO, ActionState.RUNNING, ActionState.DECLARED)


class PlanState(models.TextChoices):
    """The life of one version of an action plan."""

    DRAFT = "draft", pgettext_lazy("plan", "Draft")
    REVIEW = "review", pgettext_lazy("plan", "Under review")
    ADOPTED = "adopted", pgettext_lazy("plan", "Adopted")
    CLOSED = "closed", pgettext_lazy("plan", "Closed")

    @property
    def look(self) -> StateLook:
        return PLAN_LOOKS[self]


PLAN_LOOKS = {
    PlanState.DRAFT: StateLook("", "dash"),
    PlanState.REVIEW: StateLook("soon", "ring"),
    PlanState.ADOPTED: StateLook("done", "check"),
    PlanState.CLOSED: StateLook("shut", "lock"),
}
PLAN_MOVES = Moves(
    {
        PlanState.DRAFT: {PlanState.REVIEW},
        PlanState.REVIEW: {PlanState.DRAFT, PlanState.ADOPTED},
        PlanState.ADOPTED: {PlanState.CLOSED},
        PlanState.CLOSED: set(),
    },
    reasons={PlanState.DRAFT},
)


class Verdict(models.TextChoices):
    """What a seat says in a review. Nothing is chosen for it beforehand."""

    APPROVE = "approve", _("I approve")
    CHANGES = "changes", _("I ask for changes")
    COMMENT = "comment", _("I comment")
    RECUSE = "recuse", _("I recuse myself (interest in the matter)")
    LACKING = "lacking", _("I lack elements")
