"""Calendar files (iCalendar, RFC 5545): of a registration, of a session, and the public feed.

One event a part, under one UID that never changes: it repeats daily over the days that have half-days, in the time of
Tunis; days with other hours are exceptions. A calendar replaces what it holds by the same UID and a higher SEQUENCE.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from itertools import groupby
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import prefetch_related_objects
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext, pgettext
from icalendar import Calendar, Event, Timezone, vCalAddress

from core.formats import listed
from trainings.enums import SessionState
from trainings.models import HalfDay, Registration, Session, SessionPart

TUNIS = ZoneInfo("Africa/Tunis")
PUBLISH, REQUEST, CANCEL = "PUBLISH", "REQUEST", "CANCEL"
DEMO = "Démonstration / للتجربة"


@dataclass(frozen=True)
class Guest:
    """To whom an invitation is made out."""

    email: str
    name: str


NOBODY = Guest("nobody@guest.invalid", "nobody")
"""Stands in a file until it is made out to somebody."""


@dataclass(frozen=True)
class Day:
    """The hours of one day, from the start of its first half-day to the end of its last."""

    on: date
    starts_at: time
    ends_at: time


def session_calendar(session: Session, *, now: datetime) -> bytes:
    """The file of a session that anybody may keep: an event a part, cancelled ones marked as such."""
    calendar = _calendar(PUBLISH, session.title)
    for part in _parts(session):
        _add(calendar, part, now=now)
    return _bytes(calendar)


def registration_calendar(registration: Registration, *, now: datetime, method: str = REQUEST) -> bytes:
    """The file of one person's part: an invitation (REQUEST), or its withdrawal (CANCEL)."""
    return made_out_to(registration, part_calendar(registration.part, now=now, method=method))


def part_calendar(part: SessionPart, *, now: datetime, method: str) -> bytes:
    """The same for everybody who holds a place in a part, made out to nobody yet."""
    prefetch_related_objects([part], "half_days")
    calendar = _calendar(method, part.session.title)
    _add(calendar, part, now=now, method=method, guest=NOBODY)
    return _bytes(calendar)


def made_out_to(registration: Registration, file: bytes) -> bytes:
    """The file of a part with the name and the address of one person."""
    return file.replace(_attendee_line(NOBODY), _attendee_line(Guest(registration.email, registration.name)))


def _attendee_line(guest: Guest) -> bytes:
    event = Event()
    event.add("attendee", _attendee(guest))
    return event.to_ical().removeprefix(b"BEGIN:VEVENT\r\n").removesuffix(b"END:VEVENT\r\n")


