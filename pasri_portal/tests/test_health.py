"""`/healthz`: every part that fails is seen, quickly, and nothing is told beyond that."""

from __future__ import annotations

import shutil
import socket
import time
from collections import namedtuple
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from accounts.tests.factories import make_user
from core import outbox, pulses
from core.testing.client import StrictClient

pytestmark = pytest.mark.django_db


@pytest.fixture
def alive() -> None:
    for name in (pulses.WORKER, pulses.SCHEDULER):
        pulses.beat(name, at=timezone.now())


@pytest.mark.feature(130)
def test_a_portal_in_good_health_says_so(client: StrictClient, alive: None) -> None:
    answer = client.get("/healthz")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/json")
    found = answer.json()
    assert found.pop("status") == "ok"
    assert {name: part["ok"] for name, part in found.items()} == dict.fromkeys(
        ("database", "broker", "worker", "scheduler", "outbox", "disk"), True
    )
    assert found["outbox"]["oldest_unsent_seconds"] == 0
    assert "no-store" in answer["Cache-Control"]
    assert "Set-Cookie" not in answer


@pytest.mark.parametrize("name", [pulses.WORKER, pulses.SCHEDULER])
def test_a_process_that_is_silent_or_never_was_is_seen(client: StrictClient, name: str) -> None:
    other = {pulses.WORKER: pulses.SCHEDULER, pulses.SCHEDULER: pulses.WORKER}[name]
    pulses.beat(other, at=timezone.now())
    never = client.get("/healthz")
    assert (never.status_code, never.json()[name]) == (503, {"ok": False, "age_seconds": None})
    pulses.beat(name, at=timezone.now() - timedelta(minutes=5))
    silent = client.get("/healthz")
    assert silent.status_code == 503
    assert silent.json()[name]["age_seconds"] >= 300
    assert silent.json()[other]["ok"]


def test_the_age_of_the_oldest_unsent_message_is_told_and_too_old_is_ill(client: StrictClient, alive: None) -> None:
    user = make_user("officer")
    for minutes, key in ((3, "a"), (-60, "b")):
        now = timezone.now() - timedelta(minutes=minutes)
        to = outbox.Recipient(user.email, user.full_name, "fr")
        outbox.queue(kind="accounts.password_changed", key=key, to=to, obj=user, due_at=now, now=now)
    answer = client.get("/healthz")
    assert answer.status_code == 200
    assert 180 <= answer.json()["outbox"]["oldest_unsent_seconds"] < 240
    old = timezone.now() - timedelta(minutes=20)
    outbox.queue(kind="accounts.password_changed", key="c", to=to, obj=user, due_at=old, now=old)
    assert client.get("/healthz").status_code == 503


def test_a_broker_that_is_away_or_hangs_costs_less_than_a_second(
    client: StrictClient, alive: None, settings: object
) -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        for url in (f"redis://:secret@127.0.0.1:{silent.getsockname()[1]}/0", "redis://:secret@127.0.0.1:1/0"):
            settings.CELERY_BROKER_URL = url
            begun = time.monotonic()
            answer = client.get("/healthz")
            assert time.monotonic() - begun < 1
            assert (answer.status_code, answer.json()["broker"]) == (503, {"ok": False})
            assert "secret" not in answer.content.decode()


@pytest.mark.django_db(transaction=True)
def test_a_database_that_is_away_is_told_without_its_words(client: StrictClient) -> None:
    known = connection.settings_dict["PORT"]
    connection.close()
    connection.settings_dict["PORT"] = "1"
    try:
        answer = client.get("/healthz")
    finally:
        connection.close()
        connection.settings_dict["PORT"] = known
    assert answer.status_code == 503
    found = answer.json()
    assert [found[name]["ok"] for name in ("database", "worker", "scheduler", "outbox")] == [False] * 4
    for word in ("Traceback", "refused", connection.settings_dict["NAME"], connection.settings_dict["USER"]):
        assert word not in answer.content.decode()


def test_a_full_disk_is_seen(client: StrictClient, alive: None, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage(10**12, 10**12 - 1000, 1000))
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert answer.json()["disk"] == {"ok": False, "free_percent": 0.0}


def test_only_reading_is_possible_and_no_language_is_needed(client: StrictClient) -> None:
    assert client.post("/healthz").status_code == 405
    assert client.get("/ar/healthz").status_code == 404
