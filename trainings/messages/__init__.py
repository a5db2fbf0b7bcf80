"""What the trainings app writes to people: one function a message. `register_all()` makes them known to the outbox."""

from __future__ import annotations

from core import outbox
from trainings.messages import certificates, registrations, sessions


def register_all() -> None:
    """Called once, when the app is ready."""
    for kind in (*certificates.KINDS, *registrations.KINDS, *sessions.KINDS):
        outbox.register(kind)
