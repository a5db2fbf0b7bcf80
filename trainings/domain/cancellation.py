"""Cancelling a session: a reason for the history, a notice for the public, a message to everybody concerned."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import journal, outbox
from core.errors import DomainError
from core.transitions import move
from trainings.domain import notices, registrations
from trainings.enums import ACTIVE_STATES, RegistrationState, SessionState
from trainings.models import Registration, Session


@journal.act
def cancel(
    *,
    session: Session,
    actor: User | None,
    now: datetime,
    reason: str,
    notice: str,
    notice_ar: str = "",
    notice_en: str = "",
) -> Session:
    """A session is cancelled once, for good: its registrations are cancelled and everybody concerned is told once.

    `reason` stays in the history of the agency; `notice` is what the public and the messages read. A draft, which
    nobody knows, needs no notice. Raises ReasonRequired, DomainError without a notice, IllegalMove.
    """
    known = session.is_public
    if known and not notice.strip():
        raise DomainError(
            _("Write what the public reads: it stands on the page and in the messages."),
            code="notice_required",
            field="notice",
        )
    words = notices.public_words(notice, notice_ar, notice_en)
    move(session, SessionState.CANCELLED, actor=actor, reason=reason, **words)
    if known:
        ended = registrations.cancel_all(session=session, actor=actor, reason=reason, now=now)
        for row in ended:
            outbox.withdraw(obj=row, kinds=notices.KINDS)
        notices.tell_cancellation(session=session, registrations=ended, now=now)
    return session


def concerned(session: Session) -> int:
    """How many people would be told: those who hold a place, wait or await a decision, each once."""
    states = ACTIVE_STATES - {RegistrationState.UNCONFIRMED}
    rows = Registration.objects.filter(part__session=session, state__in=states).exclude(email="")
    return rows.values("email").distinct().count()