def feed(sessions: Iterable[Session], *, now: datetime) -> bytes:
    """The public calendar to subscribe to; `sessions` come with their parts and half-days prefetched."""
    calendar = _calendar(PUBLISH, gettext("PASRI: training calendar"))
    calendar.add("refresh-interval", timedelta(hours=6), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT6H")
    for session in sessions:
        for part in session.parts.all():
            part.session = session
            _add(calendar, part, now=now)
    return _bytes(calendar)


def personal_feed(parts: Iterable[SessionPart], *, now: datetime) -> bytes:
    """One person's calendar to subscribe to; `parts` come with session and half-days, and name no participant."""
    calendar = _calendar(PUBLISH, gettext("PASRI: my sessions"))
    calendar.add("refresh-interval", timedelta(hours=1), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")
    for part in parts:
        _add(calendar, part, now=now)
    return _bytes(calendar)


def uid(part: SessionPart) -> str:
    """The same for the life of the part, in every file that holds it."""
    return f"part-{part.pk}@{urlsplit(settings.PORTAL_URL).hostname}"


def _calendar(method: str, name: str) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", "-//PASRI//Portal//FR")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    if method == PUBLISH:
        calendar.add("x-wr-calname", name)
    return calendar


def _bytes(calendar: Calendar) -> bytes:
    head, begin, events = calendar.to_ical().partition(b"BEGIN:VEVENT")
    if f"TZID={TUNIS.key}".encode() not in events:
        return head + begin + events
    return head + _time_of_tunis() + begin + events


@cache
def _time_of_tunis() -> bytes:
    """The rules of the time of Tunis. To work them out asks for every day since 1970, so it is done once a process."""
    return Timezone.from_tzid(TUNIS.key).to_ical()


def _parts(session: Session) -> list[SessionPart]:
    parts = list(session.parts.prefetch_related("half_days"))
    for part in parts:
        part.session = session
    return parts


def _add(
    calendar: Calendar, part: SessionPart, *, now: datetime, method: str = PUBLISH, guest: Guest | None = None
) -> None:
    days = _days(part)
    master = _event(part, now=now, method=method, guest=guest)
    if not days:
        master.add("dtstart", part.starts_on)
        master.add("dtend", part.ends_on + timedelta(days=1))
        calendar.add_component(master)
        return
    first = days[0]
    master.add("dtstart", _at(first.on, first.starts_at))
    master.add("dtend", _at(first.on, first.ends_at))
    span = (days[-1].on - first.on).days + 1
    if span > 1:
        master.add("rrule", {"freq": "daily", "count": span})
        held = {day.on for day in days}
        without = [first.on + timedelta(days=n) for n in range(span) if first.on + timedelta(days=n) not in held]
        for day in without:
            master.add("exdate", _at(day, first.starts_at))
    calendar.add_component(master)
    for day in days[1:]:
        if (day.starts_at, day.ends_at) != (first.starts_at, first.ends_at):
            other = _event(part, now=now, method=method, guest=guest)
            other.add("recurrence-id", _at(day.on, first.starts_at))
            other.add("dtstart", _at(day.on, day.starts_at))
            other.add("dtend", _at(day.on, day.ends_at))
            calendar.add_component(other)


def _event(part: SessionPart, *, now: datetime, method: str, guest: Guest | None) -> Event:
    session = part.session
    cancelled = method == CANCEL or session.state in {SessionState.CANCELLED, SessionState.POSTPONED}
    event = Event()
    event.add("uid", uid(part))
    event.add("sequence", session.calendar_sequence)
    event.add("dtstamp", now)
    event.add("summary", _summary(part))
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    event.add("transp", "TRANSPARENT" if cancelled else "OPAQUE")
    place = _place(session)
    if place:
        event.add("location", place)
    event.add("description", _description(part))
    event.add("url", page_url(session))
    if guest is not None:
        event.add("organizer", _organizer())
        event.add("attendee", _attendee(guest))
    return event


def _summary(part: SessionPart) -> str:
    session = part.session
    words = [session.title]
    if part.title != session.title:
        words.append(listed((part.name, part.title)))
    text = " – ".join(words)
    return f"[{DEMO}] {text}" if session.is_fictional else text


def _place(session: Session) -> str:
    known = [session.venue, str(session.governorate or "")]
    return pgettext("list", ", ").join(word for word in known if word)


def _description(part: SessionPart) -> str:
    lines = [part.session.code]
    if part.audience:
        lines.append(gettext("Audience: %(audience)s") % {"audience": part.audience})
    if part.session.state == SessionState.CANCELLED:
        lines.append(gettext("Cancelled: %(notice)s") % {"notice": part.session.public_notice})
    if part.session.state == SessionState.POSTPONED:
        lines.append(gettext("Postponed, date to be fixed: %(notice)s") % {"notice": part.session.public_notice})
    if not part.session.source:
        lines += [_line(half_day) for half_day in part.half_days.all()]
    lines.append(page_url(part.session))
    return "\n".join(lines)


def _line(half_day: HalfDay) -> str:
    """One half-day in words: day, hours, room, module."""
    when = gettext("%(day)s, %(from)s–%(to)s") % {
        "day": date_format(half_day.on_day, "l j F"),
        "from": date_format(half_day.starts, "TIME_FORMAT"),
        "to": date_format(half_day.ends, "TIME_FORMAT"),
    }
    return pgettext("list", ", ").join(word for word in (when, half_day.room, half_day.module) if word)


def _days(part: SessionPart) -> list[Day]:
    """The days that have half-days; none for a session known from sources only, whose hours nobody recorded."""
    if part.session.source:
        return []
    rows: Sequence[HalfDay] = sorted(part.half_days.all(), key=lambda row: (row.on_day, row.starts_at))
    found = []
    for on, group in groupby(rows, key=lambda row: row.on_day):
        halves = list(group)
        found.append(Day(on, halves[0].starts_at, max(row.ends_at for row in halves)))
    return found


def _at(day: date, hour: time) -> datetime:
    return datetime.combine(day, hour, tzinfo=TUNIS)


def _organizer() -> Any:
    address = vCalAddress(f"mailto:{settings.DEFAULT_FROM_EMAIL.rpartition('<')[2].rstrip('>')}")
    address.params["CN"] = "PASRI"
    return address


def _attendee(guest: Guest) -> Any:
    address = vCalAddress(f"mailto:{guest.email}")
    address.params["CN"] = guest.name
    address.params["PARTSTAT"] = "ACCEPTED"
    address.params["RSVP"] = "FALSE"
    return address


def page_url(session: Session) -> str:
    """The session's public page, in the language of the reader."""
    return settings.PORTAL_URL + reverse("trainings:session-public", args=[session.slug])
