"""The agenda while the meeting runs: one item at a time is opened, treated or postponed; a treated one is reopened."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext

from accounts.models import User
from core import journal, saving
from core.errors import DomainError, ReasonRequired
from core.transitions import illegal, move
from steering.domain import counts, freezing, room, sitting_acts
from steering.enums import Cause, DecisionState, ItemState, MeetingState
from steering.models import AgendaItem, Decision, Meeting


class AnotherItemOpen(DomainError):
    """The committee speaks of one item at a time."""

    code = "another_item"

    def __init__(self, item: AgendaItem) -> None:
        text = gettext("Item %(number)s is under discussion: treat it or postpone it first.")
        super().__init__(text % {"number": item.position})


class DecisionWaits(DomainError):
    """A decision of the item is still being prepared."""

    code = "decision_waits"

    def __init__(self, decision: Decision) -> None:
        text = gettext("Decision %(number)s is still being prepared: take it, or take it back, first.")
        super().__init__(text % {"number": decision.number})


@journal.act
def start(*, item: AgendaItem, at: datetime, actor: User, now: datetime) -> AgendaItem:
    """The committee comes to an item: its quorum is counted and kept. Locks the meeting, records `agendaitem.open`.

    Raises IllegalMove (saying who was quicker), AnotherItemOpen, WrongHour, RuleMissing.
    """
    meeting = room.entered(item.meeting)
    _possible(meeting, item, at, now=now)
    _alone(meeting, item)
    current = move(saving.locked(AgendaItem, item.pk), ItemState.OPEN, actor=actor, opened_at=at, treated_at=None)
    counts.keep(meeting, at=at, cause=Cause.ITEM, item=current)
    journal.record("meeting.item_open", obj=meeting, actor=actor, data={"item": item.pk, "no": item.position})
    return current


@journal.act
def treat(*, item: AgendaItem, at: datetime, actor: User, now: datetime) -> AgendaItem:
    """The item is done. Raises IllegalMove, DecisionWaits, WrongHour."""
    meeting = room.entered(item.meeting)
    _possible(meeting, item, at, now=now)
    _nothing_waits(item)
    current = move(saving.locked(AgendaItem, item.pk), ItemState.TREATED, actor=actor, treated_at=at)
    journal.record("meeting.item_treated", obj=meeting, actor=actor, data={"item": item.pk, "no": item.position})
    return current


@journal.act
def postpone(*, item: AgendaItem, at: datetime, actor: User, now: datetime) -> AgendaItem:
    """The item waits for another meeting. Raises IllegalMove, DecisionWaits, WrongHour."""
    meeting = room.entered(item.meeting)
    _possible(meeting, item, at, now=now)
    _nothing_waits(item)
    current = saving.locked(AgendaItem, item.pk)
    ends = at if current.opened_at else None
    current = move(current, ItemState.POSTPONED, actor=actor, treated_at=ends)
    journal.record("meeting.item_postponed", obj=meeting, actor=actor, data={"item": item.pk, "no": item.position})
    return current


@journal.act
def reopen(*, item: AgendaItem, actor: User, now: datetime, reason: str) -> AgendaItem:
    """Come back to an item, with a reason, until the minutes are sent; a meeting that was lifted is reopened with it.

    Raises ReasonRequired, MinutesSent, MinutesFrozen, AnotherItemOpen, IllegalMove.
    """
    if not reason.strip():
        raise ReasonRequired
    meeting = saving.locked(Meeting, item.meeting_id)
    freezing.require_approval_kept(item)
    if meeting.state == MeetingState.HELD:
        meeting = sitting_acts.reopen(meeting=meeting, actor=actor, reason=reason)
    meeting = room.entered(meeting)
    room.unsent(meeting)
    _alone(meeting, item)
    current = saving.locked(AgendaItem, item.pk)
    if current.state not in (ItemState.TREATED, ItemState.POSTPONED):
        raise illegal(current)
    begun = current.opened_at or meeting.opened_at or now
    current = move(current, ItemState.OPEN, actor=actor, reason=reason, opened_at=begun, treated_at=None)
    counts.keep(meeting, at=begun, cause=Cause.ITEM, item=current)
    data: room.Data = {"item": item.pk, "no": item.position}
    journal.record("meeting.item_reopened", obj=meeting, actor=actor, reason=reason, data=data)
    return current


def _possible(meeting: Meeting, item: AgendaItem, at: datetime, *, now: datetime) -> None:
    room.possible(meeting, at, now=now)
    if meeting.opened_at is not None and at < meeting.opened_at:
        raise room.WrongHour(gettext("This hour is before the opening of the meeting."))
    if item.opened_at is not None and item.state == ItemState.OPEN and at < item.opened_at:
        raise room.WrongHour(gettext("This hour is before the item was opened."))


def _alone(meeting: Meeting, item: AgendaItem) -> None:
    other = AgendaItem.objects.filter(meeting=meeting, state=ItemState.OPEN).exclude(pk=item.pk).first()
    if other is not None:
        raise AnotherItemOpen(other)


def _nothing_waits(item: AgendaItem) -> None:
    waiting = Decision.objects.filter(item=item, state=DecisionState.DRAFT).first()
    if waiting is not None:
        raise DecisionWaits(waiting)
