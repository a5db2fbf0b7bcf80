"""The tasks of the leaf library: shells, safe to run twice, and signs of life."""

from __future__ import annotations

import ast
import datetime as dt
from importlib import import_module
from pathlib import Path

import pytest
from celery import current_app
from django.conf import settings
from django.utils import timezone

from core import pulses, tasks
from core.models import Pulse
from core.testing.smtp import Sink
from core.tests.outbox.conftest import Queue

APPS = ("core", "accounts", "directory", "notifications", "clusters", "trainings", "pasri_portal")
FAR = frozenset({"eta", "countdown"})


def test_deliver_due_twice_sends_once(queue: Queue, sink: Sink) -> None:
    queue()
    assert [tasks.deliver_due(), tasks.deliver_due()] == [1, 0]
    assert len(sink.received) == 1


def test_deliver_twice_sends_once(queue: Queue, sink: Sink) -> None:
    message = queue()
    assert [tasks.deliver(message.pk), tasks.deliver(message.pk), tasks.deliver(0)] == [1, 0, 0]
    assert len(sink.received) == 1


@pytest.mark.django_db
def test_beat_says_that_a_worker_lives() -> None:
    for _ in range(2):
        tasks.beat()
    silence = pulses.silence(pulses.WORKER, at=timezone.now())
    assert silence is not None
    assert silence < dt.timedelta(seconds=10)
    assert pulses.silence(pulses.SCHEDULER, at=timezone.now()) is None
    assert Pulse.objects.count() == 1


@pytest.mark.django_db
def test_asking_for_the_beat_says_that_the_scheduler_lives_whatever_the_broker_does() -> None:
    with (
        pytest.raises(Exception, match=r"(?i)refused|connect"),
        current_app.connection_for_write("redis://127.0.0.1:1/0", transport_options={"max_retries": 0}) as broker,
    ):
        current_app.send_task(tasks.BEAT, producer=broker.Producer(), retry=False)
    assert pulses.silence(pulses.SCHEDULER, at=timezone.now()) is not None
    assert pulses.silence(pulses.WORKER, at=timezone.now()) is None


@pytest.mark.django_db
def test_clear_sessions_deletes_what_has_ended_and_nothing_else() -> None:
    now = timezone.now()
    sessions = import_module(settings.SESSION_ENGINE).SessionStore.get_model_class().objects
    for key, days in (("old", -1), ("new", 1)):
        sessions.create(session_key=key, session_data="", expire_date=now + dt.timedelta(days=days))
    for _ in range(2):
        tasks.clear_sessions()
    assert list(sessions.values_list("session_key", flat=True)) == ["new"]


def test_no_task_is_published_for_a_far_future() -> None:
    """PROMISES row 11: what is due later is a row with `due_at`."""
    found = []
    for app in APPS:
        for path in Path(settings.BASE_DIR, app).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call):
                    found += [f"{path}:{node.lineno}" for word in node.keywords if word.arg in FAR]
    assert found == []
