"""Confirming the address: the moment at which a person gets a file, a rank, and a place or a turn."""

from __future__ import annotations

from datetime import datetime

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import journal, saving
from core.errors import DomainError, StaleObject
from core.transitions import illegal, move
from trainings.domain import files, letters, promotion, registrations, seats
from trainings.enums import ENDED_STATES, RegistrationState
from trainings.models import Registration, SessionPart

LETTER_OF = {
    RegistrationState.CONFIRMED: letters.CONFIRMED,
    RegistrationState.WAITING: letters.WAITING,
    RegistrationState.REVIEW: letters.REVIEW,
}


class RequestLapsed(DomainError):
    """Nobody confirmed the request in time."""

    code = "lapsed"

    def __init__(self) -> None:
        super().__init__(_("This request was not confirmed in time. Ask for a new link: what you typed is kept."))


@journal.act
def confirm(*, registration: Registration, version: int | None = None, now: datetime) -> Registration:
    """The person who reads the address confirms: gives the rank and a place, a turn on the list, or staff's decision.

    A second call answers alike. What was typed stays on the registration; the person's file is matched by address, or
    made. Locks the part, then the registration. Queues the answer. Raises RequestLapsed, RegistrationClosed,
    IllegalMove, and StaleObject when the request was changed after the page with `version` was opened.
    """
    part = seats.lock(registration.part)
    current = saving.locked(Registration, registration.pk)
    if current.state == RegistrationState.LAPSED:
        raise RequestLapsed
    if current.state in ENDED_STATES:
        raise illegal(current)
    if current.state != RegistrationState.UNCONFIRMED:
        return current
    if current.lapses_at is not None and now >= current.lapses_at:
        raise RequestLapsed
    if version is not None and version != current.version:
        raise StaleObject(current)
    registrations.require_open(part=part, now=now)
    person = files.of(current, now=now)
    state = RegistrationState.REVIEW if part.session.is_moderated else place(part=part, registration=current, now=now)
    move(current, state, actor=None, person=person, rank=next_rank(part), confirmed_at=now)
    letters.tell(current, LETTER_OF[state], now=now)
    return current


def place(
    *, part: SessionPart, registration: Registration, actor: User | None = None, now: datetime
) -> RegistrationState:
    """Take a place for a registration, or say that it waits: nobody overtakes those who wait already."""
    promotion.fill(part=part, actor=actor, now=now)
    taken = seats.take(part=part, category=registration.category)
    return RegistrationState.CONFIRMED if taken else RegistrationState.WAITING


def next_rank(part: SessionPart) -> int:
    """The next rank of a part, which is locked: given once, in the order of confirmation, never again."""
    SessionPart.objects.filter(pk=part.pk).update(last_rank=F("last_rank") + 1)
    rank: int = SessionPart.objects.values_list("last_rank", flat=True).get(pk=part.pk)
    return rank
