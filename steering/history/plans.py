"""The history of a plan and of its versions in words."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.changes import Source
from core.models import JournalEntry
from core.trail import Trail
from steering.models import Plan, PlanEntry, PlanVersion, Review

VERBS: dict[str, str | Promise] = {
    "plan.create": _("Plan prepared"),
    "plan.edit": _("Corrected"),
    "plan.publish": _("Accountability page published"),
    "plan.withdraw": _("Accountability page taken away"),
}
VERSION_VERBS: dict[str, str | Promise] = {
    "planversion.open": _("Version prepared as a draft"),
    "planversion.choose": _("Actions chosen: %(count)s"),
    "planversion.review": pgettext_lazy("history of a plan", "Sent to review"),
    "planversion.extend": _("Deadline moved to later"),
    "planversion.remind": _("Reminder sent: %(count)s"),
    "planversion.opinion": _("Opinion of a seat: %(count)s"),
    "planversion.draft": pgettext_lazy("history of a plan", "Back to draft"),
    "planversion.adopted": pgettext_lazy("history of a plan", "Adopted"),
    "planversion.closed": pgettext_lazy("history of a plan", "Closed"),
}


def _said(entry: JournalEntry) -> dict[str, str | Promise]:
    return {"count": str(entry.data.get("count", ""))}


TRAIL = Trail(VERBS, nobody=_("the portal"), said=_said, sources=(Source(Plan),))
VERSION_TRAIL = Trail(
    VERSION_VERBS,
    nobody=_("a member, by a personal link"),
    said=_said,
    sources=(
        Source(PlanVersion),
        Source(PlanEntry, by="plan_version_id"),
        Source(Review, by="plan_version_id"),
    ),
)
