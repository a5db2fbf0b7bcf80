"""Attendance by half-day: marked while the half-day is open, closed when everybody is marked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time

from django.db import connection
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.models import User
from core import journal
from core.errors import DomainError
from core.transitions import move
from trainings.enums import HalfDayState, Mark, SessionState
from trainings.models import Attendance, HalfDay, Registration


class HalfDayClosed(DomainError):
    """A closed half-day changes only by a correction that a second person confirms."""

    code = "half_day_closed"

    def __init__(self) -> None:
        super().__init__(_("This half-day is closed: ask for a correction with a reason."))


class NotOfThisHalfDay(DomainError):
    """The person holds no confirmed place in the half-day's part."""

    code = "not_of_this_half_day"

    def __init__(self) -> None:
        super().__init__(_("This person is not confirmed in this part."))


# A phone sends one of these with each tap, fifty at once: written by hand, they take a fifth of what the ORM takes.
SHARE = """
    SELECT half_day.state, session.state
    FROM trainings_halfday half_day
    JOIN trainings_sessionpart part ON part.id = half_day.part_id
    JOIN trainings_session session ON session.id = part.session_id
    WHERE half_day.id = %s FOR SHARE OF half_day
"""
NOTED = """
    SELECT registration.id, noted.mark, noted.arrived_at, noted.left_at
    FROM trainings_registration registration
    LEFT JOIN trainings_attendance noted
        ON noted.registration_id = registration.id AND noted.half_day_id = %(half_day)s
    WHERE registration.id = ANY(%(ids)s) AND registration.part_id = %(part)s AND registration.state = 'confirmed'
"""
TALLY = """
    SELECT count(*),
           count(*) FILTER (WHERE noted.mark = 'present'),
           count(*) FILTER (WHERE noted.mark = 'absent'),
           count(*) FILTER (WHERE noted.mark = 'excused')
    FROM trainings_registration registration
    LEFT JOIN trainings_attendance noted
        ON noted.registration_id = registration.id AND noted.half_day_id = %(half_day)s
    WHERE registration.part_id = %(part)s AND registration.state = 'confirmed'
"""


@dataclass(frozen=True)
class Entry:
    """What is noted of one person: a mark, or None for "not marked"; hours are local."""

    mark: str | None
    arrived_at: time | None = None
    left_at: time | None = None


NOT_MARKED = Entry(None)


@dataclass(frozen=True)
class Tally:
    """Counts of one half-day; they sum to `expected`."""

    expected: int
    present: int
    absent: int
    excused: int

    @property
    def missing(self) -> int:
        """People who are not marked."""
        return self.expected - self.present - self.absent - self.excused


@journal.act
def mark(*, half_day: HalfDay, entries: Mapping[int, Entry], actor: User, now: datetime) -> dict[int, Entry]:
    """Note the `entries` (by registration id) and give back what was there before, by which the act is undone.

    Shares a lock of the half-day, so that phones mark side by side while a closing waits. What is noted already stays
    untouched and leaves no line in the journal. Raises HalfDayClosed, NotOfThisHalfDay, and DomainError on hours that
    do not fit.
    """
    state, session_state = _share(half_day)
    if state != HalfDayState.OPEN:
        raise HalfDayClosed
    if session_state == SessionState.CANCELLED:
        raise DomainError(_("This session is cancelled: nobody is marked."), code="session_cancelled")
    if session_state == SessionState.POSTPONED:
        raise DomainError(_("This session is postponed: nobody is marked."), code="session_postponed")
    before = _noted(half_day, list(entries))
    if set(before) != set(entries):
        raise NotOfThisHalfDay
    changed = {pk: entry for pk, entry in entries.items() if entry != before[pk]}
    for entry in changed.values():
        _check_hours(entry, half_day=half_day)
    _write(half_day, changed, actor=actor, now=now)
    for pk, entry in changed.items():
        journal.record(
            "attendance.mark", obj=half_day, actor=actor, data={"registration": pk, "mark": entry.mark or "none"}
        )
    return {pk: before[pk] for pk in changed}


