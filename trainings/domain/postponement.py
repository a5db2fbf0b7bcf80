"""Postponing a session: registrations, ranks and answers stay; everybody concerned is told once, calendars follow.

Either the new first day is known, and the whole programme moves to it; or it is to be fixed: then the session waits in
a state of its own, nobody can register or be marked, no convocation leaves, and offers keep the time that they have.
"""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import journal, outbox, saving
from core.errors import DomainError, ReasonRequired
from core.transitions import illegal, move
from trainings.domain import dates, notices, promotion
from trainings.enums import ACTIVE_STATES, RUNNING_STATES, HalfDayState, RegistrationState, SessionState
from trainings.models import HalfDay, Registration, Session


@journal.act
def postpone(
    *,
    session: Session,
    to: date | None,
    actor: User | None,
    now: datetime,
    reason: str,
    notice: str,
    notice_ar: str = "",
    notice_en: str = "",
) -> Session:
    """Move a published session to the first day `to`, or to a date that is to be fixed (None).

    `reason` stays in the history, `notice` is what the public and the messages read. Locks the session. Raises
    ReasonRequired, IllegalMove, DomainError: no notice, a day in the past or the same, a half-day that was held.
    """
    current = saving.locked(Session, session.pk)
    if current.state not in RUNNING_STATES:
        raise illegal(current)
    if not reason.strip():
        raise ReasonRequired
    if not notice.strip():
        raise DomainError(
            _("Write what the public reads: it stands on the page and in the messages."),
            code="notice_required",
            field="notice",
        )
    _require_not_begun(current)
    words = notices.public_words(notice, notice_ar, notice_en)
    times = current.postponed_times + 1
    if to is None:
        move(
            current,
            SessionState.POSTPONED,
            actor=actor,
            reason=reason,
            resumes_as=current.state,
            postponed_times=times,
            **words,
        )
    else:
        before = current.starts_on
        dates.apply(shift_of(session=current, to=to, now=now), current)
        saving.change(current, postponed_times=times, **words)
        data = {"from": before.isoformat(), "to": current.starts_on.isoformat()}
        journal.record("session.postpone", obj=current, actor=actor, reason=reason, data=data)
    _tell(current, now=now)
    _serve(current, actor=actor, now=now)
    session.refresh_from_db()
    return current


@journal.act
def fix_date(*, session: Session, to: date, actor: User | None, now: datetime) -> Session:
    """The new first day of a postponed session: its programme moves there, and it is what it was before.

    Locks the session. Raises IllegalMove, DomainError on a day in the past.
    """
    current = saving.locked(Session, session.pk)
    if current.state != SessionState.POSTPONED:
        raise illegal(current)
    dates.apply(shift_of(session=current, to=to, now=now, same_is_meant=True), current)
    move(current, SessionState(current.resumes_as), actor=actor, resumes_as="")
    _tell(current, now=now)
    _serve(current, actor=actor, now=now)
    session.refresh_from_db()
    return current


def concerned(session: Session) -> list[Registration]:
    """Those who hold a place, wait or await a decision."""
    states = ACTIVE_STATES - {RegistrationState.UNCONFIRMED}
    rows = Registration.objects.filter(part__session=session, state__in=states).exclude(email="")
    return list(rows.order_by("part__position", "pk"))


def shift_of(*, session: Session, to: date, now: datetime, same_is_meant: bool = False) -> dates.Shift:
    """Where the days would fall; nothing is written. Raises DomainError on a day in the past, too far or the same."""
    if to <= timezone.localdate(now):
        raise DomainError(_("The new first day lies after today."), code="past", field="starts_on")
    shift = dates.shift_of(session, to=to)
    if shift.starts_on == session.starts_on and not same_is_meant:
        raise DomainError(_("This is its first day already: choose another one."), code="same", field="starts_on")
    return shift


def _require_not_begun(session: Session) -> None:
    if HalfDay.objects.filter(part__session=session, state=HalfDayState.CLOSED).exists():
        raise DomainError(_("A half-day of this session was held: it cannot be postponed any more."), code="begun")


def _serve(session: Session, *, actor: User | None, now: datetime) -> None:
    """Places that became free while nobody could be offered one go to the waiting list. Locks the parts, by id."""
    for part in session.parts.order_by("id"):
        promotion.fill(part=part, actor=actor, now=now)


def _tell(session: Session, *, now: datetime) -> None:
    """What was to be said of the old dates and has not left is taken back."""
    rows = concerned(session)
    for row in rows:
        outbox.withdraw(obj=row, kinds=notices.KINDS)
    notices.tell_postponement(session=session, registrations=rows, now=now)
