"""One message of each kind that the minutes write."""

from __future__ import annotations

from core.models import Message
from core.testing.messages import Sample, queued
from steering.domain import minutes
from steering.tests.minutes_factory import make_held, send


def sent() -> Message:
    return queued(minutes.SENT, send(make_held()))


SAMPLES: dict[str, Sample] = {minutes.SENT: sent}
