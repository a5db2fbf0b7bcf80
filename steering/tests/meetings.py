"""What tests of meetings need beside the factories: letters, documents, recurring points, files of their own kind."""

from __future__ import annotations

import io
from datetime import datetime, time, timedelta
from typing import Any

from django.utils import timezone
from PIL import Image

from core import files
from core.testing.papers import PDF
from steering.domain import said
from steering.domain.convocations import Draft
from steering.models import AgendaItem, Committee, Convocation, Invitee, ItemDocument, Mandate, Meeting, RecurringItem


def no_letter(draft: Draft, language: str) -> bytes:
    """Stands for the printed letter where its look is not the question."""
    return PDF + f"{draft.number}-{language}".encode()


def make_convocation(meeting: Meeting, kind: str = "first", **fields: Any) -> Convocation:
    """A letter as it lies in the database, made out to every titular."""
    now = timezone.now()
    number = Convocation.objects.count() + 1
    values: dict[str, Any] = {
        "number": f"CONV-2000-{number:03}",
        "said": said.of(meeting, act=meeting.act, answers_until=meeting.answers_until),
        "sent_at": now,
        **fields,
    }
    for language in ("fr", "ar"):
        name = f"{values['number']}-{language}.pdf"
        values[f"file_{language}"] = files.keep_own(name=name, content=PDF, content_type=files.PDF, now=now)
    convocation = Convocation.objects.create(meeting=meeting, kind=kind, **values)
    for mandate in Mandate.objects.filter(seat__committee=meeting.committee, kind="titular").order_by("seat__rank"):
        Invitee.objects.create(convocation=convocation, mandate=mandate)
    return convocation


def make_document(item: AgendaItem, label: str = "Note de cadrage", **fields: Any) -> ItemDocument:
    stored = files.keep_own(name="note.pdf", content=PDF, content_type=files.PDF, now=timezone.now())
    return ItemDocument.objects.create(item=item, file=stored, label=label, **fields)


def make_point(committee: Committee, **fields: Any) -> RecurringItem:
    position = committee.recurring_items.count() + 1
    values = {"title_fr": f"Divers {position}", "title_ar": f"متفرقات {position}", "position": position, **fields}
    return RecurringItem.objects.create(committee=committee, **values)


def picture(**save: Any) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (8, 8), "white").save(out, "JPEG", **save)
    return out.getvalue()


def morning(days: int) -> datetime:
    """Ten o'clock so many days from today, by the clock of Tunis."""
    return timezone.make_aware(datetime.combine(timezone.localdate() + timedelta(days=days), time(10)))


def in_time(meeting: Meeting) -> datetime:
    """A deadline for answers that lies between now and the meeting."""
    return meeting.starts_at - timedelta(days=1)
