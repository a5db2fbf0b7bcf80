"""What the steering writes to people: one function a message. `register_all()` makes them known to the outbox."""

from __future__ import annotations

from core import outbox
from steering.messages import follow_up, meetings, minutes, plans

KINDS: tuple[outbox.MessageKind, ...] = (*follow_up.KINDS, *meetings.KINDS, *minutes.KINDS, *plans.KINDS)


def register_all() -> None:
    """Called once, when the app is ready."""
    for kind in KINDS:
        outbox.register(kind)
