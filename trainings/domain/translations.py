"""Arabic texts that a session lacks, filled in at any time: a certificate prints them, even long after the session."""

from __future__ import annotations

from collections.abc import Mapping

from accounts.models import User
from core import journal, saving
from trainings.models import Session, SessionPart


def missing(session: Session) -> dict[str, str]:
    """The French texts without an Arabic one, by the name of their field: `title`, `venue`, `part-<id>`."""
    found = {}
    if not session.title_ar:
        found["title"] = session.title_fr
    if session.venue_fr and not session.venue_ar:
        found["venue"] = session.venue_fr
    for part in session.parts.all():
        if not part.title_ar:
            found[f"part-{part.pk}"] = part.title_fr
    return found


@journal.act
def complete(*, session: Session, texts: Mapping[str, str], actor: User) -> Session:
    """Fill in Arabic texts that are empty; what is written already stays. Also once the session was held.

    `texts` by the names of `missing()`. Locks the session; records `session.translate`. Raises Invalid.
    """
    current = saving.locked(Session, session.pk)
    wanted = {name: text.strip() for name, text in texts.items() if text.strip() and name in missing(current)}
    changes = {f"{name}_ar": text for name, text in wanted.items() if name in ("title", "venue")}
    done = saving.change(current, **changes)
    for part in current.parts.all():
        if f"part-{part.pk}" in wanted:
            locked = saving.locked(SessionPart, part.pk)
            done += [f"part-{part.pk}"] if saving.change(locked, title_ar=wanted[f"part-{part.pk}"]) else []
    if done:
        journal.record("session.translate", obj=current, actor=actor, data={"fields": " ".join(done)})
    return current
