"""A seat declares an interest in an item: there it neither counts nor votes."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import journal, saving
from core.errors import DomainError, ReasonRequired
from core.transitions import illegal
from steering.domain import counts, room, sitting
from steering.enums import Cause, ItemState
from steering.errors import NotInOffice
from steering.models import AgendaItem, Ballot, Recusal, Seat


@journal.act
def declare(
    *, item: AgendaItem, seat: Seat, interest: str, at: datetime, actor: User, now: datetime, reason: str = ""
) -> Recusal:
    """The seat leaves the item: it is neither in office nor counted there from `at` on.

    Locks the meeting, records `meeting.recusal`, counts the item's quorum again. Raises DomainError when the item was
    treated or the seat has voted in it, NotInOffice, and AlreadyDone to the second of two clicks.
    """
    meeting = room.entered(item.meeting, reason=reason, is_before_opening=True)
    current = saving.locked(AgendaItem, item.pk)
    if current.state == ItemState.TREATED:
        raise illegal(current)
    room.possible(meeting, at, now=now)
    if not sitting.seats_on(meeting.committee, on=meeting.day).filter(pk=seat.pk).exists():
        raise NotInOffice(field="seat")
    before = Recusal.objects.filter(item=current, seat=seat).first()
    if before is not None:
        what = gettext("%(seat)s is recused from this item already") % {"seat": seat}
        raise room.quicker(meeting, what, "meeting.recusal", recusal=before.pk)
    if Ballot.objects.filter(decision__item=current, seat=seat).exists():
        raise DomainError(_("This seat has voted in the item: take its vote back first."), code="voted", field="seat")
    recusal = saving.insert(Recusal(item=current, seat=seat, interest=interest, declared_at=at))
    data: room.Data = {"recusal": recusal.pk, "item": current.pk, "seat": seat.pk}
    journal.record("meeting.recusal", obj=meeting, actor=actor, reason=reason, data=data)
    counts.changed(meeting, at, cause=Cause.RECUSAL)
    return recusal


@journal.act
def withdraw(*, recusal: Recusal, actor: User, now: datetime, reason: str) -> None:
    """Take back a recusal that was noted by mistake. Raises ReasonRequired, IllegalMove once the item is treated."""
    if not reason.strip():
        raise ReasonRequired
    meeting = room.entered(recusal.item.meeting, reason=reason, is_before_opening=True)
    item = saving.locked(AgendaItem, recusal.item_id)
    if item.state == ItemState.TREATED:
        raise illegal(item)
    current = saving.locked(Recusal, recusal.pk)
    data: room.Data = {"recusal": current.pk, "item": item.pk, "seat": current.seat_id}
    since = current.declared_at
    current.delete()
    journal.record("meeting.recusal_withdrawn", obj=meeting, actor=actor, reason=reason, data=data)
    counts.changed(meeting, since, cause=Cause.CORRECTION)
