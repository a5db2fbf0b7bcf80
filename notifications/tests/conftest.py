"""The outbox's own fixtures: a sample kind of message, a mail server, a way to queue."""

from __future__ import annotations

from core.tests.outbox.conftest import note, queue, sink

__all__ = ["note", "queue", "sink"]
