"""The history of a committee in words: its data, its rules, its seats and who sits in them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.changes import Rights, Source
from core.history import events_of
from core.models import JournalEntry
from core.trail import Trail
from steering.enums import MandateKind
from steering.models import Committee, FoundingAct, Mandate, Seat, Tenure

VERBS: dict[str, str | Promise] = {
    "committee.create": _("Entered"),
    "committee.edit": _("Corrected"),
    "committee.secretariat": _("The secretariat passed to a successor"),
    "committee.act": _("A version of the founding act was entered"),
    "committee.act_edit": _("A version of the founding act was corrected"),
    "committee.seat": _("A seat was entered"),
    "committee.seat_edit": _("A seat was corrected"),
    "committee.seat_end": _("A seat ended"),
    "committee.seat_pass": _("A seat passed to a successor"),
    "committee.mandate": pgettext_lazy("history of a committee", "Appointed: %(kind)s"),
    "committee.mandate_edit": _("A mandate was corrected"),
    "committee.mandate_end": _("A mandate ended"),
    "committee.mandate_replace": pgettext_lazy("history of a committee", "Replaced: %(kind)s"),
    "committee.mandate_remove": _("A mandate entered by mistake was taken back"),
    "committee.recurring_add": _("A recurring point was added"),
    "committee.recurring_edit": _("A recurring point was corrected"),
    "committee.recurring_remove": _("A recurring point was removed"),
}


def _said(entry: JournalEntry) -> dict[str, str | Promise]:
    kind = entry.data.get("kind")
    return {"kind": MandateKind(kind).label} if kind in MandateKind.values else {}


def _about(entries: Sequence[JournalEntry], rights: Rights) -> dict[int, str]:
    """The institution of whose seat an entry speaks."""
    wanted = {entry.pk: entry.data["seat"] for entry in entries if "seat" in entry.data}
    seats = Seat.objects.filter(pk__in=set(wanted.values())).select_related("organisation").in_bulk()
    return {pk: str(seats[seat]) for pk, seat in wanted.items() if seat in seats}


def _within(model: type[models.Model]) -> Any:
    """The snapshots of what hangs on the seats of a committee."""

    def find(pk: int) -> models.QuerySet[Any]:
        seats = Seat.objects.filter(committee=pk).values("pk")
        rows: models.QuerySet[Any] = events_of(model)._default_manager.filter(seat_id__in=seats)
        return rows

    return find


SOURCES = (
    Source(Committee),
    Source(FoundingAct, by="committee_id"),
    Source(Seat, by="committee_id"),
    Source(Tenure, within=_within(Tenure), unsaid=frozenset({"seat"})),
    Source(Mandate, within=_within(Mandate), unsaid=frozenset({"seat"})),
)
TRAIL = Trail(VERBS, nobody=_("the portal"), said=_said, sources=SOURCES, about=_about)
