"""The order of the waiting list, changed by a person: with a written reason, and only for somebody who waits."""

from __future__ import annotations

from django.db.models import Case, When
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import journal, saving
from core.errors import DomainError, ReasonRequired
from core.transitions import illegal
from trainings.domain import seats
from trainings.enums import RUNNING_STATES, RegistrationState, SessionState
from trainings.models import Registration, Session


@journal.act
def move(*, registration: Registration, position: int, actor: User, reason: str) -> Registration:
    """Put somebody who waits at a place of the list, counted from 1; those between move by one.

    The ranks of those who wait are given out anew among them, so that nobody else's changes. Locks the part. Raises
    ReasonRequired, IllegalMove for somebody who does not wait, DomainError on a place that the list does not have.
    """
    part = seats.lock(registration.part)
    if not reason.strip():
        raise ReasonRequired
    waiting = list(part.registrations.waiting().select_for_update(of=("self",)))
    order = [row.pk for row in waiting] if moves_in(part.session) else []
    if registration.pk not in order:
        raise illegal(saving.locked(Registration, registration.pk))
    if not 1 <= position <= len(order):
        words = _("The list has %(count)s places: choose one of them.") % {"count": len(order)}
        raise DomainError(words, code="no_such_place", field="position")
    before = order.index(registration.pk) + 1
    if position == before:
        raise DomainError(_("This is the place already."), code="same_place", field="position")
    order.remove(registration.pk)
    order.insert(position - 1, registration.pk)
    ranks = dict(zip(order, [row.rank for row in waiting], strict=True))
    changed = {row.pk: ranks[row.pk] for row in waiting if row.rank != ranks[row.pk]}
    cases = [When(pk=pk, then=rank) for pk, rank in changed.items()]
    Registration.objects.filter(pk__in=changed).update(rank=Case(*cases))
    current = Registration.objects.get(pk=registration.pk)
    journal.record("registration.move", obj=current, actor=actor, reason=reason, data={"from": before, "to": position})
    return current


def may_move(registration: Registration) -> bool:
    """Whoever waits for a session that is not over."""
    session = registration.part.session
    return registration.state == RegistrationState.WAITING and moves_in(session)


def moves_in(session: Session) -> bool:
    """Whether the order of a session's waiting lists still decides anything."""
    return session.state in RUNNING_STATES | {SessionState.POSTPONED}
