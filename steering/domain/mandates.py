"""Mandates: persons appointed to a seat, corrected, ended, replaced. What they did stays theirs."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, TypedDict, Unpack

from django.db.models import ProtectedError, RestrictedError
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import journal, saving
from core.errors import DomainError, ReasonRequired
from directory.domain import persons
from directory.models import Person
from steering.domain import rules
from steering.enums import MandateKind
from steering.models import Committee, Mandate, Seat

Data = dict[str, str | int | bool | None]


class MandateFields(TypedDict, total=False):
    kind: str
    function: str
    starts_on: date
    ends_on: date | None
    letter: str
    letter_on: date | None


class LetterFields(TypedDict, total=False):
    function: str
    ends_on: date | None
    letter: str
    letter_on: date | None


@journal.act
def appoint(*, seat: Seat, person: Person, actor: User | None, **fields: Unpack[MandateFields]) -> Mandate:
    """A person sits for the institution, as titular or alternate, by its letter. Locks the seat.

    Raises Invalid (a second titular, the same person twice, an end before the start), DomainError for days beyond the
    seat's, and for an alternate RuleMissing where the founding act does not say that there are any.
    """
    current = saving.locked(Seat, seat.pk)
    mandate = Mandate(seat=current, person=person, **fields)
    _refuse_days(mandate, current)
    if mandate.kind == MandateKind.ALTERNATE:
        _refuse_alternates(current.committee, on=mandate.starts_on)
    saving.insert(mandate)
    data: Data = {"mandate": mandate.pk, "kind": str(mandate.kind), "seat": current.pk}
    journal.record("committee.mandate", obj=current.committee, actor=actor, data=data)
    return mandate


@journal.act
def correct(*, mandate: Mandate, version: int | None, actor: User | None, **fields: Unpack[MandateFields]) -> Mandate:
    """Kind, days, function and letter, as they should have been entered; the person stays. Locks the seat.

    Raises StaleObject, and what `appoint` raises.
    """
    seat = saving.locked(Seat, mandate.seat_id)
    current = saving.locked(Mandate, mandate.pk, version=version)
    wanted = Mandate(**{name: getattr(current, name) for name in MandateFields.__annotations__} | dict(fields))
    _refuse_days(wanted, seat)
    becomes_alternate = wanted.kind == MandateKind.ALTERNATE and current.kind != MandateKind.ALTERNATE
    if becomes_alternate:
        _refuse_alternates(seat.committee, on=wanted.starts_on)
    changed = saving.change(current, **fields)
    if changed:
        data: Data = {"mandate": current.pk, "seat": seat.pk, "fields": " ".join(changed)}
        journal.record("committee.mandate_edit", obj=seat.committee, actor=actor, data=data)
    return current


@journal.act
def end(*, mandate: Mandate, version: int | None, ends_on: date, actor: User | None) -> Mandate:
    """The last day of a mandate; a second call changes nothing. Locks the seat. Raises StaleObject, Invalid."""
    seat = saving.locked(Seat, mandate.seat_id)
    current = saving.locked(Mandate, mandate.pk, version=version)
    _refuse_days(Mandate(starts_on=current.starts_on, ends_on=ends_on), seat)
    if saving.change(current, ends_on=ends_on):
        data = {"mandate": current.pk, "seat": seat.pk}
        journal.record("committee.mandate_end", obj=seat.committee, actor=actor, data=data)
    return current


@journal.act
def replace(
    *,
    mandate: Mandate,
    version: int | None,
    person: Person,
    on: date,
    actor: User | None,
    **fields: Unpack[LetterFields],
) -> Mandate:
    """From the day `on` another person holds the mandate: the old one ends the day before, both stay. Locks the seat.

    What was said, answered and decided before stays the former person's. Raises StaleObject, Invalid, DomainError: the
    same person, a day that is not after the first one, days beyond the seat's.
    """
    seat = saving.locked(Seat, mandate.seat_id)
    current = saving.locked(Mandate, mandate.pk, version=version)
    if person.pk == current.person_id:
        raise DomainError(_("This person holds the mandate already."), code="same", field="person")
    if on <= current.starts_on:
        raise DomainError(_("The replacement comes after the first day of the mandate."), code="order", field="on")
    if current.ends_on is None or current.ends_on >= on:
        saving.change(current, ends_on=on - timedelta(days=1))
    successor = Mandate(seat=seat, person=person, kind=current.kind, starts_on=on, **fields)
    _refuse_days(successor, seat, first="on")
    try:
        saving.insert(successor)
    except saving.Invalid as error:
        raise _beside_on(error) from error
    data: Data = {"mandate": successor.pk, "before": current.pk, "kind": str(current.kind), "seat": seat.pk}
    journal.record("committee.mandate_replace", obj=seat.committee, actor=actor, data=data)
    return successor


@journal.act
def take_back(*, mandate: Mandate, actor: User | None, reason: str) -> None:
    """A mandate that was entered by mistake; one on which something stands is ended instead. Locks the seat.

    A second call changes nothing. Raises ReasonRequired, DomainError.
    """
    seat = saving.locked(Seat, mandate.seat_id)
    if not reason.strip():
        raise ReasonRequired
    current = Mandate.objects.filter(pk=mandate.pk).first()
    if current is None:
        return
    try:
        current.delete()
    except (ProtectedError, RestrictedError):
        words = _("Something was done under this mandate: give it an end instead.")
        raise DomainError(words, code="in_use") from None
    data = {"mandate": mandate.pk, "seat": seat.pk}
    journal.record("committee.mandate_remove", obj=seat.committee, actor=actor, reason=reason, data=data)


@journal.act
def link_account(*, mandate: Mandate, actor: User | None) -> Person:
    """The account with the person's own address is this person's: without it a member finds no seat after signing in.

    It grants nothing. A second call changes nothing. Raises DomainError: no such account, one that is another file's.
    """
    person = mandate.person
    user = User.objects.filter(email=person.email).first() if person.email else None
    if user is None:
        raise DomainError(_("There is no account with this person’s address."), code="no_account")
    if Person.objects.filter(user=user).exclude(pk=person.pk).exists():
        raise DomainError(_("This account belongs to another file of the directory."), code="taken")
    return persons.link_account(person=person, user=user, actor=actor)


def _refuse_alternates(committee: Committee, *, on: date) -> None:
    """Raises NoAct, RuleMissing, or DomainError where the act of the day excludes them."""
    if not rules.needed(rules.in_force(committee, on=on), "alternates"):
        words = _("The founding act in force on that day does not allow alternates.")
        raise DomainError(words, code="no_alternates", field="kind")


def _refuse_days(mandate: Mandate, seat: Seat, *, first: str = "starts_on") -> None:
    """A mandate lies within the days of its seat."""
    shown: dict[str, Any] = {"from": f"{seat.starts_on:%d/%m/%Y}"}
    if mandate.starts_on < seat.starts_on:
        raise DomainError(_("The seat exists since %(from)s only.") % shown, code="before_seat", field=first)
    if seat.ends_on is None:
        return
    shown = {"to": f"{seat.ends_on:%d/%m/%Y}"}
    if mandate.starts_on > seat.ends_on:
        raise DomainError(_("The seat ended on %(to)s.") % shown, code="after_seat", field=first)
    if mandate.ends_on is None or mandate.ends_on > seat.ends_on:
        words = _("The seat ends on %(to)s: the mandate ends then or before.") % shown
        raise DomainError(words, code="after_seat", field="ends_on")


def _beside_on(error: saving.Invalid) -> saving.Invalid:
    """The form of a replacement calls the first day `on`."""
    return saving.Invalid({("on" if name == "starts_on" else name): words for name, words in error.errors.items()})
