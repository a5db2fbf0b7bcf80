"""A seat goes with a decision and has its reservation written down, with its text."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import journal, saving
from core.errors import DomainError, ReasonRequired
from steering.domain import presence, room
from steering.enums import DecisionState
from steering.models import Decision, Reservation, Seat


@journal.act
def record(*, decision: Decision, seat: Seat, text: str, actor: User, now: datetime, reason: str = "") -> Reservation:
    """The reservation of a seat that is in the room at the decision's hour, named after whoever sits there.

    Once the meeting is held it takes a reason, until the minutes are sent. Raises DomainError, Invalid.
    """
    meeting = room.entered(decision.item.meeting, reason=reason)
    current = saving.locked(Decision, decision.pk)
    if current.state in (DecisionState.REJECTED, DecisionState.REVOKED):
        raise DomainError(_("A reservation goes with a decision that stands."), code="not_standing")
    at = current.decided_at or now
    line = next((each for each in presence.sheet(meeting, at=at).lines if each.seat.pk == seat.pk), None)
    if line is None or line.mandate is None:
        raise DomainError(_("Nobody is in the room for this seat at that hour."), code="not_here", field="seat")
    made = saving.insert(Reservation(decision=current, seat=seat, mandate=line.mandate, text=text))
    data: room.Data = {"decision": current.pk, "number": current.number, "seat": seat.pk}
    journal.record("meeting.reservation", obj=meeting, actor=actor, reason=reason, data=data)
    return made


@journal.act
def remove(*, reservation: Reservation, actor: User, reason: str) -> None:
    """Take back a reservation, with a reason, until the minutes are sent."""
    if not reason.strip():
        raise ReasonRequired
    meeting = room.entered(reservation.decision.item.meeting, reason=reason)
    room.unsent(meeting)
    current = saving.locked(Reservation, reservation.pk)
    data: room.Data = {"decision": current.decision_id, "number": current.decision.number, "seat": current.seat_id}
    current.delete()
    journal.record("meeting.reservation_removed", obj=meeting, actor=actor, reason=reason, data=data)
