"""What the staff must see coming: mandates that end, voting seats that are vacant, seats without a titular."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from directory.enums import Origin
from steering.enums import AlertKind, MandateKind, Voice
from steering.models import Committee, Mandate, Seat

SOON = timedelta(days=60)
"""How long before its end a mandate is announced."""


@dataclass(frozen=True)
class Alert:
    """One seat of which something must be said; `ends_on` and `mandate` where a mandate ends."""

    kind: AlertKind
    seat: Seat
    mandate: Mandate | None = None

    @property
    def ends_on(self) -> date | None:
        return self.mandate.ends_on if self.mandate is not None else None


def of_committee(committee: Committee, *, on: date) -> list[Alert]:
    """The alerts of one committee, vacant voting seats first. Two queries."""
    return _alerts(Seat.objects.filter(committee=committee), Mandate.objects.filter(seat__committee=committee), on)


def everywhere(*, on: date) -> list[Alert]:
    """The alerts of every committee, for the staff. Two queries."""
    return _alerts(Seat.objects.all(), Mandate.objects.all(), on)


def ending_on_or_before(day: date, *, after: date) -> models.QuerySet[Mandate]:
    """Mandates that end from `after` to `day` where nobody follows in the same kind, in seats that go on."""
    next_one = Mandate.objects.filter(seat=OuterRef("seat"), kind=OuterRef("kind"), starts_on__gt=OuterRef("ends_on"))
    goes_on = Q(seat__ends_on__isnull=True) | Q(seat__ends_on__gt=F("ends_on"))
    rows = Mandate.objects.filter(goes_on, starts_on__lte=after, ends_on__gte=after, ends_on__lte=day)
    return rows.exclude(Exists(next_one)).order_by("ends_on", "seat__rank", "id")


def without_titular(*, on: date) -> models.QuerySet[Seat]:
    """Seats in office for which nobody sits as titular on a day.

    Of a committee that is known from sources alone, who ever sat there is not documented: that is no vacancy.
    """
    titular = Mandate.objects.in_force(on=on).filter(seat=OuterRef("pk"), kind=MandateKind.TITULAR)
    ever = Mandate.objects.filter(seat=OuterRef("pk"))
    undocumented = Q(committee__origin=Origin.DOCUMENTED) & ~Exists(ever)
    rows: models.QuerySet[Seat] = Seat.objects.in_force(on=on).exclude(undocumented)
    return rows.exclude(Exists(titular)).order_by("committee", "rank", "id")


def is_vacant(seat: Seat, *, on: date) -> bool:
    """Nobody, neither titular nor alternate, holds a mandate in the seat on a day."""
    return not Mandate.objects.in_force(on=on).filter(seat=seat).exists()


def _alerts(seats: models.QuerySet[Seat], mandates: models.QuerySet[Mandate], on: date) -> list[Alert]:
    empty = without_titular(on=on).filter(pk__in=seats.values("pk")).select_related("organisation", "committee")
    ending = ending_on_or_before(on + SOON, after=on).filter(pk__in=mandates.values("pk"))
    ending = ending.select_related("person", "seat__organisation", "seat__committee")
    held = Exists(Mandate.objects.in_force(on=on).filter(seat=OuterRef("pk")))
    found = [Alert(_kind(seat), seat) for seat in empty.annotate(is_held=held)]
    found.sort(key=lambda alert: alert.kind != AlertKind.VACANT)
    return found + [Alert(AlertKind.ENDING, row.seat, row) for row in ending]


def _kind(seat: Any) -> AlertKind:
    is_vacant_vote = seat.voice == Voice.DELIBERATIVE and not seat.is_held
    return AlertKind.VACANT if is_vacant_vote else AlertKind.WITHOUT_TITULAR
