"""Whether this portal shows a demonstration: it does while a demonstration account exists."""

from __future__ import annotations

import time

from django.conf import settings

from accounts.models import User

BELIEVED_FOR = 60.0
"""Seconds for which a process trusts its last look: the demonstration comes and goes by a command, not by a click."""

_seen: tuple[float, bool] | None = None


def is_demonstration() -> bool:
    """Asked by every page, answered by one query a minute and process; tests, which share a process, ask each time."""
    global _seen
    now = time.monotonic()
    if _seen is None or settings.CONFIG.test or now - _seen[0] > BELIEVED_FOR:
        _seen = (now, User.objects.filter(is_demo=True).exists())
    return _seen[1]
