"""The journal: which verb, by whom, on what, why. Append-only, without personal values, tied to the snapshots.

One verb is one transaction and one snapshot context: `@journal.act` opens both, and a verb called by another joins
them. Inside it `journal.record()` writes the entry. The snapshots that django-pghistory's triggers write meanwhile
carry the same context id as the entry, so "who and why" meets "what it looked like".
"""

from __future__ import annotations

import functools
import hashlib
import secrets
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Any, ParamSpec, TypeVar
from uuid import UUID

import pghistory
from django.contrib.auth.models import AbstractBaseUser
from django.db import models, transaction
from django.db.models.functions import Now

from core.models import JournalEntry, JournalReason

P = ParamSpec("P")
R = TypeVar("R")

_context_id: ContextVar[UUID | None] = ContextVar("journal_context_id", default=None)
_told_at: ContextVar[datetime | None] = ContextVar("journal_told_at", default=None)
_at_end: ContextVar[dict[str, Callable[[], None]] | None] = ContextVar("journal_at_end", default=None)


@contextmanager
def told_at(at: datetime) -> Iterator[None]:
    """Entries inside bear the instant `at`: for the demonstration alone, whose past is told as if it had been lived."""
    token = _told_at.set(at)
    try:
        yield
    finally:
        _told_at.reset(token)


def act(verb: Callable[P, R]) -> Callable[P, R]:
    """Run `verb` in one transaction and one snapshot context; nested verbs join the outermost one."""

    @functools.wraps(verb)
    def wrapper(*args: P.args, **kwargs: P.kwargs) -> R:
        if _context_id.get() is not None:
            with transaction.atomic():
                return verb(*args, **kwargs)
        with transaction.atomic(), pghistory.context() as context:
            token, endings = _context_id.set(context.id), _at_end.set({})
            try:
                result = verb(*args, **kwargs)
                for ending in (_at_end.get() or {}).values():
                    ending()
                return result
            finally:
                _context_id.reset(token)
                _at_end.reset(endings)

    return wrapper


def context_id() -> UUID | None:
    """The snapshot context of the act that is under way; None outside any."""
    return _context_id.get()


def at_end(name: str, ending: Callable[[], None]) -> bool:
    """Have `ending()` called when the outermost verb is about to end well, inside its transaction; once a name.

    False outside any verb: nothing is called then.
    """
    endings = _at_end.get()
    if endings is None:
        return False
    endings.setdefault(name, ending)
    return True


def record(
    verb: str,
    *,
    obj: models.Model,
    actor: AbstractBaseUser | None,
    reason: str = "",
    data: Mapping[str, str | int | bool | None] | None = None,
) -> JournalEntry:
    """Append an entry for `verb` on `obj`. `data` holds codes and numbers only, never a personal value.

    `actor` is None when the portal itself or an unauthenticated visitor acts. The reason's text goes into a row that
    can be erased; the entry keeps its salted hash. Raises RuntimeError outside a verb marked `@journal.act`.
    """
    context_id = _context_id.get()
    if context_id is None:
        raise RuntimeError(f"journal.record({verb!r}) outside @journal.act")
    salt = secrets.token_hex(16) if reason else ""
    who: Any = actor  # the account model is a setting: core types people as AbstractBaseUser
    entry = JournalEntry.objects.create(
        verb=verb,
        actor=who,
        object_type=obj._meta.label_lower,
        object_id=obj.pk,
        context_id=context_id,
        at=_told_at.get() or Now(),
        data=dict(data or {}),
        reason_hash=reason_hash(reason, salt=salt) if reason else "",
    )
    if reason:
        JournalReason.objects.create(entry=entry, text=reason, salt=salt)
    return entry


def reason_hash(text: str, *, salt: str) -> str:
    """SHA-256 of the salted text, in hexadecimal: proves the reason without holding it."""
    return hashlib.sha256(f"{salt}:{text}".encode()).hexdigest()


def history_of(obj: models.Model) -> models.QuerySet[JournalEntry]:
    """The entries of one object, newest first, with actor and reason."""
    return (
        JournalEntry.objects.filter(object_type=obj._meta.label_lower, object_id=obj.pk)
        .select_related("actor", "reason")
        .order_by("-id")
    )
