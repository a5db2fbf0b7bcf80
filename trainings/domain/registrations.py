"""Requests for a place: asked for in public, sent again, ended with their session.

Identity is the normalised e-mail address. A request holds nothing before its address is confirmed (`confirmation`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.models.user import normalise_email
from core import journal, outbox, saving
from core.errors import DomainError
from core.transitions import move
from trainings.domain import intake, letters, seats, timing
from trainings.domain.intake import RegistrationData
from trainings.enums import ACTIVE_STATES, HOLDING_STATES, RegistrationState, SessionState
from trainings.models import Registration, Session, SessionPart

CONFIRM_WITHIN = timedelta(hours=48)
TYPED = (
    "name_latin",
    "name_ar",
    "sex",
    "phone",
    "function",
    "organisation",
    "organisation_text",
    "governorate",
    "category",
    "language",
    "answers",
    "consent_text",
)


class RegistrationClosed(DomainError):
    """Nobody can register for this part now; the message says why."""

    code = "closed"


class TooManyMessages(DomainError):
    """The link was sent a moment ago, or three times today."""

    code = "too_many_messages"

    def __init__(self) -> None:
        super().__init__(
            _("The link was sent a moment ago, or three times today already: look in the mailbox, or try again later.")
        )


@dataclass(frozen=True)
class RequestOutcome:
    """What a request did. The page shows the same in every case; only tests and the journal tell them apart."""

    registration: Registration
    created: bool
    message_queued: bool


def why_closed(*, part: SessionPart, now: datetime) -> str | Promise:
    """The sentence that says why nobody can register for a part; empty while registration is open."""
    session = part.session
    if session.state == SessionState.CANCELLED:
        return _("This session is cancelled: nobody can register any more.")
    if session.state == SessionState.POSTPONED:
        return _("This session is postponed: registration goes on once its new date is fixed.")
    if session.state in {SessionState.DRAFT, SessionState.PROPOSED, SessionState.PUBLISHED}:
        return _("Registration for this session is not open yet.")
    if session.state != SessionState.OPEN:
        return _("Registration for this session is closed.")
    closes_at = session.registration_closes_at
    if closes_at is not None and now >= closes_at:
        on = date_format(timezone.localtime(closes_at), "DATETIME_FORMAT")
        return _("Registration closed on %(on)s.") % {"on": on}
    if now >= timing.start_of(part):
        return _("This part has begun: nobody can register any more.")
    return ""


def require_open(*, part: SessionPart, now: datetime) -> None:
    """Raise RegistrationClosed, with the reason, unless registration for the part is open."""
    reason = why_closed(part=part, now=now)
    if reason:
        raise RegistrationClosed(reason)


@journal.act
def request(*, part: SessionPart, data: RegistrationData, now: datetime) -> RequestOutcome:
    """Ask for a place: the request waits until its address is confirmed, at most 48 hours, and holds nothing.

    One active registration an address and part. Asked again, an unconfirmed one takes what was typed last, and its
    link is sent again; a confirmed one gets the link to its page. Links leave at most every ten minutes and three
    times a day. Records `registration.request`. Raises RegistrationClosed, and DomainError on the field that is wrong.
    """
    require_open(part=part, now=now)
    intake.require(part=part, data=data, on=timezone.localdate(now))
    alone(part=part, email=data.email)
    known = _active(part, data.email)
    if known is not None:
        return _asked_again(known, data, now=now)
    registration = intake.row(part=part, data=data)
    registration.created_at = registration.consented_at = now
    registration.lapses_at = _lapses_at(part, now)
    saving.insert(registration)
    _record_request(registration)
    message = letters.tell_again(registration, letters.CONFIRM_ADDRESS, now=now)
    return RequestOutcome(registration, created=True, message_queued=message is not None)


@journal.act
def renew(*, registration: Registration, now: datetime) -> Registration:
    """Ask again for what lapsed before it was confirmed, with everything that was typed; a new link goes out.

    Called by who holds the personal link, so the address is known to be read. Raises RegistrationClosed, and
    DomainError when the consent text has changed meanwhile: the form must then be filled in again.
    """
    never_confirmed = {RegistrationState.UNCONFIRMED, RegistrationState.LAPSED}
    if registration.state not in never_confirmed or registration.confirmed_at is not None:
        raise DomainError(_("Only a request that lapsed before it was confirmed can be renewed."), code="not_lapsed")
    answers = {int(key): value["a"] for key, value in registration.answers.items()}
    typed = {name: getattr(registration, name) for name in TYPED if name != "answers"}
    data = RegistrationData(email=registration.email, answers=answers, **typed)
    return request(part=registration.part, data=data, now=now).registration


@journal.act
def send_link(*, registration: Registration, actor: User | None, now: datetime) -> None:
    """Send the link to confirm, or to the registration's page, again.

    Raises TooManyMessages, RegistrationClosed where there is nothing left to confirm, DomainError without an address.
    """
    current = saving.locked(Registration, registration.pk)
    if not current.email:
        raise DomainError(_("This person gave no e-mail address."), code="no_email")
    if current.state == RegistrationState.UNCONFIRMED:
        require_open(part=current.part, now=now)
        Registration.objects.filter(pk=current.pk).update(lapses_at=_lapses_at(current.part, now))
    if letters.tell_again(current, _link_kind(current), now=now) is None:
        raise TooManyMessages
    journal.record("registration.send_link", obj=current, actor=actor)


@journal.act
def cancel_all(*, session: Session, actor: User | None, reason: str, now: datetime) -> list[Registration]:
    """End every active registration of a session that is cancelled, give the seats back, take waiting messages back.

    Queues nothing: `cancellation` writes to everybody once. Returns those whose address is confirmed or whom staff
    entered. Locks the parts, by id, then the registrations.
    """
    told = []
    for part in session.parts.order_by("id"):
        seats.lock(part)
        for registration in part.registrations.active().select_related("category").order_by("id"):
            if registration.state in HOLDING_STATES:
                seats.release(part=part, category=registration.category)
            if registration.state != RegistrationState.UNCONFIRMED:
                told.append(registration)
            move(registration, RegistrationState.CANCELLED, actor=actor, reason=reason)
            outbox.withdraw(obj=registration, kinds=letters.KINDS)
    return told


def alone(*, part: SessionPart, email: str) -> None:
    """Whoever asks for the same place with the same address waits for the others, to the transaction's end."""
    with connection.cursor() as cursor:
        key = f"registration:{part.pk}:{normalise_email(email)}"
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [key])


