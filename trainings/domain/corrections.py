"""Corrections of a closed half-day: one person proposes with a reason, another of the agency's staff decides."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import journal
from core.errors import DomainError, ReasonRequired
from core.transitions import move
from trainings.enums import CertificateState, CorrectionState, HalfDayState
from trainings.models import Attendance, Certificate, Correction, HalfDay, Registration


class SecondPersonNeeded(DomainError):
    """Whoever proposed a correction does not decide on it."""

    code = "second_person"

    def __init__(self) -> None:
        super().__init__(_("A second person of the agency’s staff decides on this correction."))


@journal.act
def propose(
    *, half_day: HalfDay, registration: Registration, mark: str, reason: str, actor: User, now: datetime
) -> Correction:
    """Propose another mark in a closed half-day. Records `correction.propose` with the reason.

    Raises ReasonRequired, and DomainError while the half-day is open, when nothing would change, or when a correction
    of the same mark waits already.
    """
    reason = reason.strip()
    if not reason:
        raise ReasonRequired
    half_day = HalfDay.objects.select_for_update(of=("self",)).get(pk=half_day.pk)
    if half_day.state != HalfDayState.CLOSED:
        raise DomainError(_("This half-day is open: mark directly."), code="half_day_open")
    if registration.part_id != half_day.part_id:
        raise DomainError(_("This person is not confirmed in this part."), code="not_of_this_half_day")
    if Correction.objects.filter(half_day=half_day, registration=registration, state=CorrectionState.PROPOSED).exists():
        raise DomainError(_("A correction of this mark waits for a second person already."), code="waits")
    before = Attendance.objects.filter(half_day=half_day, registration=registration).first()
    if before is not None and before.mark == mark:
        raise DomainError(_("This is what is noted already."), code="unchanged", field="mark")
    correction = Correction.objects.create(
        half_day=half_day,
        registration=registration,
        mark_before=before.mark if before else "",
        mark_after=mark,
        reason=reason,
        proposed_by=actor,
        proposed_at=now,
    )
    journal.record("correction.propose", obj=correction, actor=actor, reason=reason, data={"half_day": half_day.pk})
    return correction


@journal.act
def confirm(*, correction: Correction, actor: User, now: datetime) -> list[Certificate]:
    """Make the correction and give the valid certificates that it touches, to be looked at again.

    Raises SecondPersonNeeded, and IllegalMove when it was decided meanwhile.
    """
    if correction.proposed_by_id == actor.pk:
        raise SecondPersonNeeded
    move(correction, CorrectionState.CONFIRMED, actor=actor, decided_by=actor, decided_at=now)
    Attendance.objects.update_or_create(
        half_day=correction.half_day,
        registration=correction.registration,
        defaults={
            "mark": correction.mark_after,
            "arrived_at": None,
            "left_at": None,
            "marked_at": now,
            "marked_by": correction.proposed_by,
        },
    )
    return certificates_touched(correction.registration)


@journal.act
def reject(*, correction: Correction, actor: User, reason: str, now: datetime) -> Correction:
    """Leave the mark as it is, with a reason. Whoever proposed it may withdraw it in the same way."""
    return move(
        correction,
        CorrectionState.REJECTED,
        actor=actor,
        reason=reason,
        decided_by=_decider(correction, actor),
        decided_at=now,
    )


def certificates_touched(registration: Registration) -> list[Certificate]:
    """The valid certificates that rest on the attendance of a registration."""
    return list(registration.certificates.filter(state=CertificateState.VALID))


def _decider(correction: Correction, actor: User) -> User | None:
    """Nobody is named as second person when the proposer withdraws."""
    return None if correction.proposed_by_id == actor.pk else actor
