"""What a person of staff may do with a batch while it waits: hold it back, send it now, or give it up."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from core import journal
from core.enums import BatchState, MessageState, Outcome
from core.errors import DomainError
from core.models import Message, MessageBatch
from core.outbox.publish import tell_a_worker
from core.transitions import move


class AllGone(DomainError):
    """Nothing of the batch is left that could be stopped."""

    code = "all_gone"

    def __init__(self) -> None:
        super().__init__(_("Too late: every message of this batch has left already."))


@journal.act
def hold(*, batch: MessageBatch, actor: AbstractBaseUser) -> int:
    """Stop what has not left, until somebody releases it or gives it up; returns how many messages.

    Raises AllGone, and IllegalMove where somebody was quicker.
    """
    move(batch, BatchState.HELD, actor=actor)
    stopped = Message.objects.filter(batch=batch).filter(
        Q(state=MessageState.QUEUED) | Q(state=MessageState.SENDING, handed_at__isnull=True)
    )
    count = stopped.update(state=MessageState.HELD, lease_until=None, claim=None)
    if not count:
        raise AllGone
    return count


@journal.act
def release(*, batch: MessageBatch, actor: AbstractBaseUser, now: datetime) -> int:
    """Send now what waits or was held; returns how many messages. A second click changes nothing: IllegalMove."""
    move(batch, BatchState.RELEASED, actor=actor, settled_at=now)
    waiting = Message.objects.filter(
        Q(state=MessageState.HELD) | Q(state=MessageState.QUEUED, due_at__gt=now), batch=batch
    )
    count = waiting.update(state=MessageState.QUEUED, due_at=now, next_try_at=now)
    first = Message.objects.due(at=now).filter(batch=batch).order_by("id").values_list("pk", flat=True).first()
    if first is not None:
        transaction.on_commit(partial(tell_a_worker, first), robust=True)
    return count


@journal.act
def drop(*, batch: MessageBatch, actor: AbstractBaseUser, reason: str, now: datetime) -> int:
    """Give up what was held: it is never sent, and the reason is kept; returns how many messages.

    One of them can be sent again later, as any message that staff stopped. Raises ReasonRequired, IllegalMove.
    """
    move(batch, BatchState.DROPPED, actor=actor, reason=reason, settled_at=now)
    held = Message.objects.filter(batch=batch, state=MessageState.HELD)
    return held.update(state=MessageState.CANCELLED, outcome=Outcome.STOPPED, sealed="")


def settle_due(*, at: datetime) -> int:
    """The sweep: batches whose time has come are released, their messages are due by themselves.

    A batch of which nothing waits any more (all was withdrawn, or stopped one by one) needs no decision: it ends.
    """
    open_states = (MessageState.QUEUED, MessageState.HELD, MessageState.SENDING)
    waits = Message.objects.filter(batch=OuterRef("pk"), state__in=open_states)
    empty = MessageBatch.objects.open().filter(~Exists(waits))
    released = MessageBatch.objects.due(at=at).update(state=BatchState.RELEASED, settled_at=at)
    return released + empty.update(state=BatchState.DROPPED, settled_at=at)
