"""Saving a message with the act that causes it, and taking it back."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from functools import partial
from urllib.parse import urlsplit

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from core.enums import MessageState, Outcome
from core.models import Message
from core.outbox import gathering
from core.outbox.content import Recipient
from core.outbox.seal import seal

_demo_past: ContextVar[bool] = ContextVar("outbox_demo_past", default=False)


@contextmanager
def demo_past() -> Iterator[None]:
    """Messages queued inside belong to the past of the demonstration: stored "not sent (demo)", never sent."""
    token = _demo_past.set(True)
    try:
        yield
    finally:
        _demo_past.reset(token)


def queue(
    *,
    kind: str,
    key: str,
    to: Recipient,
    obj: models.Model,
    params: Mapping[str, str | int] | None = None,
    secrets: Mapping[str, str] | None = None,
    due_at: datetime | None = None,
    now: datetime,
    demo: bool = False,
) -> Message | None:
    """Save one message in the caller's transaction; the same `key` twice is one message (the second call: None).

    `params` holds codes and numbers; `secrets` is kept sealed and wiped when the message reaches its end. Once the
    transaction is committed a worker is told, if the message is due. A rollback takes the message back too. Where one
    act writes to more than five people their messages wait together (see `gathering`).
    """
    return insert(
        Message(
            key=key,
            kind=kind,
            to_email=to.email,
            to_name=to.name,
            language=to.language,
            object_type=obj._meta.label_lower,
            object_id=obj.pk,
            params=dict(params or {}),
            sealed=seal(secrets or {}),
            demo=demo,
            created_at=now,
            due_at=due_at or now,
        )
    )


def insert(message: Message) -> Message | None:
    """Write the row unless its key exists, and have a worker told after the commit; None when the key exists."""
    message.uid = uuid.uuid4()
    message.message_id = message_id_for(message.key)
    if _demo_past.get():
        message.state, message.outcome = MessageState.NOT_SENT, Outcome.DEMO_PAST
        message.demo, message.sealed = True, ""
    with transaction.atomic():
        gathering.place(message)
        message.next_try_at = message.due_at
        Message.objects.bulk_create([message], ignore_conflicts=True)
        saved = Message.objects.filter(uid=message.uid).first()
        if saved is not None and saved.state == MessageState.QUEUED and saved.due_at <= timezone.now():
            transaction.on_commit(partial(gathering.tell, saved.pk, gathering.note(saved)), robust=True)
    return saved


def message_id_for(key: str) -> str:
    """The stable Message-ID of a key: the same at every try, so that a mailbox can tell a duplicate."""
    digest = hashlib.sha256(key.encode()).hexdigest()[:40]
    return f"<{digest}@{urlsplit(settings.PORTAL_URL).hostname}>"


def withdraw(*, obj: models.Model, kinds: Collection[str] | None = None) -> int:
    """Take back the messages about `obj` that have not left, of some kinds or of all; returns how many.

    For a verb that undoes what they announce. A message that the mail server is taking this moment is not taken back.
    """
    waiting = Message.objects.about(obj).filter(
        Q(state__in=(MessageState.QUEUED, MessageState.HELD)) | Q(state=MessageState.SENDING, handed_at__isnull=True)
    )
    if kinds is not None:
        waiting = waiting.filter(kind__in=kinds)
    return waiting.update(
        state=MessageState.CANCELLED, outcome=Outcome.WITHDRAWN, lease_until=None, claim=None, sealed=""
    )
