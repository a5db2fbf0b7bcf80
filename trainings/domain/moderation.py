"""Staff decide on the registrations of a moderated session, one by one or several at once."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import journal, outbox, saving
from core.errors import DomainError
from core.transitions import illegal, move
from trainings.domain import confirmation, letters, seats, timing
from trainings.enums import RUNNING_STATES, RegistrationState
from trainings.models import Registration


@dataclass(frozen=True)
class Decision:
    """What became of one registration in a decision on several: its state now, or the sentence that says why not."""

    registration: Registration
    error: str = ""


@journal.act
def accept(*, registration: Registration, actor: User, now: datetime) -> Registration:
    """Staff accept a registration: it gets a place, or its turn on the waiting list by the rank that it has already.

    Queues the answer. Raises IllegalMove (already decided, by whom and when), DomainError once the part is over.
    """
    part = seats.lock(registration.part)
    current = saving.locked(Registration, registration.pk)
    if current.state != RegistrationState.REVIEW:
        raise illegal(current)
    if part.session.state not in RUNNING_STATES or now >= timing.end_of(part):
        raise DomainError(_("This session is over or cancelled: nobody can be accepted any more."), code="over")
    state = confirmation.place(part=part, registration=current, actor=actor, now=now)
    move(current, state, actor=actor)
    letters.tell(current, confirmation.LETTER_OF[state], now=now)
    return current


def accept_each(*, registrations: Iterable[Registration], actor: User, now: datetime) -> list[Decision]:
    """Accept several, in the order of their ranks, each in its own transaction; says of each what became of it.

    Their answers leave together.
    """
    ordered = sorted(registrations, key=lambda one: (one.rank or 0, one.pk))
    about = ordered[0].part.session if ordered else None
    with outbox.together(key=f"registrations:{secrets.token_hex(8)}", author=actor, about=about):
        return [_decide(one, actor=actor, now=now) for one in ordered]


def _decide(registration: Registration, *, actor: User, now: datetime) -> Decision:
    try:
        return Decision(accept(registration=registration, actor=actor, now=now))
    except DomainError as error:
        return Decision(registration, str(error))
