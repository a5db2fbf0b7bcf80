"""The frame of every message about a registration: what it is about, where it leads, why it came."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext

from core import journal, outbox
from core.formats import date_range
from core.models import Message
from trainings.documents import calendar
from trainings.domain import personal_links
from trainings.enums import RegistrationState
from trainings.models import Registration, SessionPart

Text = str | Promise
FSI, PDI = "\u2068", "\u2069"


def position(number: int, of: int) -> str:
    """A turn such as "3rd of 12" in words that every language can say."""
    return gettext("number %(position)s of %(of)s") % {"position": number, "of": of}


def found(message: Message, *states: str) -> Registration:
    """The registration while what the message announces still holds."""
    registration = Registration.objects.get(pk=message.object_id)
    if registration.state not in states:
        raise outbox.Useless
    registration.part = outbox.shared(("part", registration.part_id), lambda: _part(registration.part_id))
    return registration


def _part(pk: int) -> SessionPart:
    """With all that messages say of it. Whoever changes or cancels it withdraws what has not left."""
    rows = SessionPart.objects.select_related("session__training__programme", "session__governorate")
    return rows.prefetch_related("half_days").get(pk=pk)


def content(
    registration: Registration,
    *,
    subject: str,
    heading: str,
    text: list[str],
    action: str,
    after: list[str],
    why: Text,
    facts: list[tuple[str, str]] | None = None,
    attachments: list[outbox.Attachment] | None = None,
    useless_after: datetime | None = None,
) -> outbox.Content:
    context: dict[str, Any] = {
        "subject": subject % {"session": isolated(registration.part.session.title)},
        "heading": heading,
        "name": registration.name,
        "text": text,
        "facts": [*facts_of(registration), *(facts or [])],
        "action": action,
        "after": after,
    }
    return outbox.Content(
        template="trainings/email/registration",
        context=context,
        why=why,
        links={"registration": personal_links.of(registration)},
        attachments=attachments or [],
        useless_after=useless_after,
    )


def facts_of(registration: Registration) -> list[tuple[str, str]]:
    part, session = registration.part, registration.part.session
    place = [word for word in (session.venue, str(session.governorate or "")) if word]
    rows = [
        (gettext("Session"), session.title),
        (gettext("Part"), part.name if part.title == session.title else f"{part.name} – {part.title}"),
        (gettext("Dates"), date_range(part.starts_on, part.ends_on)),
        (gettext("Place"), " – ".join(place)),
        (gettext("Code"), session.code),
    ]
    return [(label, value) for label, value in rows if value]


def reason(registration: Registration) -> list[tuple[str, str]]:
    """The reason as staff wrote it, while it is kept."""
    entry = journal.history_of(registration).filter(data__to=registration.state, reason__isnull=False).first()
    return [(gettext("Reason"), entry.reason.text)] if entry is not None else []


def calendar_file(registration: Registration, *, now: datetime) -> outbox.Attachment:
    file = calendar_of(registration, now=now, method=calendar.REQUEST)
    return outbox.Attachment("session.ics", file, "text/calendar; method=REQUEST")


def calendar_of(registration: Registration, *, now: datetime, method: str) -> bytes:
    """The file of one person; what it says of the part is written once for the messages of a lot."""
    part = registration.part
    file = outbox.shared(
        ("calendar", part.pk, method, get_language()), lambda: calendar.part_calendar(part, now=now, method=method)
    )
    return calendar.made_out_to(registration, file)


def withdrawn_file(registration: Registration) -> list[outbox.Attachment]:
    """Takes the dates out of the calendar of somebody who had a confirmed place."""
    had_place = journal.history_of(registration).filter(data__to=RegistrationState.CONFIRMED).exists()
    if not had_place:
        return []
    file = calendar_of(registration, now=timezone.now(), method=calendar.CANCEL)
    return [outbox.Attachment("session.ics", file, "text/calendar; method=CANCEL")]


def moment(at: datetime | None) -> str:
    return date_format(timezone.localtime(at), "DATETIME_FORMAT") if at is not None else ""


def isolated(name: str) -> str:
    """A name from somebody's hand inside an Arabic line keeps its own direction."""
    return f"{FSI}{name}{PDI}" if (get_language() or "").startswith("ar") else name