@journal.act
def close(*, half_day: HalfDay, actor: User, now: datetime, rest: str | None = None) -> HalfDay:
    """Close a half-day once it has begun and everybody is marked; `rest` first marks whoever is not.

    Locks the half-day, records `halfday.closed`. Raises DomainError naming how many are missing, IllegalMove when it
    is closed already.
    """
    if now < half_day.starts:
        raise DomainError(_("This half-day has not begun."), code="not_begun")
    # The whole lock comes first: two closings that share the lock of a mark would each wait for the other to let go.
    locked = HalfDay.objects.select_for_update(of=("self",)).get(pk=half_day.pk)
    if rest is not None and locked.state == HalfDayState.OPEN:
        mark(half_day=locked, entries={pk: Entry(rest) for pk in missing(locked)}, actor=actor, now=now)
    count = len(missing(locked))
    if count and locked.state == HalfDayState.OPEN:
        raise DomainError(
            ngettext(
                "%(count)s person is not marked: mark everybody before closing.",
                "%(count)s people are not marked: mark everybody before closing.",
                count,
            )
            % {"count": count},
            code="missing_marks",
        )
    return move(half_day, HalfDayState.CLOSED, actor=actor, closed_at=now, closed_by=actor)


def missing(half_day: HalfDay) -> list[int]:
    """Ids of the confirmed registrations that are not marked."""
    marked = Attendance.objects.filter(half_day=half_day).values("registration_id")
    return list(
        Registration.objects.confirmed()
        .filter(part=half_day.part_id)
        .exclude(pk__in=marked)
        .order_by("key", "id")
        .values_list("pk", flat=True)
    )


def entries_of(half_day: HalfDay) -> dict[int, Entry]:
    """What is noted, by registration id."""
    rows = Attendance.objects.filter(half_day=half_day)
    return {row.registration_id: Entry(row.mark, row.arrived_at, row.left_at) for row in rows}


def tally(half_day: HalfDay) -> Tally:
    """The counts of a half-day over the confirmed registrations of its part."""
    with connection.cursor() as cursor:
        cursor.execute(TALLY, {"half_day": half_day.pk, "part": half_day.part_id})
        return Tally(*cursor.fetchone())


def _share(half_day: HalfDay) -> tuple[str, str]:
    """Lock the row FOR SHARE and give its state and its session's: phones go side by side, a closing waits for them."""
    with connection.cursor() as cursor:
        cursor.execute(SHARE, [half_day.pk])
        row: tuple[str, str] = cursor.fetchone()
    return row


def _noted(half_day: HalfDay, registrations: list[int]) -> dict[int, Entry]:
    """What is noted of those among `registrations` that are confirmed in the half-day's part."""
    with connection.cursor() as cursor:
        cursor.execute(NOTED, {"half_day": half_day.pk, "part": half_day.part_id, "ids": registrations})
        return {pk: Entry(*noted) for pk, *noted in cursor.fetchall()}


def _check_hours(entry: Entry, *, half_day: HalfDay) -> None:
    hours = [hour for hour in (entry.arrived_at, entry.left_at) if hour is not None]
    if hours and entry.mark != Mark.PRESENT:
        raise DomainError(
            _("Only a person who was present has an arrival or a departure."), code="hours", field="arrived_at"
        )
    if len(hours) == 2 and hours[0] >= hours[1]:
        raise DomainError(_("The departure comes after the arrival."), code="hours", field="left_at")
    if entry.arrived_at is not None and entry.arrived_at >= half_day.ends_at:
        raise DomainError(_("The half-day was over at that hour."), code="hours", field="arrived_at")


def _write(half_day: HalfDay, entries: Mapping[int, Entry], *, actor: User, now: datetime) -> None:
    cleared = [pk for pk, entry in entries.items() if entry.mark is None]
    if cleared:
        Attendance.objects.filter(half_day=half_day, registration__in=cleared).delete()
    rows = [
        Attendance(
            half_day=half_day,
            registration_id=pk,
            mark=entry.mark,
            arrived_at=entry.arrived_at,
            left_at=entry.left_at,
            marked_at=now,
            marked_by=actor,
        )
        for pk, entry in entries.items()
        if entry.mark is not None
    ]
    Attendance.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["half_day", "registration"],
        update_fields=["mark", "arrived_at", "left_at", "marked_at", "marked_by"],
    )
