"""A kind of message for the tests of the outbox: a note about a `Series`, whose `params` say how it misbehaves."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from core import outbox
from core.models import Message, Series

KIND = "core.note"
CALENDAR = b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"
TEMPLATES = Path(__file__).parent / "templates"


def build(message: Message) -> outbox.Content:
    series = Series.objects.get(pk=message.object_id)
    if message.params.get("mode") == "poison":
        raise ZeroDivisionError("poison")
    if message.params.get("mode") == "useless":
        raise outbox.Useless
    late = message.params.get("useless_after")
    return outbox.Content(
        template="outbox_samples/note",
        context={"name": series.name, "month": dt.date(2026, 6, 3)},
        why="Because of rule 1.",
        links={"act": outbox.Link("core.note", series)},
        secrets={"code": outbox.unsealed(message).get("code", "-")},
        attachments=[outbox.Attachment("séance.ics", CALENDAR, "text/calendar; method=REQUEST")],
        useless_after=dt.datetime.fromisoformat(str(late)) if late else None,
    )


NOTE = outbox.MessageKind(code=KIND, label="Note", build=build)
