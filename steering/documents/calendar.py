"""The calendar file of a meeting (iCalendar, RFC 5545): one event under a UID that never changes.

A calendar replaces what it holds by the same UID and a higher SEQUENCE, which is the meeting's version.
"""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext
from icalendar import Calendar, Event, Timezone, vCalAddress

from steering.enums import MeetingState
from steering.models import Meeting

TUNIS = ZoneInfo("Africa/Tunis")
PUBLISH, REQUEST, CANCEL = "PUBLISH", "REQUEST", "CANCEL"
DEMO = "Démonstration / للتجربة"


def meeting_calendar(
    meeting: Meeting,
    *,
    now: datetime,
    method: str = PUBLISH,
    sequence: int | None = None,
    guest: tuple[str, str] = ("", ""),
) -> bytes:
    """The file: for anybody who may see the meeting (PUBLISH), made out to `guest` (REQUEST), or taken back (CANCEL).

    It names the committee, the number and the place, and no item of the agenda.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//PASRI//Portal//FR")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    calendar.add_component(_event(meeting, now=now, method=method, sequence=sequence, guest=guest))
    head, begin, rest = calendar.to_ical().partition(b"BEGIN:VEVENT")
    return head + _time_of_tunis() + begin + rest


def uid(meeting: Meeting) -> str:
    return f"meeting-{meeting.pk}@{urlsplit(settings.PORTAL_URL).hostname}"


def _event(meeting: Meeting, *, now: datetime, method: str, sequence: int | None, guest: tuple[str, str]) -> Event:
    put_off = meeting.state in (MeetingState.CANCELLED, MeetingState.POSTPONED)
    gone = method == CANCEL or (method == PUBLISH and put_off)
    title = gettext("%(committee)s: meeting no. %(number)s") % {
        "committee": meeting.committee.name,
        "number": meeting.number,
    }
    event = Event()
    event.add("uid", uid(meeting))
    event.add("sequence", meeting.version if sequence is None else sequence)
    event.add("dtstamp", now)
    event.add("dtstart", meeting.starts_at.astimezone(TUNIS))
    event.add("dtend", meeting.ends_at.astimezone(TUNIS))
    event.add("summary", f"[{DEMO}] {title}" if meeting.is_fictional else title)
    event.add("status", "CANCELLED" if gone else "CONFIRMED")
    event.add("transp", "TRANSPARENT" if gone else "OPAQUE")
    if meeting.place:
        event.add("location", meeting.place)
    event.add("url", settings.PORTAL_URL + reverse("steering:meeting-detail", args=[meeting.pk]))
    email, name = guest
    if email:
        event.add("organizer", _address(settings.DEFAULT_FROM_EMAIL.rpartition("<")[2].rstrip(">"), "PASRI"))
        event.add("attendee", _address(email, name, PARTSTAT="NEEDS-ACTION", RSVP="FALSE"))
    return event


def _address(email: str, name: str, **params: str) -> Any:
    address = vCalAddress(f"mailto:{email}")
    address.params["CN"] = name
    for key, value in params.items():
        address.params[key] = value
    return address


@cache
def _time_of_tunis() -> bytes:
    """The rules of the time of Tunis; to work them out is slow, so it is done once a process."""
    return Timezone.from_tzid(TUNIS.key).to_ical()
