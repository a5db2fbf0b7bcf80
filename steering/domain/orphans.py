"""Where the red thread is broken: what was decided, recommended or begun without the link that should follow it."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from accounts.models import User
from steering.enums import RECOMMENDATION_SHUT, ActionState, RecommendationState
from steering.models import Action, AgendaItem, Committee, Decision, Recommendation, Slip
from steering.models.decisions import TO_CARRY_OUT

SHOWN = 100
"""So many of each are listed."""


@dataclass(frozen=True)
class Orphans:
    """Each list in the order in which the things came about, at most a hundred long."""

    decisions: list[Decision]
    recommendations: list[Recommendation]
    actions: list[Action]

    @property
    def count(self) -> int:
        return len(self.decisions) + len(self.recommendations) + len(self.actions)


def of(*, committee: Committee, user: User) -> Orphans:
    """Adopted decisions without an action, accepted recommendations that no action answers (a composite one through
    its parts), and actions that come from neither. A decision that moved a due date is carried out so; a recommendation
    that is only proposed waits for its answer. Decisions of items that the reader may not read are left out, and the
    approvals of minutes, which ask nothing of anybody.
    """
    kept = Action.objects.exclude(state=ActionState.DROPPED)
    items = AgendaItem.objects.visible_to(user).filter(meeting__committee=committee).values("pk")
    decisions = Decision.objects.filter(
        TO_CARRY_OUT,
        ~Exists(kept.filter(decision=OuterRef("pk"))),
        ~Exists(Slip.objects.filter(decision=OuterRef("pk"))),
        item__in=items,
    )
    recommendations = Recommendation.objects.filter(
        ~Exists(kept.filter(recommendation=OuterRef("pk"))),
        ~Exists(Recommendation.objects.filter(parent=OuterRef("pk"))),
        committee=committee,
    ).exclude(state__in=(*RECOMMENDATION_SHUT, RecommendationState.PROPOSED))
    actions = kept.filter(
        Q(recommendation__isnull=True, decision__isnull=True), committee=committee, parent__isnull=True
    )
    return Orphans(
        decisions=list(decisions.select_related("item__meeting").order_by("decided_at", "id")[:SHOWN]),
        recommendations=list(recommendations.select_related("parent").order_by("code", "id")[:SHOWN]),
        actions=list(actions.select_related("owner").order_by("code", "id")[:SHOWN]),
    )
