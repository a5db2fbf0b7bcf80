"""How messages leave: claim, write, hand over outside any transaction, mark.

A process that dies while sending leaves its row claimed; when the lease ends the sweep takes it back, so nothing is
lost, and the one message that was in the air may arrive twice under the same Message-ID. While the mail server is away
no row is touched: there is no try to lose, however long it lasts.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from itertools import chain

from django.core.cache import cache
from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from django.utils import timezone

from core.enums import MessageState, Outcome
from core.models import Message, PersonalLink
from core.outbox import batches, lease, mime
from core.outbox.content import Useless
from core.outbox.rendering import Rendered, render, sharing
from core.outbox.tokens import hash_of, token_for
from core.outbox.transport import Carrier, Deferred, Refused, Unreachable, carrier

log = logging.getLogger(__name__)

Clock = Callable[[], datetime]

BATCH = 200
LOT = 10
"""So many messages are claimed at once: a process that dies delays so many until their lease ends."""
BATCH_TIME = timedelta(seconds=30)
BROKEN_TRIES = (timedelta(seconds=15), timedelta(seconds=30), timedelta(minutes=1), timedelta(minutes=2))
DEFERRED_TRIES = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=8),
)
AWAY = "core.outbox.mail-server-away"
AWAY_SECONDS = 15


def deliver_due(*, clock: Clock = timezone.now, limit: int = BATCH) -> int:
    """The sweep: take back what dead processes held, release batches, send what is due; returns how many messages."""
    lease.release_abandoned(at=clock())
    batches.settle_due(at=clock())
    return _deliver(_due(clock(), limit), clock=clock)


def deliver(message_id: int, *, clock: Clock = timezone.now, limit: int = BATCH) -> int:
    """Send one message at once, and on the same connection whatever else is due; nothing if it has gone already."""
    now = clock()
    if not Message.objects.due(at=now).filter(pk=message_id).exists():
        return 0
    return _deliver(chain([[message_id]], _due(now, limit)), clock=clock)


def _due(at: datetime, limit: int) -> Iterator[list[int]]:
    """Lots of messages that are due: fresh ones together, each that was tried before alone."""
    lot: list[int] = []
    rows = Message.objects.due(at=at).order_by("next_try_at", "id").values_list("pk", "attempts")[:limit]
    for pk, attempts in rows:
        if attempts:
            yield [pk]
            continue
        lot.append(pk)
        if len(lot) == LOT:
            yield lot
            lot = []
    if lot:
        yield lot


def _deliver(lots: Iterable[list[int]], *, clock: Clock) -> int:
    """Send lots over one connection, for half a minute at most, so that other tasks get their turn."""
    rows = iter(lots)
    first = next(rows, None)
    if first is None or cache.get(AWAY):
        return 0
    handled, until = 0, clock() + BATCH_TIME
    try:
        with carrier() as line:
            for lot in chain([first], rows):
                with sharing():
                    handled += _send_lot(lot, line, until, clock=clock)
                if not line.is_open or clock() > until:
                    break
    except Unreachable as error:
        _note_away(str(error), at=clock())
    return handled


def _send_lot(lot: list[int], line: Carrier, until: datetime, *, clock: Clock) -> int:
    handled = 0
    for message in _claimed(lot, clock=clock):
        send(message, line, clock=clock)
        handled += 1
        if not line.is_open or clock() > until:
            break
    return handled


def _claimed(lot: list[int], *, clock: Clock) -> Iterator[Message]:
    """The messages of a lot that are ours, one after the other; whoever stops on the way gives the others back."""
    if len(lot) == 1:
        message = lease.claim(lot[0], at=clock())
        rest = [] if message is None else [message]
    else:
        rest = lease.claim_several(lot, at=clock())
    try:
        while rest:
            yield rest.pop(0)
    finally:
        lease.let_go(rest)


def _note_away(words: str, *, at: datetime) -> None:
    """Say on the oldest waiting message why nothing leaves, and give the server a moment."""
    cache.set(AWAY, words, AWAY_SECONDS)
    log.warning("outbox: mail server away: %s", words)
    oldest = Message.objects.due(at=at).order_by("next_try_at", "id").values_list("pk", flat=True).first()
    if oldest is not None:
        waiting = Message.objects.due(at=at).filter(pk=oldest).exclude(last_error=words)
        waiting.update(outcome=Outcome.UNREACHABLE, last_error=words)


def send(message: Message, line: Carrier, *, clock: Clock) -> None:
    """Bring one claimed message to its end, or back to the queue. Raises Unreachable, after putting the row back."""
    try:
        rendered = render(message)
        mail = mime.build(message, rendered, at=clock())
    except Useless:
        lease.finish(message, state=MessageState.CANCELLED, outcome=Outcome.USELESS)
        return
    except ObjectDoesNotExist:
        lease.finish(message, state=MessageState.CANCELLED, outcome=Outcome.GONE)
        return
    except Exception as error:
        _set_aside(message, error, at=clock())
        return
    useless_after = rendered.content.useless_after
    if useless_after is not None and useless_after < clock():
        lease.finish(message, state=MessageState.MISSED, outcome=Outcome.TOO_LATE, useless_after=useless_after)
    elif message.demo and line.done == MessageState.SENT and message.to_email.endswith(".invalid"):
        lease.finish(message, state=MessageState.NOT_SENT, outcome=Outcome.DEMO_ADDRESS)
    else:
        _hand_over(message, rendered, mail, line, clock=clock)


def _hand_over(message: Message, rendered: Rendered, mail: bytes, line: Carrier, *, clock: Clock) -> None:
    try:
        taken = line.carry(message, mail, lambda: _begin(message, rendered, at=clock()))
    except Refused as error:
        lease.finish(message, state=MessageState.FAILED, outcome=Outcome.REFUSED, last_error=str(error))
    except Deferred as error:
        lease.again(message, DEFERRED_TRIES, Outcome.DEFERRED, str(error), at=clock())
    except Unreachable as error:
        lease.put_back(message, str(error), at=clock())
        raise
    except Exception as error:
        _set_aside(message, error, at=clock())
    else:
        if taken:
            _mark_delivered(message, rendered, line.done, at=clock())


def _begin(message: Message, rendered: Rendered, *, at: datetime) -> bool:
    """The last moment: the row is still ours, and its links are known before anybody can follow them.

    This commit need not reach the disk by itself: what a power cut takes back is sent again with the same tokens, and
    the mark "sent", which does reach the disk, carries it along.
    """
    with transaction.atomic():
        lease.without_waiting_for_the_disk()
        if not lease.begin(message, at=at):
            return False
        _keep_links(message, rendered, at=at)
    return True


def _set_aside(message: Message, error: Exception, *, at: datetime) -> None:
    """A fault of one message is its own: it is tried a few times, and the others go on."""
    log.exception("outbox: message %s (%s) cannot be sent", message.pk, message.kind)
    lease.again(message, BROKEN_TRIES, Outcome.BROKEN, f"{type(error).__name__}: {error}", at=at)


def _mark_delivered(message: Message, rendered: Rendered, state: MessageState, *, at: datetime) -> None:
    lease.finish(
        message,
        state=state,
        outcome=Outcome.NONE,
        last_error="",
        sent_at=at,
        subject=rendered.shown.subject,
        text=rendered.shown.text,
        html=rendered.shown.html,
        useless_after=rendered.content.useless_after,
    )


def _keep_links(message: Message, rendered: Rendered, *, at: datetime) -> None:
    """Store the hashes of the links before anybody can follow them; at a second try they are the same."""
    links = [
        PersonalLink(
            message=message,
            place=place,
            act=link.act,
            object_type=link.obj._meta.label_lower,
            object_id=link.obj.pk,
            token_hash=hash_of(token_for(message, place)),
            language=message.language,
            created_at=at,
            expires_at=link.expires_at,
        )
        for place, link in rendered.content.links.items()
    ]
    if not links:
        return
    PersonalLink.objects.bulk_create(links, ignore_conflicts=True)
    if message.attempts + message.deferrals > 1:  # the words may have another date by now
        for link in links:
            known = PersonalLink.objects.filter(message=message, place=link.place)
            known.exclude(expires_at=link.expires_at).update(expires_at=link.expires_at)
