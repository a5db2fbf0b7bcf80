"""Batches that wait pass to whoever takes over."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.domain import leaving
from accounts.tests.factories import make_user
from core import journal
from core.enums import BatchState
from core.models import MessageBatch

pytestmark = pytest.mark.django_db


def test_batches_that_wait_pass_and_settled_ones_keep_their_author() -> None:
    boss, leaver, now = make_user("manager"), make_user("officer"), timezone.now()
    values = {"author": leaver, "created_at": now, "release_at": now + timedelta(minutes=10)}
    waits = MessageBatch.objects.create(key="a", **values)
    gone = MessageBatch.objects.create(key="b", state=BatchState.RELEASED, settled_at=now, **values)
    found = {group.kind.code: len(group.things) for group in leaving.open_of(leaver, now=now)}
    assert found["notifications.batches"] == 1
    leaving.leave(user=leaver, successor=boss, actor=boss, reason="départ", now=now)
    waits.refresh_from_db()
    gone.refresh_from_db()
    assert (waits.author, gone.author) == (boss, leaver)
    assert journal.history_of(waits).get().data == {"from": leaver.pk}
