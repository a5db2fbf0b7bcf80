"""What somebody leaves open among the messages: batches that wait or were held back. See `accounts.domain.leaving`."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.domain.leaving import HandOver, Kind, OpenThing
from accounts.models import User
from core import journal, saving
from core.enums import BatchState
from core.models import MessageBatch


def _batches(user: User, now: datetime) -> Iterable[OpenThing]:
    for batch in MessageBatch.objects.open().filter(author=user).order_by("id"):
        url = reverse("notifications:batch-detail", args=[batch.pk])
        yield OpenThing(str(batch.about() or _("Messages")), url, BatchState(batch.state).label)


def _take_batches(act: HandOver) -> None:
    """The successor is asked about them; the act that caused them keeps its author in the history."""
    for batch in MessageBatch.objects.select_for_update(of=("self",)).open().filter(author=act.leaver).order_by("id"):
        saving.change(batch, author=act.successor)
        journal.record("messagebatch.take_over", obj=batch, actor=act.actor, data={"from": act.leaver.pk})


KINDS = (Kind("notifications.batches", _("Messages that wait to be sent"), _batches, _take_batches),)
