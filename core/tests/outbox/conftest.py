"""Fixtures of the outbox's tests: the sample kind, a mail server, a way to queue."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.db import transaction
from django.utils import timezone

from core import outbox
from core.models import Message, Series
from core.outbox import content
from core.testing.smtp import Sink
from core.tests.outbox.samples import KIND, NOTE, TEMPLATES

Queue = Callable[..., Message]
_numbers = itertools.count(1)


@pytest.fixture
def note(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    """The sample kind is known, and no broker is told."""
    monkeypatch.setitem(content._kinds, KIND, NOTE)
    monkeypatch.setattr("core.outbox.gathering.tell_a_worker", lambda message_id: None)
    engine = dict(settings.TEMPLATES[0])
    engine["DIRS"] = [*engine["DIRS"], TEMPLATES]
    settings.TEMPLATES = [engine]


@pytest.fixture
def sink(settings: Any, db: None) -> Iterator[Sink]:
    """A mail server, and the portal set to use it."""
    cache.clear()
    with Sink() as server:
        settings.EMAIL_URL = server.url
        yield server
    cache.clear()


@pytest.fixture
def queue(note: None, db: None) -> Queue:
    """`queue(name="X", email=..., **params)`: one saved message about a series of that name."""

    def save(*, name: str = "Note", email: str = "", language: str = "fr", demo: bool = False, **more: Any) -> Message:
        number = next(_numbers)
        now = more.pop("now", None) or timezone.now()
        fields = {field: more.pop(field) for field in ("due_at", "secrets", "key") if field in more}
        with transaction.atomic():
            message = outbox.queue(
                kind=KIND,
                key=fields.pop("key", f"note:{number}"),
                to=outbox.Recipient(email or f"reader{number}@example.org", "Lectrice", language),
                obj=Series.objects.get_or_create(name=name)[0],
                params=more,
                now=now,
                demo=demo,
                **fields,
            )
        assert message is not None
        return message

    return save
