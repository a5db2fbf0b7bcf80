"""Committees and seats as files; persons are named to those who may see them."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Count, OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.exports import Choice, Column, ExportSpec, Kind, Localized, Names
from directory.enums import Origin
from steering.enums import MandateKind, Power, Voice
from steering.models import Committee, FoundingAct, Mandate, Seat
from steering.permissions import can_see_people


def _with_figures(rows: models.QuerySet[Committee]) -> models.QuerySet[Any]:
    today = timezone.localdate()
    seats = Seat.objects.in_force(on=today).filter(committee=OuterRef("pk")).order_by().values("committee")
    acts = FoundingAct.objects.filter(committee=OuterRef("pk"), in_force_from__lte=today).order_by("-in_force_from")
    return rows.annotate(
        seat_count=Subquery(seats.annotate(n=Count("pk")).values("n")),
        act_title=Subquery(acts.values("title_fr")[:1]),
        act_from=Subquery(acts.values("in_force_from")[:1]),
        act_power=Subquery(acts.values("power")[:1]),
    )


def _with_mandates(rows: models.QuerySet[Seat]) -> models.QuerySet[Any]:
    today = Mandate.objects.in_force(on=timezone.localdate()).filter(seat=OuterRef("pk")).order_by("starts_on", "id")
    found: dict[str, Any] = {}
    for kind in MandateKind:
        for name in ("person__name_latin", "person__name_ar", "function", "starts_on", "ends_on"):
            found[f"{kind}_{name}"] = Subquery(today.filter(kind=kind).values(name)[:1])
    return rows.annotate(**found)


COMMITTEES = ExportSpec(
    "committees",
    _("Committees"),
    [
        Column(_("Name in French"), "name_fr", width=40),
        Column(_("Name in Arabic"), "name_ar", width=40),
        Localized(_("Sub-committee of"), "parent__name", width=40),
        Localized(_("Secretariat"), "secretariat__name", width=40),
        Column(_("Seats of today"), "seat_count", kind=Kind.INT, width=12),
        Column(pgettext_lazy("tab", "Founding act"), "act_title", width=40),
        Column(_("In force from"), "act_from", kind=Kind.DATE, width=14),
        Choice(_("Power"), "act_power", Power),
        Column(_("Source"), "source", width=28),
    ],
    annotate=_with_figures,
    fictional=Q(origin=Origin.FICTIONAL),
)
SEATS = ExportSpec(
    "steering.seats",
    _("Seats of a committee"),
    [
        Column(_("Rank"), "rank", kind=Kind.INT, width=8),
        Localized(pgettext_lazy("committee", "Institution"), "organisation__name", width=44),
        Choice(_("Voice"), "voice", Voice),
        Column(_("Presides"), "presides", kind=Kind.YESNO, width=10),
        Column(_("Seat since"), "starts_on", kind=Kind.DATE, width=12),
        Column(_("Seat until"), "ends_on", kind=Kind.DATE, width=12),
        Names(_("Titular"), "titular_person__name_latin", "titular_person__name_ar", width=30, may=can_see_people),
        Column(_("Function of the titular"), "titular_function", width=30, may=can_see_people),
        Column(_("Mandate from"), "titular_starts_on", kind=Kind.DATE, width=12, may=can_see_people),
        Column(_("Mandate until"), "titular_ends_on", kind=Kind.DATE, width=12, may=can_see_people),
        Names(
            pgettext_lazy("seat", "Alternate"),
            "alternate_person__name_latin",
            "alternate_person__name_ar",
            width=30,
            may=can_see_people,
        ),
        Column(_("Function of the alternate"), "alternate_function", width=30, may=can_see_people),
    ],
    annotate=_with_mandates,
    fictional=Q(organisation__origin=Origin.FICTIONAL),
    people=True,
)