def _active(part: SessionPart, email: str) -> Registration | None:
    rows = Registration.objects.select_for_update(of=("self",)).select_related("part__session__training__programme")
    return rows.filter(part=part, email=normalise_email(email), state__in=ACTIVE_STATES).first()


def _asked_again(known: Registration, data: RegistrationData, *, now: datetime) -> RequestOutcome:
    """The same answer as for a new request; what is confirmed is never changed by a form that anybody can fill in."""
    if known.state == RegistrationState.UNCONFIRMED:
        typed = intake.row(part=known.part, data=data)
        if saving.change(known, **{name: getattr(typed, name) for name in TYPED}):
            _record_request(known)
    message = letters.tell_again(known, _link_kind(known), now=now)
    if message is not None and known.state == RegistrationState.UNCONFIRMED:
        saving.change(known, lapses_at=_lapses_at(known.part, now), consented_at=now)
    return RequestOutcome(known, created=False, message_queued=message is not None)


def _link_kind(registration: Registration) -> str:
    unconfirmed = registration.state == RegistrationState.UNCONFIRMED
    return letters.CONFIRM_ADDRESS if unconfirmed else letters.PAGE


def _lapses_at(part: SessionPart, now: datetime) -> datetime:
    """Until when a request can be confirmed: 48 hours, but not beyond the end of registration."""
    ends = [now + CONFIRM_WITHIN, timing.start_of(part)]
    if part.session.registration_closes_at is not None:
        ends.append(part.session.registration_closes_at)
    return min(ends)


def _record_request(registration: Registration) -> None:
    version = registration.consent_text.number if registration.consent_text else None
    data = {"part": registration.part_id, "consent": version}
    journal.record("registration.request", obj=registration, actor=None, data=data)
