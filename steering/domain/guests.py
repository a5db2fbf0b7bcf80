"""Guests: in the room without a seat, never counted."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext

from accounts.models import User
from core import journal, saving
from core.errors import ReasonRequired
from steering.domain import room
from steering.models import Guest, Meeting


@journal.act
def add(*, meeting: Meeting, actor: User, now: datetime, reason: str = "", **fields: Any) -> Guest:
    """Note a guest; without an hour of arrival, somebody who is expected. Records `meeting.guest`. Raises WrongHour."""
    current = room.entered(meeting, reason=reason, is_before_opening=True)
    _hours(current, fields, now=now)
    guest = saving.insert(Guest(meeting=current, **fields))
    journal.record("meeting.guest", obj=current, actor=actor, reason=reason, data={"guest": guest.pk})
    return guest


@journal.act
def change(*, guest: Guest, actor: User, now: datetime, reason: str = "", **fields: Any) -> Guest:
    """Another name, function or hour of a guest. Records `meeting.guest_changed`."""
    meeting = room.entered(guest.meeting, reason=reason, is_before_opening=True)
    current = saving.locked(Guest, guest.pk)
    _hours(meeting, {name: at for name, at in fields.items() if getattr(current, name) != at}, now=now)
    changed = saving.change(current, **fields)
    if changed:
        data: room.Data = {"guest": current.pk, "fields": " ".join(changed)}
        journal.record("meeting.guest_changed", obj=meeting, actor=actor, reason=reason, data=data)
    return current


@journal.act
def leave(*, guest: Guest, at: datetime, actor: User, now: datetime, reason: str = "") -> Guest:
    """The guest leaves the room. Raises WrongHour, and AlreadyDone to the second of two clicks."""
    meeting = room.entered(guest.meeting, reason=reason, is_before_opening=True)
    current = saving.locked(Guest, guest.pk)
    if current.left_at is not None:
        what = gettext("%(person)s has left already") % {"person": current.name}
        raise room.quicker(meeting, what, "meeting.guest_left", guest=current.pk)
    room.possible(meeting, at, now=now)
    saving.change(current, left_at=at)
    journal.record("meeting.guest_left", obj=meeting, actor=actor, reason=reason, data={"guest": current.pk})
    return current


@journal.act
def remove(*, guest: Guest, actor: User, reason: str) -> None:
    """Take back a guest who was noted by mistake. Raises ReasonRequired."""
    if not reason.strip():
        raise ReasonRequired
    meeting = room.entered(guest.meeting, reason=reason, is_before_opening=True)
    current = saving.locked(Guest, guest.pk)
    data: room.Data = {"guest": current.pk}
    current.delete()
    journal.record("meeting.guest_removed", obj=meeting, actor=actor, reason=reason, data=data)


def _hours(meeting: Meeting, fields: dict[str, Any], *, now: datetime) -> None:
    for name in ("arrived_at", "left_at"):
        at = fields.get(name)
        if at is not None:
            room.possible(meeting, at, now=now, field=name)
