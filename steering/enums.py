"""Codes of the steering: rules of a founding act, states and their legal moves, what people may answer."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.enums import StateLook
from core.moves import Moves

# The rules of a founding act.


class Power(models.TextChoices):
    """What a committee may do with what it settles."""

    DECIDES = "decides", pgettext_lazy("committee", "Decides")
    RECOMMENDS = "recommends", pgettext_lazy("committee", "Recommends")
    ADVISES = "advises", pgettext_lazy("committee", "Advises")


class DayCount(models.TextChoices):
    CALENDAR = "calendar", _("Calendar days")
    WORKING = "working", _("Working days")


class Majority(models.TextChoices):
    """Of what more than half must be in favour."""

    CAST = "cast", _("Of the votes for and against")
    PRESENT = "present", _("Of the voting seats present or represented")
    SEATS = "seats", _("Of all the voting seats in office")
    TWO_THIRDS = "two_thirds", _("Two thirds of the votes for and against")


class Voters(models.TextChoices):
    DELIBERATIVE = "deliberative", _("Seats with a deliberative voice")
    ALL = "all", _("Every seat")


class ChairSubstitute(models.TextChoices):
    """Who presides when the chair is absent."""

    ALTERNATE = "alternate", _("The alternate of the presiding seat")
    RANK = "rank", _("The next seat by rank that is present")
    NOBODY = "nobody", _("Nobody: the meeting cannot be held")


class Silence(models.TextChoices):
    """What no answer means in a written procedure."""

    CONSENT = "consent", _("Silence is agreement")
    ABSTENTION = "abstention", _("Silence is an abstention")
    REFERRAL = "referral", _("Silence refers the question to a meeting")


# Seats and mandates.


class Voice(models.TextChoices):
    DELIBERATIVE = "deliberative", _("Deliberative voice")
    CONSULTATIVE = "consultative", _("Consultative voice")
    UNKNOWN = "unknown", _("Voice not documented")


class MandateKind(models.TextChoices):
    TITULAR = "titular", _("Titular")
    ALTERNATE = "alternate", _("Alternate")


class SuccessionKind(models.TextChoices):
    """What happened to an institution."""

    RENAME = "rename", _("Renamed")
    MERGER = "merger", _("Merged into another")
    SPLIT = "split", _("Split")


class AlertKind(models.TextChoices):
    """Why somebody should see to a seat."""

    VACANT = "vacant", _("Vacant voting seat")
    WITHOUT_TITULAR = "without_titular", _("Seat without a titular")
    ENDING = "ending", _("Mandate that ends soon")

    @property
    def look(self) -> StateLook:
        return StateLook("soon", "dash") if self == AlertKind.ENDING else StateLook("late", "x")


# Meetings.


class MeetingKind(models.TextChoices):
    ORDINARY = "ordinary", pgettext_lazy("meeting", "Ordinary")
    EXTRAORDINARY = "extraordinary", pgettext_lazy("meeting", "Extraordinary")


class MeetingState(models.TextChoices):
    """Where a meeting stands; `held` once it is lifted, `closed` once its minutes are approved."""

    PLANNED = "planned", pgettext_lazy("meeting", "Planned")
    CONVENED = "convened", pgettext_lazy("meeting", "Convened")
    OPENED = "opened", pgettext_lazy("meeting", "Opened")
    NO_QUORUM = "no_quorum", pgettext_lazy("meeting", "Quorum not met")
    HELD = "held", pgettext_lazy("meeting", "Held")
    CLOSED = "closed", pgettext_lazy("meeting", "Closed")
    POSTPONED = "postponed", pgettext_lazy("meeting", "Postponed")
    CANCELLED = "cancelled", pgettext_lazy("meeting", "Cancelled")

    @property
    def look(self) -> StateLook:
        return MEETING_LOOKS[self]


MEETING_LOOKS = {
    MeetingState.PLANNED: StateLook("", "dash"),
    MeetingState.CONVENED: StateLook("soon", "ring"),
    MeetingState.OPENED: StateLook("live", "q2"),
    MeetingState.NO_QUORUM: StateLook("late", "x"),
    MeetingState.HELD: StateLook("done", "check"),
    MeetingState.CLOSED: StateLook("shut", "lock"),
    MeetingState.POSTPONED: StateLook("late", "pause"),
    MeetingState.CANCELLED: StateLook("shut", "slash"),
}
MEETING_MOVES = Moves(
    {
        MeetingState.PLANNED: {MeetingState.CONVENED, MeetingState.OPENED, MeetingState.CANCELLED},
        MeetingState.CONVENED: {
            MeetingState.OPENED,
            MeetingState.NO_QUORUM,
            MeetingState.POSTPONED,
            MeetingState.CANCELLED,
        },
        MeetingState.POSTPONED: {MeetingState.CONVENED, MeetingState.CANCELLED},
        MeetingState.OPENED: {MeetingState.HELD, MeetingState.NO_QUORUM},
        MeetingState.HELD: {MeetingState.CLOSED, MeetingState.OPENED},
        MeetingState.NO_QUORUM: set(),
        MeetingState.CLOSED: set(),
        MeetingState.CANCELLED: set(),
    },
    reasons={MeetingState.POSTPONED, MeetingState.CANCELLED},
)
"""`planned` to `opened` is for a meeting that is entered afterwards from paper; `held` to `opened` is a reopening."""


class ItemKind(models.TextChoices):
    """What fills an item of the agenda: people, or the portal."""

    ORDINARY = "ordinary", pgettext_lazy("agenda", "Ordinary item")
    MINUTES = "minutes", _("Approval of minutes")
    ACTIONS = "actions", _("Open and overdue actions")


class Expected(models.TextChoices):
    """What the committee is asked to do with an item."""

    INFORM = "inform", _("For information")
    ADVISE = "advise", _("For advice")
    DECIDE = "decide", _("For decision")


class Audience(models.TextChoices):
    """Who may read an item and its documents."""

    MEMBERS = "members", _("All members")
    VOTERS = "voters", _("Voting seats")
    NAMED = "named", _("Named seats")
    STAFF = "staff", _("Secretariat only")


class ItemState(models.TextChoices):
    WAITING = "waiting", pgettext_lazy("agenda", "To come")
    OPEN = "open", pgettext_lazy("agenda", "Under discussion")
    TREATED = "treated", pgettext_lazy("agenda", "Treated")
    POSTPONED = "postponed", pgettext_lazy("agenda", "Postponed")

    @property
    def look(self) -> StateLook:
        return ITEM_LOOKS[self]


ITEM_LOOKS = {
    ItemState.WAITING: StateLook("", "ring"),
    ItemState.OPEN: StateLook("live", "q2"),
    ItemState.TREATED: StateLook("done", "check"),
    ItemState.POSTPONED: StateLook("shut", "pause"),
}
ITEM_MOVES = Moves(
    {
        ItemState.WAITING: {ItemState.OPEN, ItemState.POSTPONED},
        ItemState.OPEN: {ItemState.TREATED, ItemState.POSTPONED, ItemState.WAITING},
        ItemState.TREATED: {ItemState.OPEN},
        ItemState.POSTPONED: {ItemState.OPEN},
    }
)


class ConvocationKind(models.TextChoices):
    FIRST = "first", _("Convocation")
    CORRECTION = "correction", _("Correction of the convocation")


class Reply(models.TextChoices):
    """What a seat answers to a convocation."""

    PRESENT = "present", _("The titular comes")
    ALTERNATE = "alternate", _("The alternate comes")
    PROXY = "proxy", _("Gives a proxy")
    EXCUSED = "excused", _("Is excused")


class Quality(models.TextChoices):
    """How a seat stands in a meeting, in the whole words of the attendance sheet."""

    TITULAR = "titular", pgettext_lazy("presence", "Titular")
    ALTERNATE = "alternate", pgettext_lazy("presence", "Alternate")
    PROXY = "proxy", pgettext_lazy("presence", "Proxy")
    EXCUSED = "excused", pgettext_lazy("presence", "Excused")
    ABSENT = "absent", pgettext_lazy("presence", "Absent")


class Cause(models.TextChoices):
    """What made the quorum be counted again."""

    OPENING = "opening", _("Opening of the meeting")
    ITEM = "item", _("Opening of an item")
    ARRIVAL = "arrival", _("Arrival")
    DEPARTURE = "departure", _("Departure")
    PROXY = "proxy", _("Proxy")
    RECUSAL = "recusal", _("Recusal")
    DECISION = "decision", _("Decision")
    CORRECTION = "correction", pgettext_lazy("quorum", "Correction")


# Decisions.


class DecisionMode(models.TextChoices):
    CONSENSUS = "consensus", _("By consensus")
    NAMED = "named", _("By named vote")


class DecisionState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("decision", "Being prepared")
    ADOPTED = "adopted", pgettext_lazy("decision", "Adopted")
    REJECTED = "rejected", pgettext_lazy("decision", "Rejected")
    REVOKED = "revoked", pgettext_lazy("decision", "Revoked")

    @property
    def look(self) -> StateLook:
        return DECISION_LOOKS[self]


DECISION_LOOKS = {
    DecisionState.DRAFT: StateLook("", "dash"),
    DecisionState.ADOPTED: StateLook("done", "check"),
    DecisionState.REJECTED: StateLook("shut", "x"),
    DecisionState.REVOKED: StateLook("shut", "slash"),
}
DECISION_MOVES = Moves(
    {
        DecisionState.DRAFT: {DecisionState.ADOPTED, DecisionState.REJECTED},
        DecisionState.ADOPTED: {DecisionState.DRAFT, DecisionState.REVOKED},
        DecisionState.REJECTED: {DecisionState.DRAFT},
        DecisionState.REVOKED: set(),
    },
    reasons={DecisionState.REVOKED},
)
"""Back to `draft` only when the item is reopened, before the minutes are sent."""


class BallotChoice(models.TextChoices):
    FOR = "for", pgettext_lazy("vote", "For")
    AGAINST = "against", pgettext_lazy("vote", "Against")
    ABSTAIN = "abstain", pgettext_lazy("vote", "Abstains")


# Minutes.


class MinutesState(models.TextChoices):
    """`approved` is frozen: nothing of the text changes any more."""

    DRAFT = "draft", pgettext_lazy("minutes", "Draft")
    REMARKS = "remarks", pgettext_lazy("minutes", "Sent for remarks")
    APPROVED = "approved", pgettext_lazy("minutes", "Approved")

    @property
    def look(self) -> StateLook:
        return MINUTES_LOOKS[self]


MINUTES_LOOKS = {
    MinutesState.DRAFT: StateLook("", "dash"),
    MinutesState.REMARKS: StateLook("soon", "ring"),
    MinutesState.APPROVED: StateLook("done", "check"),
}
MINUTES_MOVES = Moves(
    {
        MinutesState.DRAFT: {MinutesState.REMARKS},
        MinutesState.REMARKS: {MinutesState.REMARKS, MinutesState.APPROVED},
        MinutesState.APPROVED: set(),
    }
)


class RemarkState(models.TextChoices):
    OPEN = "open", pgettext_lazy("remark", "Open")
    TAKEN = "taken", pgettext_lazy("remark", "Taken into the text")
    LEFT = "left", pgettext_lazy("remark", "Not taken")


# Recommendations, actions, plans.


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
