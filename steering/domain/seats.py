"""Seats: given to an institution, corrected, ended; with them the institution's tenure and the mandates in it."""

from __future__ import annotations

from datetime import date
from typing import TypedDict, Unpack

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import journal, saving
from core.errors import DomainError
from directory.models import Organisation
from steering.models import Committee, Mandate, Seat, Tenure


class SecondSeat(DomainError):
    """The institution holds a seat in the committee already; a confirmation lets a second one through."""

    code = "second_seat"

    def __init__(self) -> None:
        super().__init__(_("This institution holds a seat already: confirm that it has a second one."), field="second")


class SeatFields(TypedDict, total=False):
    rank: int
    voice: str
    presides: bool
    starts_on: date
    ends_on: date | None


@journal.act
def create(
    *,
    committee: Committee,
    organisation: Organisation,
    second: bool = False,
    actor: User | None,
    **fields: Unpack[SeatFields],
) -> Seat:
    """An institution takes a place in the committee, by rank and voice. Locks the committee.

    A second seat of the same institution is refused once (SecondSeat) and let through with `second`. Raises Invalid: an
    end before the start, another seat that presides in these days.
    """
    current = saving.locked(Committee, committee.pk)
    held = Seat.objects.filter(committee=current, organisation=organisation).exclude(ends_on__lt=fields["starts_on"])
    if held.exists() and not second:
        raise SecondSeat
    seat = saving.insert(Seat(committee=current, organisation=organisation, **fields))
    saving.insert(Tenure(seat=seat, organisation=organisation, starts_on=seat.starts_on, ends_on=seat.ends_on))
    journal.record("committee.seat", obj=current, actor=actor, data={"seat": seat.pk})
    return seat


@journal.act
def correct(*, seat: Seat, version: int | None, actor: User | None, **fields: Unpack[SeatFields]) -> Seat:
    """Rank, voice, presidency and first day, as they should have been entered. Locks the committee and the seat.

    Raises StaleObject, Invalid, and DomainError beside `starts_on` where a mandate or the tenure begins before.
    """
    committee = saving.locked(Committee, seat.committee_id)
    current = saving.locked(Seat, seat.pk, version=version)
    starts_on = fields.get("starts_on", current.starts_on)
    moves = starts_on != current.starts_on
    if moves:
        _refuse_start_after_others(current, starts_on)
    changed = saving.change(current, **fields)
    if moves:
        first = current.tenures.order_by("starts_on", "id").first()
        if first is not None:
            saving.change(first, starts_on=starts_on)
    if changed:
        names = " ".join(changed)
        journal.record("committee.seat_edit", obj=committee, actor=actor, data={"seat": current.pk, "fields": names})
    return current


@journal.act
def end(*, seat: Seat, version: int | None, ends_on: date, actor: User | None) -> Seat:
    """The last day of a seat; the tenure and the mandates that go beyond end with it. A second call changes nothing.

    Locks the committee and the seat. Raises StaleObject, Invalid, and DomainError beside `ends_on` where a mandate or a
    tenure begins later.
    """
    committee = saving.locked(Committee, seat.committee_id)
    current = saving.locked(Seat, seat.pk, version=version)
    later = current.mandates.filter(starts_on__gt=ends_on).exists()
    if later or current.tenures.filter(starts_on__gt=ends_on).exists():
        words = _("A mandate or the institution’s tenure begins after this day: choose a later one.")
        raise DomainError(words, code="later", field="ends_on")
    if saving.change(current, ends_on=ends_on):
        for row in [*Tenure.objects.in_force(on=ends_on).filter(seat=current), *_beyond(current, ends_on)]:
            saving.change(row, ends_on=ends_on)
        journal.record("committee.seat_end", obj=committee, actor=actor, data={"seat": current.pk})
    return current


def _beyond(seat: Seat, day: date) -> list[Mandate]:
    """Mandates of the seat that go on after a day."""
    return [row for row in Mandate.objects.in_force(on=day).filter(seat=seat) if row.ends_on != day]


def _refuse_start_after_others(seat: Seat, starts_on: date) -> None:
    first = seat.mandates.order_by("starts_on").first()
    if first is not None and first.starts_on < starts_on:
        words = _("A mandate of this seat begins on %(day)s: the seat begins then or before.")
        raise DomainError(words % {"day": f"{first.starts_on:%d/%m/%Y}"}, code="mandate", field="starts_on")
    second = list(seat.tenures.order_by("starts_on", "id")[:2])
    if len(second) > 1 and second[1].starts_on <= starts_on:
        words = _("Another institution took the seat over on %(day)s: the seat begins before.")
        raise DomainError(words % {"day": f"{second[1].starts_on:%d/%m/%Y}"}, code="tenure", field="starts_on")
