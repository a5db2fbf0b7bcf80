"""What is odd about the plan of a session: it warns, it never refuses. Read anew each time, so it is always true.

A trainer or a room used twice at the same time, a half-day on a day when nobody works, hours outside the regime of the
day; beside each, what would be right.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import slugify
from django.utils.translation import gettext

from core.formats.dates import long_date, time_range
from directory.domain.calendar import HalfDay as Sitting
from directory.domain.working_days import WorkingDays
from directory.enums import Half
from directory.models import Person
from trainings.enums import HalfDayState, SessionState
from trainings.models import HalfDay, Session, SessionTrainer

OVER = frozenset({SessionState.HELD, SessionState.CANCELLED, SessionState.POSTPONED})
MOST = 40
AHEAD = timedelta(days=60)


@dataclass(frozen=True)
class Slot:
    """Hours that would fit."""

    on: date
    half: str
    starts_at: object
    ends_at: object

    def __str__(self) -> str:
        hours = time_range(self.starts_at, self.ends_at)  # type: ignore[arg-type]
        return gettext("%(day)s, %(half)s, %(hours)s") % {
            "day": long_date(self.on),
            "half": Half(self.half).label.lower(),
            "hours": hours,
        }


@dataclass(frozen=True)
class Warned:
    """One warning: in words, about which half-day; the other session where there is one; hours that would fit."""

    code: str
    text: str
    half_day: HalfDay
    other: Session | None = None
    slot: Slot | None = None


def warnings(session: Session, *, now: datetime) -> list[Warned]:
    """Everything odd about the half-days to come, in their order, at most forty; six queries."""
    if session.state in OVER or session.source:
        return []
    half_days = list(
        HalfDay.objects.filter(part__session=session, state=HalfDayState.OPEN, on_day__gte=timezone.localdate(now))
        .select_related("part")
        .prefetch_related("trainers")
        .order_by("on_day", "starts_at")
    )
    if not half_days:
        return []
    for half_day in half_days:
        half_day.part.session = session
    found = [*_calendar(half_days), *_clashes(session, half_days)]
    return sorted(found, key=lambda one: (one.half_day.on_day, one.half_day.starts_at, one.code))[:MOST]


def _calendar(half_days: Sequence[HalfDay]) -> Iterable[Warned]:
    days = [half_day.on_day for half_day in half_days]
    working = WorkingDays(min(days), max(days) + AHEAD)
    taken = {(half_day.on_day, half_day.half) for half_day in half_days}
    for half_day in half_days:
        closed = working.why_closed(half_day.on_day)
        if closed:
            text = gettext("%(day)s is not a working day: %(why)s.")
            words = {"day": long_date(half_day.on_day).capitalize(), "why": closed}
            yield Warned("closed", text % words, half_day, slot=_elsewhere(half_day, working, taken))
            continue
        sittings = working.half_days(half_day.on_day)
        fitting = next((sitting for sitting in sittings if sitting.half == half_day.half), None)
        if not sittings or (fitting and _holds(fitting, half_day)):
            continue
        regime = working.regime_on(half_day.on_day)
        text = gettext("%(day)s, %(half)s, %(hours)s: outside the working hours of that day (%(regime)s).")
        words = {
            "day": long_date(half_day.on_day).capitalize(),
            "half": half_day.get_half_display().lower(),
            "hours": time_range(half_day.starts_at, half_day.ends_at),
            "regime": str(regime),
        }
        slot = _slot(half_day.on_day, fitting) if fitting else _elsewhere(half_day, working, taken)
        yield Warned("hours", text % words, half_day, slot=slot)


def _holds(sitting: Sitting, half_day: HalfDay) -> bool:
    return bool(sitting.starts_at <= half_day.starts_at and half_day.ends_at <= sitting.ends_at)


def _slot(day: date, sitting: Sitting) -> Slot:
    return Slot(day, sitting.half, sitting.starts_at, sitting.ends_at)


def _elsewhere(half_day: HalfDay, working: WorkingDays, taken: set[tuple[date, str]]) -> Slot | None:
    """The next half of a working day, from this day on, that the session does not use yet; the same half first."""
    day = half_day.on_day
    while day <= working.last:
        free = [sitting for sitting in working.half_days(day) if (day, sitting.half) not in taken]
        if free:
            return _slot(day, next((one for one in free if one.half == half_day.half), free[0]))
        day += timedelta(days=1)
    return None


def _clashes(session: Session, half_days: Sequence[HalfDay]) -> Iterable[Warned]:
    """Other sessions' half-days at the same time with a trainer or the room of this one."""
    others = _others(session, {half_day.on_day for half_day in half_days})
    if not any(others.values()):
        return
    own = _trainers_of([session.pk])[session.pk]
    theirs = _trainers_of({other.part.session_id for rows in others.values() for other in rows})
    for half_day in half_days:
        for other in others[half_day.on_day]:
            if other.starts_at >= half_day.ends_at or other.ends_at <= half_day.starts_at:
                continue
            there = other.part.session
            people = _giving(half_day, own) & _giving(other, theirs[there.pk])
            for person in sorted(people, key=lambda one: one.pk):
                text = gettext("%(who)s gives another session at the same time: %(session)s (%(when)s).")
                words = {"who": person.name, "session": there.title, "when": _when(other)}
                yield Warned("trainer", text % words, half_day, there)
            if _room(half_day) and _room(half_day) == _room(other):
                text = gettext("The room is used at the same time: %(room)s, %(session)s (%(when)s).")
                words = {"room": half_day.room, "session": there.title, "when": _when(other)}
                yield Warned("room", text % words, half_day, there)


def _others(session: Session, days: set[date]) -> dict[date, list[HalfDay]]:
    rows = (
        HalfDay.objects.filter(on_day__in=days, part__session__starts_on__lte=max(days))
        .filter(part__session__ends_on__gte=min(days))
        .exclude(part__session=session)
        .exclude(part__session__state__in=OVER - {SessionState.HELD})
        .select_related("part__session")
        .prefetch_related("trainers")
    )
    found: dict[date, list[HalfDay]] = defaultdict(list)
    for row in rows:
        found[row.on_day].append(row)
    return found


def _trainers_of(sessions: Iterable[int]) -> dict[int, set[Person]]:
    found: dict[int, set[Person]] = defaultdict(set)
    for row in SessionTrainer.objects.filter(session__in=list(sessions)).select_related("person"):
        found[row.session_id].add(row.person)
    return found


def _giving(half_day: HalfDay, session_trainers: set[Person]) -> set[Person]:
    """Its own trainers; where none is named, all those of the session."""
    return set(half_day.trainers.all()) or session_trainers


def _room(half_day: HalfDay) -> tuple[int, str, str] | None:
    """Governorate, venue and room as they are compared; None where the place is not known well enough."""
    session = half_day.part.session
    venue, room = slugify(session.venue_fr, allow_unicode=True), slugify(half_day.room, allow_unicode=True)
    return (session.governorate_id, venue, room) if session.governorate_id and venue and room else None


def _when(half_day: HalfDay) -> str:
    return f"{date_format(half_day.on_day, 'MONTH_DAY_FORMAT')} {time_range(half_day.starts_at, half_day.ends_at)}"
