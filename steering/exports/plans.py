"""The board of a plan as a file: actions as they stand today beside what the version fixed; no person is named."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.exports import Choice, Column, ExportSpec, Kind, Localized
from directory.enums import Origin
from steering.enums import ActionState

BOARD = ExportSpec(
    "plan-board",
    _("Action plan"),
    [
        Column(_("Recommendation"), "action__recommendation__code", width=14),
        Localized(_("Text of the recommendation"), "action__recommendation__text", width=50),
        Column(_("Code"), "action__code", width=10),
        Localized(_("Action"), "action__title", english=False, width=50),
        Localized(_("Institution in charge"), "action__owner__name", width=36),
        Choice(_("State"), "action__state", ActionState, width=20),
        Column(_("Progress in per cent"), "action__progress", kind=Kind.INT, width=12),
        Column(_("Starts on"), "action__starts_on", kind=Kind.DATE, width=12),
        Column(_("Due date"), "action__due_on", kind=Kind.DATE, width=12),
        Column(_("Due date in the plan"), "due_on", kind=Kind.DATE, width=16),
        Column(_("Due date at the beginning"), "action__first_due_on", kind=Kind.DATE, width=18),
        Column(_("Weight"), "action__weight", kind=Kind.INT, width=8),
        Column(_("Pieces of evidence"), "evidence_count", kind=Kind.INT, width=12),
        Column(_("Steps done"), "step_done", kind=Kind.INT, width=12),
        Column(_("Steps"), "step_count", kind=Kind.INT, width=8),
        Column(_("Decision"), "action__decision__number", width=16),
    ],
    fictional=Q(action__origin=Origin.FICTIONAL),
)
