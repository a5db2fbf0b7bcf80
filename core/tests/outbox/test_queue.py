"""Saving a message: with its act, once, to one address."""

from __future__ import annotations

import datetime as dt
import socket
import time
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from celery import Celery
from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from core import outbox, tasks
from core.enums import MessageState, Outcome
from core.models import Message, Series
from core.outbox import publish
from core.testing.races import race
from core.tests.outbox.conftest import Queue
from core.tests.outbox.samples import KIND

NOW = dt.datetime(2026, 6, 3, 9, 0, tzinfo=dt.UTC)


def test_queue_saves_one_row_that_waits_for_its_time(queue: Queue) -> None:
    message = queue(name="Séance", email="lectrice@example.org", language="ar", due_at=NOW, now=NOW)
    message.refresh_from_db()
    assert message.state == MessageState.QUEUED
    assert (message.to_email, message.language, message.due_at, message.next_try_at) == (
        "lectrice@example.org",
        "ar",
        NOW,
        NOW,
    )
    assert message.object_type == "core.series"
    assert message.message_id.endswith("@localhost>")


def test_queue_twice_with_one_key_is_one_message(queue: Queue) -> None:
    first = queue(key="same")
    series = Series.objects.get()
    again = outbox.queue(
        kind=KIND, key="same", to=outbox.Recipient("b@example.org", "", "fr"), obj=series, now=timezone.now()
    )
    assert again is None
    assert list(Message.objects.values_list("pk", "to_email")) == [(first.pk, first.to_email)]


def test_queue_is_taken_back_with_the_act_that_fails(queue: Queue) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        queue(key="lost")
        raise ZeroDivisionError
    assert not Message.objects.filter(key="lost").exists()


def test_queue_leaves_the_callers_transaction_usable_after_a_double(queue: Queue) -> None:
    queue(key="same")
    with transaction.atomic():
        series = Series.objects.get()
        outbox.queue(
            kind=KIND, key="same", to=outbox.Recipient("b@example.org", "", "fr"), obj=series, now=timezone.now()
        )
        Series.objects.create(name="written after the double")
    assert Series.objects.filter(name="written after the double").exists()


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_queue_by_many_at_once_is_one_message(note: None) -> None:
    series = Series.objects.create(name="race")

    def work() -> Message | None:
        with transaction.atomic():
            return outbox.queue(
                kind=KIND, key="race", to=outbox.Recipient("b@example.org", "", "fr"), obj=series, now=timezone.now()
            )

    results = race(*[work] * 12)
    assert sum(result is not None for result in results) == 1
    assert not [result for result in results if isinstance(result, Exception)]
    assert Message.objects.count() == 1


ADDRESSES = [
    "a@example.org\nBcc: evil@example.org",
    "a@example.org\r\nSubject: x",
    "a@example.org, evil@example.org",
    "a@example.org;evil@example.org",
    "Nom <a@example.org>",
    "a@example.org\x00",
    "a@example.org\u2028x@example.org",
    "a b@example.org",
    "@example.org",
    "a@",
    "",
    "a@example.org%0aBcc:evil@example.org",
]


@pytest.mark.parametrize("email", ADDRESSES)
def test_recipient_refuses_what_is_not_one_address(email: str) -> None:
    with pytest.raises(outbox.InvalidAddress) as caught:
        outbox.Recipient(email, "Nom", "fr")
    assert caught.value.field == "email"


def test_recipient_name_never_becomes_a_header() -> None:
    assert outbox.Recipient("a@example.org", "Nom\r\nBcc: evil@example.org", "xx") == outbox.Recipient(
        "a@example.org", "Nom Bcc: evil@example.org", "fr"
    )


@pytest.mark.parametrize("email", ["a@example.org\nb@example.org", "a@example.org, b@example.org"])
def test_database_refuses_a_second_address_too(queue: Queue, email: str) -> None:
    message = queue()
    with pytest.raises(Exception, match="message_one_clean_address"), transaction.atomic():
        Message.objects.filter(pk=message.pk).update(to_email=email)


def test_demo_past_is_stored_and_never_sent(queue: Queue) -> None:
    with outbox.demo_past():
        message = queue(secrets={"code": "1234"})
    assert (message.state, message.outcome, message.demo) == (MessageState.NOT_SENT, Outcome.DEMO_PAST, True)
    assert message.sealed == ""
    assert queue().state == MessageState.QUEUED


def test_secrets_are_sealed_in_the_row(queue: Queue) -> None:
    message = queue(secrets={"code": "738-412"})
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(m)::text FROM core_message m")
        assert "738-412" not in cursor.fetchone()[0]
    assert outbox.unsealed(Message.objects.get(pk=message.pk)) == {"code": "738-412"}


def test_withdraw_takes_back_what_has_not_left(queue: Queue) -> None:
    first, second, other = queue(name="A"), queue(name="A"), queue(name="B")
    Message.objects.filter(pk=second.pk).update(state=MessageState.SENT, sent_at=NOW)
    assert outbox.withdraw(obj=Series.objects.get(name="A"), kinds={KIND}) == 1
    states = dict(Message.objects.values_list("pk", "state"))
    assert states == {first.pk: "cancelled", second.pk: "sent", other.pk: "queued"}
    assert outbox.withdraw(obj=Series.objects.get(name="A")) == 0


@pytest.mark.django_db(transaction=True)
def test_commit_tells_a_worker_by_the_name_of_the_task(note: None, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[int] = []
    monkeypatch.setattr("core.outbox.gathering.tell_a_worker", told.append)
    series = Series.objects.create(name="told")
    to = outbox.Recipient("a@example.org", "", "fr")
    with transaction.atomic():
        now = timezone.now()
        message = outbox.queue(kind=KIND, key="now", to=to, obj=series, now=now)
        outbox.queue(kind=KIND, key="later", to=to, obj=series, now=now, due_at=now + dt.timedelta(hours=1))
        assert told == []
    assert message is not None
    assert told == [message.pk]
    assert tasks.deliver.name == publish.DELIVER


@pytest.fixture
def fresh_publisher(monkeypatch: pytest.MonkeyPatch) -> Any:
    publish._forget()
    monkeypatch.setattr(publish, "_quiet_until", 0.0)
    yield
    publish._forget()


@pytest.fixture
def silent_port() -> Iterator[int]:
    """A port where somebody listens and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


@pytest.mark.parametrize("how", ["refused", "silent"])
def test_broker_away_costs_a_moment_and_no_error(
    how: str, silent_port: int, fresh_publisher: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = f"redis://127.0.0.1:{1 if how == 'refused' else silent_port}/0"
    monkeypatch.setattr(publish, "current_app", Celery("away", broker=address, set_as_current=False))
    start = time.monotonic()
    assert [publish.tell_a_worker(number) for number in range(100)] == [False] * 100
    assert time.monotonic() - start < 1.0


def test_broker_that_is_there_takes_the_task(fresh_publisher: None, monkeypatch: pytest.MonkeyPatch) -> None:
    name = f"test-{uuid.uuid4()}"
    app = Celery("near", broker=settings.CELERY_BROKER_URL, set_as_current=False)
    app.conf.task_default_queue = name
    monkeypatch.setattr(publish, "current_app", app)
    assert publish.tell_a_worker(1)
    assert publish.tell_a_worker(2)
    with app.connection_for_read() as broker:
        waiting = broker.SimpleQueue(name)
        bodies = [waiting.get(timeout=2) for _ in range(2)]
        assert [body.headers["task"] for body in bodies] == [publish.DELIVER] * 2
        for body in bodies:
            body.ack()
        waiting.queue.delete()
