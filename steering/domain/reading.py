"""What of the minutes a person reads: the secretariat the text as it stands, everybody else the text that was sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from accounts.models import User
from steering.domain import minutes, recording
from steering.domain.minutes import Printing
from steering.domain.record import Record
from steering.enums import MinutesState
from steering.models import AgendaItem, Meeting, Minutes, MinutesText
from steering.permissions import can_see_people, can_write


@dataclass(frozen=True)
class Reading:
    """The record for one reader, and the kept text that it comes from (none: today's rows)."""

    record: Record
    minutes: Minutes
    text: MinutesText | None

    def printing(self, *, language: str, now: datetime) -> Printing:
        """The same, to be put on paper."""
        text = self.text
        return Printing(
            record=self.record,
            language=language,
            state=text.state if text else MinutesState.DRAFT,
            printed_at=now,
            number=text.number if text else 0,
            remarks_until=text.remarks_until if text else None,
            approval=minutes.approval_of(self.minutes),
            sha256=text.sha256 if text else "",
        )


def of(meeting: Meeting, user: User) -> Reading | None:
    """None where nothing was sent yet to this reader.

    Of a confidential item somebody who may not read it learns the number; an auditor learns no name of a person.
    """
    found = minutes.of(meeting)
    text = minutes.newest_text(found)
    if can_write(user) and found.state != MinutesState.APPROVED:
        record = recording.of(meeting)
        return Reading(record, found, text if text and text.sha256 == record.sha256 else None)
    if text is None:
        return None
    return Reading(for_reader(Record.load(text.record), meeting, user), found, text)


def for_reader(record: Record, meeting: Meeting, user: User) -> Record:
    """What this person may read of a record."""
    if record.has_confidential and not can_write(user):
        readable = AgendaItem.objects.visible_to(user).filter(meeting=meeting)
        record = record.seen_by(set(readable.values_list("pk", flat=True)))
    return record if can_see_people(user) else record.without_names()
