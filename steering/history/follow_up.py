"""The histories of a recommendation and of an action in words."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.changes import Source
from core.models import JournalEntry
from core.trail import Trail
from steering.enums import RecommendationState
from steering.models import Action, Evidence, Progress, Recommendation, RecommendationStep, Slip, Verification

RECOMMENDATION_VERBS: dict[str, str | Promise] = {
    "recommendation.create": _("Written down"),
    "recommendation.edit": _("Corrected"),
    "recommendation.succeed": _("Passed to the successor of its addressee"),
    "recommendation.split": _("Divided into %(parts)s parts"),
    "recommendation.follow": _("Follows its parts: %(state)s"),
    "recommendation.accepted": pgettext_lazy("history of a recommendation", "Accepted"),
    "recommendation.partly": pgettext_lazy("history of a recommendation", "Partly accepted"),
    "recommendation.rejected": pgettext_lazy("history of a recommendation", "Rejected"),
    "recommendation.running": pgettext_lazy("history of a recommendation", "In progress"),
    "recommendation.declared": pgettext_lazy("history of a recommendation", "Declared implemented"),
    "recommendation.verified": pgettext_lazy("history of a recommendation", "Verified and closed"),
    "recommendation.dropped": pgettext_lazy("history of a recommendation", "Closed without implementation"),
    "recommendation.reopened": pgettext_lazy("history of a recommendation", "Reopened"),
}
ACTION_VERBS: dict[str, str | Promise] = {
    "action.create": pgettext_lazy("history of an action", "Entered"),
    "action.edit": _("Corrected"),
    "action.succeed": _("Passed to the successor of its institution"),
    "action.slip": _("The due date moved"),
    "action.progress": _("Progress declared: %(percent)s per cent"),
    "action.roll_up": _("Progress computed anew: %(percent)s per cent"),
    "action.evidence": _("Evidence attached"),
    "action.withdraw": _("Evidence withdrawn"),
    "action.ask": _("The person in charge was asked for the progress"),
    "action.hand_over": _("Passed to another person in charge"),
    "action.running": pgettext_lazy("history of an action", "In progress"),
    "action.declared": pgettext_lazy("history of an action", "Declared done"),
    "action.verified": pgettext_lazy("history of an action", "Verified and closed"),
    "action.dropped": pgettext_lazy("history of an action", "Given up"),
    "action.todo": pgettext_lazy("history of an action", "Taken up again"),
}


def _said(entry: JournalEntry) -> dict[str, str | Promise]:
    data = entry.data
    words: dict[str, str | Promise] = {name: str(data[name]) for name in ("percent", "parts") if name in data}
    if data.get("to") in RecommendationState.values:
        words["state"] = RecommendationState(data["to"]).label
    return words


RECOMMENDATION = Trail(
    RECOMMENDATION_VERBS,
    nobody=_("the portal"),
    said=_said,
    sources=(
        Source(Recommendation),
        Source(RecommendationStep, by="recommendation_id", unsaid=frozenset({"at", "by", "state", "note"})),
    ),
)
ACTION = Trail(
    ACTION_VERBS,
    nobody=_("by a personal link, or the portal"),
    said=_said,
    sources=(
        Source(Action, unsaid=frozenset({"progress", "declared_at", "verified_at"})),
        Source(Progress, by="action_id", unsaid=frozenset({"at", "by", "is_final"})),
        Source(Evidence, by="action_id", unsaid=frozenset({"added_at", "added_by", "withdrawn_at"})),
        Source(Slip, by="action_id", unsaid=frozenset({"at", "by", "reason"})),
        Source(Verification, by="action_id", unsaid=frozenset({"at", "by"})),
    ),
)
