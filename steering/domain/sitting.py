"""Who sits: the mandates of a day, of an account, of a seat."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import models

from accounts.models import User
from steering.enums import MandateKind
from steering.models import Committee, Mandate, Meeting, Seat


def mandates_of(user: User, *, on: date, committee: Committee | None = None) -> models.QuerySet[Mandate]:
    """The mandates that the person of an account holds on a day, in seats that are in office."""
    rows = Mandate.objects.in_force(on=on).filter(person__user=user, seat__in=Seat.objects.in_force(on=on))
    if committee is not None:
        rows = rows.filter(seat__committee=committee)
    found: models.QuerySet[Mandate] = rows.select_related("seat__organisation", "seat__committee", "person")
    return found.order_by("seat__rank", "id")


def titular_of(seat: Seat, *, on: date) -> Mandate | None:
    """Who is the titular of a seat on a day; None while it is vacant."""
    rows = seat.mandates.in_force(on=on).filter(kind=MandateKind.TITULAR)
    found: Mandate | None = rows.select_related("person").first()
    return found


def alternates_of(seat: Seat, *, on: date) -> list[Mandate]:
    """The alternates of a seat on a day."""
    rows = seat.mandates.in_force(on=on).filter(kind=MandateKind.ALTERNATE)
    return list(rows.select_related("person").order_by("starts_on", "id"))


def called_seats(meeting: Meeting) -> models.QuerySet[Seat]:
    """The seats that a letter calls: in office on the day of the meeting, with a titular, by rank."""
    titulars = Mandate.objects.in_force(on=meeting.day).filter(kind=MandateKind.TITULAR)
    return seats_on(meeting.committee, on=meeting.day).filter(pk__in=titulars.values("seat"))


def seats_on(committee: Committee, *, on: date) -> models.QuerySet[Seat]:
    """The seats that are in office on a day, by rank."""
    rows: models.QuerySet[Seat] = Seat.objects.in_force(on=on).filter(committee=committee)
    return rows.select_related("organisation").order_by("rank", "id")


def seated(seats: Iterable[Seat], *, on: date) -> list[Any]:
    """The seats, each with its `titular` (or None), its `alternates` and whether it `is_held` on a day. One query."""
    rows: list[Any] = list(seats)
    mandates = Mandate.objects.in_force(on=on).filter(seat__in=rows).select_related("person")
    held: dict[int, list[Mandate]] = {}
    for mandate in mandates.order_by("starts_on", "id"):
        held.setdefault(mandate.seat_id, []).append(mandate)
    for row in rows:
        own = held.get(row.pk, [])
        row.titular = next((one for one in own if one.kind == MandateKind.TITULAR), None)
        row.alternates = [one for one in own if one.kind == MandateKind.ALTERNATE]
        row.is_held = bool(own)
    return rows
