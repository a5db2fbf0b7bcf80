"""Evidence: files that prove something of an action. Opened before it is verified; never deleted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import files, journal, saving
from core.errors import NotAllowed, ReasonRequired
from core.models.reads import ReadEntry
from core.transitions import illegal
from directory.models import Person
from steering.domain import standing
from steering.models import Action, Evidence

READ = "steering.evidence"
"""What opening a piece of evidence is called in the log of reading."""


@dataclass(frozen=True)
class Given:
    """A file as somebody gives it, and what it proves."""

    name: str
    content: bytes
    label: str


@journal.act
def add(*, action: Action, given: Given, actor: User, now: datetime) -> Evidence:
    """Attach a proof to an open action: the institution in charge, or staff in its name.

    Locks the action. Raises NotAllowed, IllegalMove, FileRefused, Invalid.
    """
    current = saving.locked(Action, action.pk)
    if not current.is_open:
        raise illegal(current)
    if not may_add(actor, current, now=now):
        raise NotAllowed(_("Only the institution in charge gives the evidence of its action."))
    return attach(action=current, given=given, actor=actor, person=standing.file_of(actor), now=now)


def may_add(actor: User, action: Action, *, now: datetime) -> bool:
    return actor.is_agency_staff or standing.owns(actor, action, on=timezone.localdate(now))


@journal.act
def attach(*, action: Action, given: Given, actor: User | None, person: Person | None, now: datetime) -> Evidence:
    """Keep the file and its line, inside a verb that holds the action's lock. Recorded as `action.evidence`."""
    stored = files.keep(name=given.name, content=given.content, actor=actor, now=now)
    label = given.label.strip() or stored.name
    piece = saving.insert(
        Evidence(action=action, file=stored, label=label, added_at=now, added_by=actor, person=person)
    )
    journal.record("action.evidence", obj=action, actor=actor, data={"evidence": piece.pk})
    return piece


@journal.act
def withdraw(*, evidence: Evidence, reason: str, actor: User, now: datetime) -> Evidence:
    """The piece proves nothing any more: it stays with the reason and counts no longer. A second call changes nothing.

    Locks the action. Recorded as `action.withdraw`. Raises NotAllowed, IllegalMove (declared done or closed: send it
    back or reopen it first), ReasonRequired.
    """
    action = saving.locked(Action, evidence.action_id)
    current = saving.locked(Evidence, evidence.pk)
    if not may_add(actor, action, now=now):
        raise NotAllowed
    if current.withdrawn_at is not None:
        return current
    if action.state not in ("todo", "running"):
        raise illegal(action)
    if not reason.strip():
        raise ReasonRequired
    saving.change(current, withdrawn_at=now, withdrawn_because=reason.strip())
    journal.record("action.withdraw", obj=action, actor=actor, reason=reason, data={"evidence": current.pk})
    return current


def unopened(actor: User, pieces: Iterable[Evidence]) -> list[Evidence]:
    """The pieces that this account has not opened, as the log of reading says."""
    rows = list(pieces)
    seen = ReadEntry.objects.filter(user=actor, what=READ, object_id__in=[piece.pk for piece in rows])
    opened = set(seen.values_list("object_id", flat=True))
    return [piece for piece in rows if piece.pk not in opened]
