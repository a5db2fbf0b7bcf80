"""Two sweeps at once, processes that die: who claims a row sends it, and what is stuck is swept up."""

from __future__ import annotations

import datetime as dt
import time

import pytest
from django.core.cache import cache
from django.utils import timezone

from core import outbox
from core.enums import MessageState, Outcome
from core.models import Message
from core.outbox import delivery, lease, rendering
from core.testing.races import race
from core.testing.smtp import Sink
from core.tests.outbox.clock import at, states, sweep_until
from core.tests.outbox.conftest import Queue


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_two_sweeps_at_once_send_each_message_once(queue: Queue, sink: Sink) -> None:
    """Row 13: the schedule fires twice, on four workers."""
    for _ in range(40):
        queue()
    handled = race(*[delivery.deliver_due] * 4)
    assert sum(int(str(count)) for count in handled) == 40
    assert len({mail.message_id for mail in sink.received}) == len(sink.received) == 40


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_two_sweeps_without_the_claim_send_doubles(queue: Queue, sink: Sink, monkeypatch: pytest.MonkeyPatch) -> None:
    """The twin: a claim that looks instead of updating."""

    def look(ids: list[int], *, at: dt.datetime) -> list[Message]:
        messages = list(Message.objects.due(at=at).filter(pk__in=ids))
        time.sleep(0.05)
        for message in messages:
            Message.objects.filter(pk=message.pk).update(lease_until=at, claim=message.uid, state=MessageState.SENDING)
            message.claim = message.uid
        return messages

    for _ in range(40):
        queue()
    sink.delay = 0.01
    monkeypatch.setattr(lease, "claim_several", look)
    race(*[delivery.deliver_due] * 4)
    assert len(sink.received) > 40


def test_dead_process_leaves_nothing_behind(queue: Queue, sink: Sink) -> None:
    """Row 9 in small: the claim of a process that died comes back when its lease ends, not before."""
    start = timezone.now()
    message = queue(now=start)
    assert lease.claim(message.pk, at=start) is not None
    assert delivery.deliver_due(clock=at(start + lease.LEASE / 2)) == 0
    assert delivery.deliver_due(clock=at(start + lease.LEASE)) == 1
    message.refresh_from_db()
    assert (message.state, message.attempts) == (MessageState.SENT, 2)


def test_dead_process_without_the_sweep_leaves_its_message_stuck(
    queue: Queue, sink: Sink, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The twin: nobody takes leases back."""
    monkeypatch.setattr(lease, "release_abandoned", lambda *, at: 0)
    start = timezone.now()
    message = queue(now=start)
    lease.claim(message.pk, at=start)
    sweep_until(start + dt.timedelta(days=1), start=start, step=dt.timedelta(hours=1))
    message.refresh_from_db()
    assert message.state == MessageState.SENDING
    assert sink.received == []


def test_message_that_kills_its_process_is_set_aside(queue: Queue, sink: Sink) -> None:
    message, moment = queue(), timezone.now()
    for _ in range(lease.MAX_INTERRUPTIONS):
        assert lease.claim(message.pk, at=moment) is not None
        moment += lease.LEASE
        lease.release_abandoned(at=moment)
    message.refresh_from_db()
    assert (message.state, message.outcome) == (MessageState.FAILED, Outcome.INTERRUPTED)


def test_process_that_lost_its_claim_marks_nothing(queue: Queue, sink: Sink) -> None:
    start = timezone.now()
    slow = lease.claim(queue(now=start).pk, at=start)
    assert slow is not None
    delivery.deliver_due(clock=at(start + lease.LEASE))
    assert not lease.finish(slow, state=MessageState.FAILED, outcome=Outcome.REFUSED)
    assert states() == {"sent": 1}


def test_server_that_goes_away_in_a_lot_costs_no_message_a_try(queue: Queue, sink: Sink) -> None:
    messages = [queue() for _ in range(6)]
    sink.cut("rcpt")
    assert delivery.deliver_due() == 0
    rows = Message.objects.order_by("pk").values_list("state", "attempts", "claim", "deferrals")
    assert list(rows) == [("queued", 0, None, int(n == 0)) for n in range(6)]
    cache.clear()
    delivery.deliver_due(clock=at(timezone.now() + dt.timedelta(minutes=1)))
    assert sorted(mail.message_id for mail in sink.received) == sorted(message.message_id for message in messages)


def test_lot_of_a_dead_process_comes_back_and_each_is_then_claimed_alone(
    queue: Queue, sink: Sink, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What kills processes takes no other message with it a second time."""
    start = timezone.now()
    ids = [queue(now=start).pk for _ in range(5)]
    assert [message.pk for message in lease.claim_several(ids, at=start)] == ids
    assert lease.claim_several(ids, at=start) == []
    later = start + lease.LEASE
    lease.release_abandoned(at=later)
    assert lease.claim_several(ids, at=later) == []
    assert list(delivery._due(later, 200)) == [[pk] for pk in ids]
    assert delivery.deliver_due(clock=at(later)) == 5
    assert len(sink.received) == 5


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_lots_claimed_at_once_never_overlap(queue: Queue) -> None:
    ids = [queue().pk for _ in range(20)]
    now = timezone.now()
    found = race(
        *[lambda order=order: lease.claim_several(order, at=now) for order in (ids, ids[::-1], ids, ids[::-1])]
    )
    claimed = [message.pk for one in found for message in one]
    assert sorted(claimed) == ids


def test_what_a_lot_shares_is_loaded_once_and_not_kept_for_long(monkeypatch: pytest.MonkeyPatch) -> None:
    loaded: list[int] = []

    def load() -> int:
        loaded.append(len(loaded))
        return loaded[-1]

    assert [outbox.shared("x", load), outbox.shared("x", load)] == [0, 1]
    with rendering.sharing():
        assert [outbox.shared("x", load), outbox.shared("x", load)] == [2, 2]
        monkeypatch.setattr(rendering, "SHARED_SECONDS", -1.0)
        assert outbox.shared("x", load) == 3
