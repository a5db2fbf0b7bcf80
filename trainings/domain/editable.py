"""What may still be changed: a session that was cancelled or held stays as it was."""

from __future__ import annotations

from core import saving
from core.transitions import illegal
from trainings.enums import SessionState
from trainings.models import Session

FINAL = frozenset({SessionState.CANCELLED, SessionState.HELD})


def lock(session: Session, *, version: int | None = None) -> Session:
    """The session, locked; IllegalMove (who, when) once it was cancelled or held, StaleObject on a stale form."""
    current = saving.locked(Session, session.pk, version=version)
    if current.state in FINAL:
        raise illegal(current)
    return current
