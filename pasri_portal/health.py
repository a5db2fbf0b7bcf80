"""`GET /healthz`: whether the portal and what it stands on are alive, as JSON; 200 when all of it is, else 503.

Each probe answers with numbers and a truth, never with an error's own words: the page is open to everybody. It must
answer within a second even when what it looks at hangs, so every probe has a time limit of its own.
"""

from __future__ import annotations

import logging
import shutil
from collections.abc import Callable
from datetime import datetime
from http import HTTPStatus

import redis
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection, transaction
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from redis.backoff import NoBackoff
from redis.retry import Retry

from core import pulses
from core.models import Message

log = logging.getLogger(__name__)

BROKER_SECONDS = 0.3
DATABASE_MILLISECONDS = 300
SILENCE_SECONDS = 120
"""A process that has not said for so long that it lives is counted as dead; it says so every 30 seconds."""
UNSENT_SECONDS = 900
FREE_BYTES = 500 * 1024 * 1024

Probe = dict[str, bool | int | float | None]


@login_not_required
@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """Database, broker, worker, scheduler, outbox (age of the oldest unsent message, in seconds), disk."""
    now = timezone.now()
    parts = {"database": _database(), "broker": _broker()}
    if parts["database"]["ok"]:
        rows: tuple[tuple[str, Callable[[datetime], Probe]], ...] = (
            ("worker", lambda at: _pulse(pulses.WORKER, at)),
            ("scheduler", lambda at: _pulse(pulses.SCHEDULER, at)),
            ("outbox", _outbox),
        )
        parts |= {name: _asked(probe, now) for name, probe in rows}
    else:
        parts |= {name: {"ok": False} for name in ("worker", "scheduler", "outbox")}
    parts["disk"] = _disk()
    healthy = all(part["ok"] for part in parts.values())
    status = HTTPStatus.OK if healthy else HTTPStatus.SERVICE_UNAVAILABLE
    return JsonResponse({"status": "ok" if healthy else "failing", **parts}, status=status)


def _asked(probe: Callable[[datetime], Probe], now: datetime) -> Probe:
    """A probe that reads rows, with a time limit; what it meets goes to the log, not to the page."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL statement_timeout = %s", [DATABASE_MILLISECONDS])
            return probe(now)
    except DatabaseError:
        log.exception("health: a probe of the database failed")
        return {"ok": False}


def _database() -> Probe:
    def select(now: datetime) -> Probe:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        return {"ok": True}

    return _asked(select, timezone.now())


def _broker() -> Probe:
    try:
        client = redis.Redis.from_url(
            settings.CELERY_BROKER_URL,
            socket_connect_timeout=BROKER_SECONDS,
            socket_timeout=BROKER_SECONDS,
            retry=Retry(NoBackoff(), 0),
        )
        with client:
            return {"ok": bool(client.ping())}
    except (redis.RedisError, OSError):
        log.warning("health: the broker does not answer")
        return {"ok": False}


def _pulse(name: str, now: datetime) -> Probe:
    """How long ago the process last said that it lives; None when it never did."""
    silence = pulses.silence(name, at=now)
    if silence is None:
        return {"ok": False, "age_seconds": None}
    return {"ok": silence.total_seconds() <= SILENCE_SECONDS, "age_seconds": int(silence.total_seconds())}


def _outbox(now: datetime) -> Probe:
    oldest = Message.objects.unsent(at=now).order_by("due_at").values_list("due_at", flat=True).first()
    age = 0 if oldest is None else int((now - oldest).total_seconds())
    return {"ok": age <= UNSENT_SECONDS, "oldest_unsent_seconds": age}


def _disk() -> Probe:
    try:
        usage = shutil.disk_usage(settings.STATE_DIR)
    except OSError:
        log.exception("health: the state folder cannot be read")
        return {"ok": False}
    return {"ok": usage.free >= FREE_BYTES, "free_percent": round(100 * usage.free / usage.total, 1)}
