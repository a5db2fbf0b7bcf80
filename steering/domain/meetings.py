"""Meetings: planned with a number of their committee, corrected, postponed, cancelled."""

from __future__ import annotations

from datetime import datetime
from typing import Any, TypedDict, Unpack

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import journal, saving, series
from core.errors import DomainError, ReasonRequired
from core.models import JournalEntry
from core.transitions import illegal, move
from directory.enums import Origin
from steering.domain import agenda, letters
from steering.enums import MeetingState
from steering.models import Committee, Meeting

CORRECTED_FREELY = (MeetingState.PLANNED, MeetingState.POSTPONED)


class MeetingFields(TypedDict, total=False):
    kind: str
    starts_at: datetime
    ends_at: datetime
    place_fr: str
    place_ar: str
    from_paper: bool


@journal.act
def plan(
    *, committee: Committee, actor: User | None, now: datetime, fill: bool = True, **fields: Unpack[MeetingFields]
) -> Meeting:
    """A meeting gets the next number of its committee, and an agenda that begins with what the portal knows.

    Raises DomainError on `starts_at` for a day that is over (or to come, for a meeting entered from paper), Invalid.
    """
    current = saving.locked(Committee, committee.pk)
    _in_its_time(fields["starts_at"], from_paper=fields.get("from_paper", False), now=now)
    origin = Origin.FICTIONAL if current.is_fictional else Origin.OWN
    meeting = saving.insert(Meeting(committee=current, number=_next_number(current), origin=origin, **fields))
    journal.record("meeting.create", obj=meeting, actor=actor, data={"number": meeting.number})
    if fill:
        agenda.fill(meeting=meeting, actor=actor)
    return meeting


@journal.act
def update(
    *, meeting: Meeting, version: int | None, actor: User | None, now: datetime, **fields: Unpack[MeetingFields]
) -> Meeting:
    """Correct a meeting that nobody is called to; a postponed one gets its date so.

    A convened one is corrected by a letter (`convocations.rectify`). Raises IllegalMove, StaleObject, Invalid, and
    DomainError on `starts_at`.
    """
    current = saving.locked(Meeting, meeting.pk, version=version)
    if current.state not in CORRECTED_FREELY:
        raise illegal(current)
    changes: dict[str, Any] = dict(fields)
    if "starts_at" in fields:
        changes["has_no_date"] = False
        if fields["starts_at"] != current.starts_at or "from_paper" in fields:
            _in_its_time(fields["starts_at"], from_paper=fields.get("from_paper", current.from_paper), now=now)
    changed = saving.change(current, **changes)
    if changed:
        journal.record("meeting.edit", obj=current, actor=actor, data={"fields": " ".join(changed)})
    return current


@journal.act
def postpone(
    *,
    meeting: Meeting,
    reason: str,
    starts_at: datetime | None = None,
    ends_at: datetime | None = None,
    actor: User | None,
    now: datetime,
) -> Meeting:
    """A convened meeting is put off, to a day or until its date is fixed; everybody who was called is told.

    The answers stay, each with the day for which it was given; letters that have not left are withdrawn. It is convened
    again by a new letter. Raises IllegalMove, ReasonRequired, Invalid, DomainError on `starts_at`.
    """
    current = saving.locked(Meeting, meeting.pk)
    if current.state != MeetingState.CONVENED:
        raise illegal(current)
    if not reason.strip():
        raise ReasonRequired
    changes: dict[str, Any] = {"has_no_date": starts_at is None}
    if starts_at is not None:
        _in_its_time(starts_at, from_paper=False, now=now)
        if starts_at == current.starts_at:
            raise DomainError(_("This is the date that it has: choose another one."), code="same", field="starts_at")
        ends_at = ends_at or starts_at + (current.ends_at - current.starts_at)
        changes |= {"starts_at": starts_at, "ends_at": ends_at}
    saving.change(current, **changes, answers_until=None, late_reason="")
    move(current, MeetingState.POSTPONED, actor=actor, reason=reason)
    letters.tell_postponed(current, now=now)
    return current


@journal.act
def cancel(*, meeting: Meeting, reason: str, actor: User | None, now: datetime) -> Meeting:
    """A meeting that is not held; whoever was called to it is told. Raises IllegalMove, ReasonRequired."""
    current = saving.locked(Meeting, meeting.pk)
    if current.state == MeetingState.CANCELLED:
        raise illegal(current)
    move(current, MeetingState.CANCELLED, actor=actor, reason=reason)
    letters.tell_cancelled(current, now=now)
    return current


def cancelling(meeting: Meeting) -> JournalEntry | None:
    """When a meeting was cancelled, by whom and why; None for one that is not."""
    if meeting.state != MeetingState.CANCELLED:
        return None
    return journal.history_of(meeting).filter(verb="meeting.cancelled").first()


def may_cancel(meeting: Meeting) -> bool:
    return meeting.MOVES.allows(meeting.state, MeetingState.CANCELLED)


def _in_its_time(starts_at: datetime, *, from_paper: bool, now: datetime) -> None:
    if from_paper and starts_at > now:
        words = _("A meeting that is entered from paper has been held: its day is over.")
        raise DomainError(words, code="to_come", field="starts_at")
    if not from_paper and starts_at <= now:
        words = _("This day is over. For a meeting that was held, tick “entered afterwards from paper”.")
        raise DomainError(words, code="over", field="starts_at")


def _next_number(committee: Committee) -> int:
    """The committee's next number; one that a meeting bears already is stepped over."""
    name = f"steering.meeting.{committee.pk}"
    number = series.next_number(name)
    while committee.meetings.filter(number=number).exists():
        number = series.next_number(name)
    return number
