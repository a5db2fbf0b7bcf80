"""A clock that the tests of the outbox move, and what the rows say meanwhile."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from django.core.cache import cache

from core.models import Message
from core.outbox import delivery


def at(moment: dt.datetime) -> Callable[[], dt.datetime]:
    return lambda: moment


def states() -> dict[str, int]:
    counts: dict[str, int] = {}
    for state in Message.objects.order_by("id").values_list("state", flat=True):
        counts[state] = counts.get(state, 0) + 1
    return counts


def sweep_until(until: dt.datetime, *, start: dt.datetime, step: dt.timedelta) -> None:
    """The scheduler's sweeps on a clock that runs faster; the breaker's few seconds pass between two of them."""
    moment = start
    while moment <= until:
        cache.delete(delivery.AWAY)
        delivery.deliver_due(clock=at(moment))
        moment += step
