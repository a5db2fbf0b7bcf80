"""Staff register somebody who cannot do it alone: without an account, perhaps without an e-mail address."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import history, journal, outbox, saving
from core.errors import DomainError
from core.transitions import move
from directory.models import Person
from trainings.domain import confirmation, files, intake, letters, promotion, registrations, seats, timing, withdrawal
from trainings.domain.intake import RegistrationData
from trainings.enums import ACTIVE_STATES, HOLDING_STATES, RUNNING_STATES, RegistrationState
from trainings.models import Registration, SessionPart


class AlreadyRegistered(DomainError):
    """This person or this address has an active registration for the part."""

    code = "already_registered"

    def __init__(self, known: Registration, *, field: str | None) -> None:
        sentence = _("Already registered for this part: “%(state)s”.") % {"state": known.get_state_display()}
        super().__init__(sentence, field=field)
        self.known = known


@journal.act
def register(
    *, part: SessionPart, data: RegistrationData, person: Person | None = None, actor: User, now: datetime
) -> Registration:
    """Register somebody by hand under the same rules of capacity: a place, or else a turn on the waiting list.

    Open from the publication of the session until the part is over, also after the public deadline. `person` is a
    file that staff chose; otherwise it is matched by address, or made. Locks the part. Records `registration.by_hand`;
    queues the answer where there is an address. Raises AlreadyRegistered, and DomainError on the field that is wrong.
    """
    if person is not None and not data.email:
        data = replace(data, email=person.email or "")
    intake.require_basics(part=part, data=data)
    registrations.alone(part=part, email=data.email)
    current = seats.lock(part)
    reason = why_closed(part=current, now=now)
    if reason:
        raise registrations.RegistrationClosed(reason)
    registration = intake.row(part=current, data=data)
    registration.created_at = registration.confirmed_at = now
    registration.consented_at = now if data.consent_text else None
    registration.person = person or files.of(registration, actor=actor, now=now)
    _require_new(registration)
    registration.rank = confirmation.next_rank(current)
    saving.insert(registration)
    journal.record("registration.by_hand", obj=registration, actor=actor, data={"part": part.pk})
    state = confirmation.place(part=current, registration=registration, actor=actor, now=now)
    move(registration, state, actor=actor)
    letters.tell(registration, confirmation.LETTER_OF[state], now=now)
    return registration


def why_closed(*, part: SessionPart, now: datetime) -> str | Promise:
    """Why staff can register nobody for a part; empty while they can."""
    if part.session.state not in RUNNING_STATES or now >= timing.end_of(part):
        return _("This session is not published, or over: nobody can be registered.")
    return ""


@journal.act
def take_back(*, registration: Registration, actor: User, reason: str, now: datetime) -> bool:
    """Erase a registration entered by mistake, its snapshots' words too; whoever was told of it is told that it ends.

    A message that has left makes it a cancellation, with `reason`; else nothing leaves, and only the journal keeps
    that it was there. The place goes to the next in rank. False: it was gone, or had ended, already. Locks the part,
    then the registration. Raises Attended once attendance is marked or a certificate issued.
    """
    part = seats.lock(registration.part)
    current = Registration.objects.select_for_update(of=("self",)).filter(pk=registration.pk).first()
    if current is None or current.state not in ACTIVE_STATES:
        return False
    if current.attendances.exists() or current.certificates.exists():
        raise withdrawal.Attended
    outbox.withdraw(obj=current, kinds=letters.KINDS)
    if letters.have_left([current.pk]):
        withdrawal.cancel_by_staff(registration=current, actor=actor, reason=reason, now=now)
        return True
    pk, held = current.pk, current.state in HOLDING_STATES
    journal.record("registration.take_back", obj=current, actor=actor, reason=reason, data={"part": part.pk})
    current.delete()
    words = dict.fromkeys(("email", "name_latin", "name_ar", "phone", "function", "organisation_text"), "")
    history.redact(Registration, pk, answers={}, **words)
    if held:
        seats.release(part=part, category=current.category)
    promotion.fill(part=part, actor=actor, now=now)
    return True


def _require_new(registration: Registration) -> None:
    active = registration.part.registrations.filter(state__in=ACTIVE_STATES)
    known = active.filter(email=registration.email).first() if registration.email else None
    if known is not None:
        raise AlreadyRegistered(known, field="email")
    known = active.exclude(state=RegistrationState.UNCONFIRMED).filter(person=registration.person).first()
    if known is not None:
        raise AlreadyRegistered(known, field=None)
