"""Who is sending a message now: claims by conditional UPDATE, and every way in which a claim ends.

Each function is one statement, or one transaction. What a process does with a row counts only while its claim holds: a
claim that was lost (the lease ended, the message was withdrawn) changes nothing any more.
"""

from __future__ import annotations

import logging
import uuid
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import F

from core.enums import MessageState, Outcome
from core.models import Message

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=3)
MAX_INTERRUPTIONS = 5
UNREACHABLE_TRIES = (timedelta(seconds=15), timedelta(minutes=1), timedelta(minutes=5))


def claim(message_id: int, *, at: datetime) -> Message | None:
    """Make one due row ours for a while; None when another process was quicker or it is not due."""
    token = uuid.uuid4()
    due = Message.objects.due(at=at).filter(pk=message_id)
    won = due.update(
        state=MessageState.SENDING, claim=token, lease_until=at + LEASE, attempts=F("attempts") + 1, handed_at=None
    )
    return Message.objects.filter(pk=message_id, claim=token).first() if won else None


def claim_several(ids: list[int], *, at: datetime) -> list[Message]:
    """Make several fresh rows ours at once, in the order of `ids`; those that another process holds are left out.

    A row that was tried before is claimed alone: if it is what kills processes, it takes no other with it.
    """
    token = uuid.uuid4()
    fresh = Message.objects.due(at=at).filter(pk__in=ids, attempts=0)
    with transaction.atomic():
        without_waiting_for_the_disk()
        free = list(fresh.order_by("pk").select_for_update(skip_locked=True).values_list("pk", flat=True))
        won = Message.objects.due(at=at).filter(pk__in=free)
        won.update(state=MessageState.SENDING, claim=token, lease_until=at + LEASE, attempts=1, handed_at=None)
    mine = Message.objects.filter(pk__in=free, claim=token).in_bulk()
    return [mine[pk] for pk in ids if pk in mine]


def without_waiting_for_the_disk() -> None:
    """For a transaction whose loss in a power cut only means that the work is done again."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit TO OFF")


def let_go(messages: list[Message]) -> None:
    """Queue again what was claimed and not begun: its try does not count."""
    if messages:
        held = Message.objects.filter(pk__in=[message.pk for message in messages], claim=messages[0].claim)
        held.update(state=MessageState.QUEUED, claim=None, lease_until=None, attempts=F("attempts") - 1)


def begin(message: Message, *, at: datetime) -> bool:
    """The mail server is about to take the words: from here the message cannot be withdrawn. False: it is not ours."""
    held = Message.objects.filter(pk=message.pk, claim=message.claim)
    return held.update(handed_at=at, lease_until=at + LEASE) == 1


def finish(message: Message, *, state: MessageState, outcome: Outcome, **fields: Any) -> bool:
    """Bring a claimed row to its end and wipe what was sealed in it."""
    return _release(message, state=state, outcome=outcome, sealed="", **fields)


def again(message: Message, delays: tuple[timedelta, ...], outcome: Outcome, words: str, *, at: datetime) -> bool:
    """Queue a claimed row for a later try, or set it aside as failed when its tries are used up."""
    if message.attempts > len(delays):
        return finish(message, state=MessageState.FAILED, outcome=outcome, last_error=words[:1000])
    later = at + delays[message.attempts - 1]
    return _release(message, state=MessageState.QUEUED, outcome=outcome, next_try_at=later, last_error=words[:1000])


def put_back(message: Message, words: str, *, at: datetime) -> bool:
    """The mail server went away: queue the row again, and the try does not count."""
    delay = UNREACHABLE_TRIES[min(message.deferrals, len(UNREACHABLE_TRIES) - 1)]
    return _release(
        message,
        state=MessageState.QUEUED,
        outcome=Outcome.UNREACHABLE,
        next_try_at=at + delay,
        attempts=F("attempts") - 1,
        deferrals=F("deferrals") + 1,
        last_error=words[:1000],
    )


def release_abandoned(*, at: datetime) -> int:
    """Take back rows whose lease has ended; a row that stopped five processes is set aside as failed."""
    abandoned = Message.objects.abandoned(at=at)
    free: dict[str, Any] = {"lease_until": None, "claim": None, "outcome": Outcome.INTERRUPTED}
    lost = abandoned.filter(attempts__gte=MAX_INTERRUPTIONS).update(state=MessageState.FAILED, sealed="", **free)
    back = abandoned.update(state=MessageState.QUEUED, next_try_at=at, **free)
    if lost or back:
        log.warning("outbox: %s interrupted messages queued again, %s set aside", back, lost)
    return lost + back


def _release(message: Message, **fields: Any) -> bool:
    held = Message.objects.filter(pk=message.pk, claim=message.claim)
    if held.update(claim=None, lease_until=None, **fields) == 1:
        return True
    log.warning("outbox: the claim on message %s was lost before it could be marked", message.pk)
    return False
