"""The mail server refuses, goes away or cuts the line: nothing is lost, doubles keep their Message-ID."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.cache import cache
from django.utils import timezone

from core import outbox
from core.enums import MessageState, Outcome
from core.models import Message
from core.outbox import delivery
from core.testing.smtp import Sink
from core.tests.outbox.clock import at, states, sweep_until
from core.tests.outbox.conftest import Queue


def test_bad_recipient_in_a_batch_harms_nobody_else(queue: Queue, sink: Sink) -> None:
    """Row 15: one bad of 100, refused for good or for now."""
    sink.answers = {"bad@example.org": "550 5.1.1 No such user", "grey@example.org": "450 4.2.0 Greylisted"}
    bad, grey = queue(email="bad@example.org"), queue(email="grey@example.org")
    for _ in range(98):
        queue()
    delivery.deliver_due()
    assert states() == {"failed": 1, "queued": 1, "sent": 98}
    assert sink.connections == 1
    bad.refresh_from_db()
    grey.refresh_from_db()
    assert (bad.outcome, bad.last_error) == (Outcome.REFUSED, "550 5.1.1 No such user")
    assert (grey.outcome, grey.last_error) == (Outcome.DEFERRED, "450 4.2.0 Greylisted")
    sink.answers.clear()
    delivery.deliver_due(clock=at(grey.next_try_at))
    assert len(sink.to("grey@example.org")) == 1


@pytest.mark.parametrize("code", ["450", "451", "452"])
def test_temporary_refusal_is_tried_later_and_later_then_set_aside(queue: Queue, sink: Sink, code: str) -> None:
    sink.answers["grey@example.org"] = f"{code} later"
    message, tries, moment = queue(email="grey@example.org"), [], timezone.now()
    for _ in range(10):
        delivery.deliver_due(clock=at(moment))
        message.refresh_from_db()
        if message.state != MessageState.QUEUED:
            break
        tries.append(int((message.next_try_at - moment).total_seconds() // 60))
        moment = message.next_try_at
    assert tries == [1, 5, 30, 120, 480]
    assert (message.state, message.outcome, message.attempts) == (MessageState.FAILED, Outcome.DEFERRED, 6)


def test_mail_server_away_for_three_days_loses_nothing(queue: Queue, sink: Sink) -> None:
    """Row 14, in sweeps of six hours: no try is lost while it is away, and all leave at the first sweep after it."""
    start = timezone.now()
    for _ in range(30):
        queue(now=start)
    sink.stop()
    sweep_until(start + dt.timedelta(hours=72), start=start, step=dt.timedelta(hours=6))
    assert states() == {"queued": 30}
    assert not Message.objects.exclude(attempts=0).exists()
    figures = outbox.figures(at=start + dt.timedelta(hours=72))
    assert figures.is_slow
    assert figures.oldest_unsent == dt.timedelta(hours=72)
    assert "refused" in figures.mail_server_away
    assert "refused" in Message.objects.order_by("id")[0].last_error
    sink.start()
    cache.clear()
    delivery.deliver_due(clock=at(start + dt.timedelta(hours=73)))
    assert states() == {"sent": 30}
    assert len({mail.message_id for mail in sink.received}) == len(sink.received) == 30


def test_while_the_mail_server_is_away_workers_do_not_queue_for_it(queue: Queue, sink: Sink) -> None:
    message = queue()
    sink.stop()
    delivery.deliver_due()
    sink.start()
    assert delivery.deliver(message.pk) == 0
    assert sink.connections == 0
    cache.delete(delivery.AWAY)
    assert delivery.deliver(message.pk) == 1


@pytest.mark.parametrize("phase", ["mail", "rcpt"])
def test_cut_before_data_costs_no_try_and_makes_no_double(queue: Queue, sink: Sink, phase: str) -> None:
    """Row 16, before DATA: 0 duplicates."""
    message = queue()
    sink.cut(phase)
    delivery.deliver_due()
    message.refresh_from_db()
    assert (message.state, message.attempts, message.deferrals) == (MessageState.QUEUED, 0, 1)
    cache.clear()
    delivery.deliver_due(clock=at(message.next_try_at))
    assert [mail.message_id for mail in sink.received] == [message.message_id]


def test_cut_after_data_makes_at_most_one_double_with_the_same_id(queue: Queue, sink: Sink) -> None:
    """Row 16, after DATA and before 250: the try counts, the mail may come twice, its Message-ID tells."""
    messages = [queue() for _ in range(3)]
    sink.cut("data")
    delivery.deliver_due()
    messages[0].refresh_from_db()
    assert (messages[0].state, messages[0].attempts) == (MessageState.QUEUED, 1)
    delivery.deliver_due(clock=at(messages[0].next_try_at))
    assert states() == {"sent": 3}
    ids = [mail.message_id for mail in sink.received]
    assert len(ids) == 4
    assert set(ids) == {message.message_id for message in messages}
    assert len({mail.text for mail in sink.to(messages[0].to_email)}) == 1


def test_server_that_always_cuts_after_data_is_not_fed_for_ever(queue: Queue, sink: Sink) -> None:
    start = timezone.now()
    message = queue(now=start)
    sink.cut("data", times=100)
    sweep_until(start + dt.timedelta(days=2), start=start, step=dt.timedelta(minutes=30))
    message.refresh_from_db()
    assert message.state == MessageState.FAILED
    assert len(sink.received) == 6
