"""Gathering: when one act writes to more than five people, its messages wait together, so that somebody can look.

An act is the outermost verb of the journal; where several transactions make one act for the person who caused it (a
list of decisions, certificates issued in the background), `together()` says so. Kinds that are urgent (codes, offers
with an end) never wait, and five messages or fewer do not either.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial

from django.contrib.auth.models import AbstractBaseUser
from django.db import DatabaseError, models, transaction
from django.utils import timezone

from core import journal
from core.enums import BatchState, MessageState
from core.models import JournalEntry, Message, MessageBatch
from core.outbox.content import is_urgent
from core.outbox.publish import tell_a_worker

MORE_THAN = 5
"""So many people are told at once; more of them wait."""
WAIT = timedelta(minutes=10)

_ENDING = "core.outbox.gathering"


@dataclass
class _Act:
    """The messages that one verb of the journal has queued so far."""

    context_id: uuid.UUID
    uids: list[uuid.UUID] = field(default_factory=list)
    waits: bool = False


@dataclass(frozen=True)
class _Work:
    """Several transactions that are one act; `key` stays the same when another process goes on with it."""

    key: str
    author: AbstractBaseUser | None
    about: models.Model | None


_act: ContextVar[_Act | None] = ContextVar("outbox_act", default=None)
_work: ContextVar[_Work | None] = ContextVar("outbox_work", default=None)
_made: ContextVar[list[int] | None] = ContextVar("outbox_batches_made", default=None)


@contextmanager
def watched() -> Iterator[list[int]]:
    """The batches that are made inside and were committed: a page tells its reader of them."""
    made: list[int] = []
    token = _made.set(made)
    try:
        yield made
    finally:
        _made.reset(token)


@contextmanager
def together(
    *,
    key: str,
    author: AbstractBaseUser | None,
    about: models.Model | None,
    clock: Callable[[], datetime] = timezone.now,
) -> Iterator[None]:
    """Messages queued inside are one batch, over several transactions; five or fewer leave when it ends.

    If the process dies on the way they wait their ten minutes; whoever goes on under the same `key` joins them.
    """
    token = _work.set(_Work(key[:80], author, about))
    try:
        yield
    except BaseException:
        _work.reset(token)
        with suppress(DatabaseError):  # the batch then waits as it is, and the first fault is told
            _close_work(key[:80], now=clock())
        raise
    _work.reset(token)
    _close_work(key[:80], now=clock())


def place(message: Message) -> None:
    """Before a message is written: inside `together()` it joins its batch, and waits or is held with it."""
    work = _work.get()
    if work is None or not _may_wait(message):
        return
    batch = _open_batch(work, now=message.due_at)
    message.batch = batch
    message.due_at = batch.release_at
    if batch.is_held:
        message.state = MessageState.HELD


def note(message: Message) -> _Act | None:
    """After a message was written inside a verb: count it; the verb's end decides whether it waits with the others."""
    context_id = journal.context_id()
    if context_id is None or message.batch_id is not None or not _may_wait(message):
        return None
    act = _act.get()
    if act is None or act.context_id != context_id:
        act = _Act(context_id)
        _act.set(act)
        journal.at_end(_ENDING, partial(_close_act, act))
    act.uids.append(message.uid)
    return act


def tell(message_id: int, act: _Act | None) -> None:
    """After the commit: a worker is told of what does not wait."""
    if act is None or not act.waits:
        tell_a_worker(message_id)


def _may_wait(message: Message) -> bool:
    return message.state == MessageState.QUEUED and message.due_at <= message.created_at and not is_urgent(message.kind)


def _close_act(act: _Act) -> None:
    """The verb ends well: more than five messages that are still there become a batch, in the same transaction."""
    _act.set(None)
    if len(act.uids) <= MORE_THAN:
        return
    waiting = Message.objects.filter(uid__in=act.uids, state=MessageState.QUEUED, batch=None)
    due = list(waiting.values_list("due_at", flat=True))
    if len(due) <= MORE_THAN:
        return
    entry = JournalEntry.objects.filter(context_id=act.context_id).order_by("id").first()
    batch = MessageBatch.objects.create(
        key=str(act.context_id),
        author_id=entry.actor_id if entry else None,
        object_type=entry.object_type if entry else "",
        object_id=entry.object_id if entry else None,
        created_at=max(due),
        release_at=max(due) + WAIT,
    )
    waiting.update(batch=batch, due_at=batch.release_at, next_try_at=batch.release_at)
    act.waits = True
    _tell_of(batch)


def _open_batch(work: _Work, *, now: datetime) -> MessageBatch:
    """The batch of this work, locked: nobody releases or holds it before this transaction ends."""
    rows = MessageBatch.objects.select_for_update(of=("self",)).open().filter(key=work.key)
    batch = rows.exclude(state=BatchState.WAITING, release_at__lte=now).order_by("id").last()
    if batch is not None:
        return batch
    author: models.Model | None = work.author
    return MessageBatch.objects.create(
        key=work.key,
        author_id=author.pk if author else None,
        object_type=work.about._meta.label_lower if work.about else "",
        object_id=work.about.pk if work.about else None,
        created_at=now,
        release_at=now + WAIT,
    )


def _close_work(key: str, *, now: datetime) -> None:
    """The work ended: few messages leave now, many wait their ten minutes from now on."""
    with transaction.atomic():
        rows = MessageBatch.objects.select_for_update(of=("self",)).filter(key=key, state=BatchState.WAITING)
        for batch in rows.order_by("id"):
            mine = Message.objects.filter(batch=batch)
            waiting = mine.filter(state=MessageState.QUEUED, attempts=0)
            if mine.count() > MORE_THAN:
                later = max(now + WAIT, batch.release_at)
                waiting.update(due_at=later, next_try_at=later)
                MessageBatch.objects.filter(pk=batch.pk).update(release_at=later)
                _tell_of(batch)
                continue
            for pk in waiting.order_by("id").values_list("pk", flat=True):
                transaction.on_commit(partial(tell_a_worker, pk), robust=True)
            waiting.update(due_at=now, next_try_at=now)
            mine.update(batch=None)
            batch.delete()


def _tell_of(batch: MessageBatch) -> None:
    made = _made.get()
    if made is not None:
        transaction.on_commit(partial(made.append, batch.pk), robust=True)
