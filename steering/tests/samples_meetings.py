"""One message of each kind that is written about meetings."""

from __future__ import annotations

from functools import partial
from typing import Any

from core.models import Message
from core.testing.messages import Sample, queued
from steering.domain import letters
from steering.tests.factories import make_meeting
from steering.tests.meetings import in_time, make_convocation


def about(kind: str, state: str, **fields: Any) -> Message:
    meeting = make_meeting(state=state, **fields)
    meeting.answers_until = in_time(meeting)
    invitee = make_convocation(meeting, note_fr="La salle change.", note_ar="تغيّرت القاعة.").invitees.first()
    assert invitee is not None
    return queued(kind, invitee, params={"sequence": 2})


SAMPLES: dict[str, Sample] = {
    letters.CONVOCATION: partial(about, letters.CONVOCATION, "convened"),
    letters.ALTERNATE: partial(about, letters.ALTERNATE, "convened"),
    letters.RELEASED: partial(about, letters.RELEASED, "convened"),
    letters.POSTPONED: partial(about, letters.POSTPONED, "postponed", has_no_date=True),
    letters.CANCELLED: partial(about, letters.CANCELLED, "cancelled"),
}
