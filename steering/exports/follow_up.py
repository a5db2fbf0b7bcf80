"""Recommendations and actions as files."""

from __future__ import annotations

from datetime import date

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.exports import Choice, Column, ExportSpec, Kind, Localized, Names
from directory.enums import Origin
from steering.domain.worklist import RUNNING
from steering.enums import ActionState, RecommendationOrigin, RecommendationState, Weight
from steering.permissions import can_see_people


def _late(due_on: date, state: str) -> int | None:
    """Days late today; nothing where it is not."""
    today = timezone.localdate()
    return (today - due_on).days if state in RUNNING and due_on < today else None


ACTIONS = ExportSpec(
    "steering.actions",
    _("Actions"),
    [
        Localized(_("Committee"), "committee__name"),
        Column(_("Code"), "code", width=8),
        Column(_("Part of"), "parent__code", width=8),
        Column(_("Title in French"), "title_fr", width=50),
        Column(_("Title in Arabic"), "title_ar", width=50),
        Column(_("Recommendation"), "recommendation__code", width=14),
        Column(_("Decision"), "decision__number", width=14),
        Localized(_("Institution in charge"), "owner__name", width=40),
        Names(_("Person in charge"), "owner_person__name_latin", "owner_person__name_ar", may=can_see_people),
        Column(_("Starts on"), "starts_on", kind=Kind.DATE, width=12),
        Column(_("Due date"), "due_on", kind=Kind.DATE, width=12),
        Column(_("Due date at the beginning"), "first_due_on", kind=Kind.DATE, width=12),
        Column(_("Days late"), "due_on", "state", value=_late, kind=Kind.INT, width=10),
        Column(_("Weight"), "weight", kind=Kind.INT, width=8),
        Column(_("Progress, in per cent"), "progress", kind=Kind.INT, width=10),
        Choice(_("State"), "state", ActionState),
    ],
    fictional=Q(origin=Origin.FICTIONAL),
    people=True,
)
RECOMMENDATIONS = ExportSpec(
    "steering.recommendations",
    _("Recommendations"),
    [
        Localized(_("Committee"), "committee__name"),
        Column(_("Code"), "code", width=8),
        Column(_("Part of"), "parent__code", width=8),
        Column(_("Text in French"), "text_fr", width=60),
        Column(_("Text in Arabic"), "text_ar", width=60),
        Column(_("Text in English"), "text_en", width=60),
        Choice(_("Origin"), "origin_kind", RecommendationOrigin),
        Column(_("Document or source"), "reference", width=30),
        Column(_("Given on"), "given_on", kind=Kind.DATE, width=12),
        Localized(_("Addressee"), "addressee__name", width=40),
        Choice(_("Priority"), "priority", Weight),
        Choice(_("State"), "state", RecommendationState),
        Column(_("Part that is retained"), "retained", width=40),
        Column(_("Evidence of closure, in French"), "closure_fr", width=40),
        Column(_("Evidence of closure, in Arabic"), "closure_ar", width=40),
    ],
    fictional=Q(origin=Origin.FICTIONAL),
)
