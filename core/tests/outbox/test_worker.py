"""The outbox with a real worker that is killed while sending (PROMISES rows 9 and 10, in short)."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import redis
from celery import Celery
from django.conf import settings
from django.db import connection
from django.utils import timezone

from core.enums import MessageState
from core.models import Message
from core.outbox.publish import DELIVER
from core.testing.smtp import Sink
from core.tests.outbox.conftest import Queue

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]

MESSAGES = 40
KILLS = 3
POINTS = ("claim", "data", "answer", "mark")
Start = Callable[[], "subprocess.Popen[bytes]"]


@pytest.fixture
def broker() -> Iterator[Celery]:
    """The broker, with names of this test's own."""
    prefix = f"test-{uuid.uuid4()}:"
    app = Celery("test", broker=settings.CELERY_BROKER_URL, set_as_current=False)
    app.conf.broker_transport_options = {"global_keyprefix": prefix}
    yield app
    app.close()
    flush(app)


def flush(app: Celery) -> int:
    """What a FLUSHALL does to this test's part of the broker."""
    with redis.Redis.from_url(settings.CELERY_BROKER_URL) as server:
        keys = list(server.scan_iter(f"{app.conf.broker_transport_options['global_keyprefix']}*"))
        return int(server.delete(*keys)) if keys else 0


@pytest.fixture
def start_worker(broker: Celery, sink: Sink, tmp_path: Path) -> Iterator[Start]:
    """`start_worker()`: a worker with one process on the test's database, broker and mail server."""
    database = connection.settings_dict
    environment = {
        **os.environ,
        "DATABASE_URL": "postgres://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format(**database),
        "EMAIL_URL": sink.url,
        "PORTAL_TEST": "1",
        "TEST_KEY_PREFIX": broker.conf.broker_transport_options["global_keyprefix"],
    }
    command = [sys.executable, "-m", "celery", "-A", "core.tests.outbox.worker", "worker", "-c", "1", "-l", "error"]
    running: list[subprocess.Popen[bytes]] = []

    def start() -> subprocess.Popen[bytes]:
        with (tmp_path / "worker.log").open("ab") as log:
            worker = subprocess.Popen(
                [*command, "--without-gossip", "--without-mingle"],
                cwd=settings.BASE_DIR,
                env=environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        running.append(worker)
        return worker

    yield start
    for worker in running:
        kill(worker)
    sys.stderr.write((tmp_path / "worker.log").read_text()[-3000:])


def kill(worker: subprocess.Popen[Any]) -> None:
    """kill -9 of the worker and its processes."""
    if worker.poll() is None:
        os.killpg(worker.pid, signal.SIGKILL)
        worker.wait()


def open_rows() -> int:
    return Message.objects.filter(state__in=(MessageState.QUEUED, MessageState.SENDING)).count()


def sweep_while(condition: Callable[[], bool], broker: Celery, *, seconds: float = 180) -> None:
    """The scheduler's place: ask for a sweep now and then for as long as `condition` holds."""
    until = time.monotonic() + seconds
    while condition():
        assert time.monotonic() < until, f"{open_rows()} messages are still on their way"
        broker.send_task("core.tasks.deliver_due", expires=5)
        time.sleep(0.2)


def let_leases_end() -> None:
    """Three minutes pass for the rows that dead processes hold."""
    Message.objects.filter(state=MessageState.SENDING).update(lease_until=timezone.now())


@pytest.mark.feature(95)
def test_killed_worker_loses_nothing_and_doubles_at_most_once_a_kill(
    queue: Queue, sink: Sink, broker: Celery, start_worker: Start
) -> None:
    """40 messages; a process dies at each of four points, the whole worker three times; the broker is flushed twice."""
    sink.delay = 0.05
    messages = [queue(**({"die": POINTS[n]} if n < len(POINTS) else {})) for n in range(MESSAGES)]
    for message in messages[::2]:
        broker.send_task(DELIVER, args=[message.pk])
    assert flush(broker) > 0

    worker = start_worker()
    sweep_while(lambda: open_rows() == MESSAGES, broker)
    flush(broker)
    for number in range(1, KILLS + 1):
        left = MESSAGES - number * MESSAGES // (KILLS + 2)
        sweep_while(lambda left=left: open_rows() > left, broker)
        kill(worker)
        let_leases_end()
        worker = start_worker()
    quiet = {message.pk for message in messages[: len(POINTS)]}
    sweep_while(lambda: Message.objects.filter(state=MessageState.QUEUED).exists() or alive_rows(quiet), broker)
    let_leases_end()
    sweep_while(lambda: open_rows() > 0, broker)

    assert set(Message.objects.values_list("state", flat=True)) == {MessageState.SENT}
    received = Counter(mail.message_id for mail in sink.received)
    assert set(received) == {message.message_id for message in messages}
    assert max(received.values()) <= 2
    assert received.total() - MESSAGES <= KILLS + 2, "the points before the answer make no double"
    doubles = [received[message.message_id] for message in messages[: len(POINTS)]]
    assert doubles[POINTS.index("claim")] == doubles[POINTS.index("data")] == 1


def alive_rows(dying: set[int]) -> bool:
    """Some row is being sent that no message killed its process for."""
    return Message.objects.filter(state=MessageState.SENDING).exclude(pk__in=dying).exists()
