"""A registration ends by the person or by staff; what it held goes to the next in rank."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import journal, outbox, saving
from core.errors import DomainError, ReasonRequired
from core.transitions import move
from trainings.domain import letters, promotion, seats, timing
from trainings.enums import HOLDING_STATES, CertificateState, Mark, RegistrationState
from trainings.models import Registration, SessionPart

STANDING = (CertificateState.VALID, CertificateState.EXPIRED)


class HasBegun(DomainError):
    """The part has begun: the person can no longer give the place back in the portal."""

    code = "has_begun"

    def __init__(self) -> None:
        super().__init__(_("This part has begun: tell the agency if you cannot come."))


class Attended(DomainError):
    """The person was there, or has a certificate: that is history, not a registration to end."""

    code = "attended"

    def __init__(self) -> None:
        super().__init__(
            _("This person is marked present or holds a valid certificate: correct that first, with its reason.")
        )


@journal.act
def cancel(*, registration: Registration, now: datetime) -> Registration:
    """The person gives up a request, a turn, an offer or a place, until the part begins; a second call answers alike.

    Frees the place for the next in rank. Queues the acknowledgement. Raises HasBegun, IllegalMove.
    """
    part = seats.lock(registration.part)
    current = saving.locked(Registration, registration.pk)
    if current.state == RegistrationState.CANCELLED:
        return current
    if now >= timing.start_of(part):
        raise HasBegun
    told = current.state != RegistrationState.UNCONFIRMED
    _end(current, RegistrationState.CANCELLED, part=part, actor=None, now=now)
    if told:
        letters.tell(current, letters.CANCELLED_BY_PERSON, now=now)
    promotion.fill(part=part, actor=None, now=now)
    return current


def decline(*, registration: Registration, now: datetime) -> Registration:
    """The person does not want the offered place: the registration ends, the place goes to the next in rank."""
    return cancel(registration=registration, now=now)


@journal.act
def cancel_by_staff(*, registration: Registration, actor: User, reason: str, now: datetime) -> Registration:
    """Staff end an active registration with a reason, which the person reads; the place goes to the next in rank.

    Raises ReasonRequired, Attended, and IllegalMove when it has ended already.
    """
    if not reason.strip():
        raise ReasonRequired
    part = seats.lock(registration.part)
    current = saving.locked(Registration, registration.pk)
    require_absent(current)
    told = current.state != RegistrationState.UNCONFIRMED
    _end(current, RegistrationState.CANCELLED, part=part, actor=actor, reason=reason, now=now)
    if told:
        letters.tell(current, letters.CANCELLED_BY_STAFF, now=now)
    promotion.fill(part=part, actor=actor, now=now)
    return current


@journal.act
def refuse(*, registration: Registration, actor: User, reason: str, now: datetime) -> Registration:
    """Staff refuse a registration with a reason, which the person reads; a place that it held goes to the next.

    Raises ReasonRequired, Attended, IllegalMove.
    """
    part = seats.lock(registration.part)
    current = saving.locked(Registration, registration.pk)
    require_absent(current)
    _end(current, RegistrationState.REFUSED, part=part, actor=actor, reason=reason, now=now)
    letters.tell(current, letters.REFUSED, now=now)
    promotion.fill(part=part, actor=actor, now=now)
    return current


def require_absent(registration: Registration) -> None:
    """Raise Attended for somebody who was present at a half-day or holds a valid certificate."""
    present = registration.attendances.filter(mark=Mark.PRESENT).exists()
    if present or registration.certificates.filter(state__in=STANDING).exists():
        raise Attended


def _end(
    registration: Registration,
    state: RegistrationState,
    *,
    part: SessionPart,
    actor: User | None,
    reason: str = "",
    now: datetime,
) -> None:
    """Move, give the place back, and take back what is still waiting to be sent about it. The part is locked."""
    held = registration.state in HOLDING_STATES
    move(registration, state, actor=actor, reason=reason)
    outbox.withdraw(obj=registration, kinds=letters.KINDS)
    if held:
        seats.release(part=part, category=registration.category)
