"""Convocations: seven days before a part begins, to everybody who holds a confirmed place in it."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from django.utils import timezone

from core import outbox
from trainings.domain import notices, timing
from trainings.enums import RUNNING_STATES
from trainings.models import Registration, SessionPart

BEFORE = timedelta(days=7)
HOUR = time(9)
SOON = timedelta(hours=3)


def plan(*, now: datetime) -> int:
    """Queue the convocations whose day has come; returns how many are new. A second call queues none.

    Due between seven days before the part and its beginning: whoever is confirmed late is convoked at once, nobody
    once it has begun. One a registration: a later change is told by its own message.
    """
    today = timezone.localdate(now)
    parts = SessionPart.objects.filter(
        session__state__in=RUNNING_STATES, starts_on__gte=today, starts_on__lte=today + BEFORE
    )
    queued = 0
    for part in parts.select_related("session__training__programme").order_by("starts_on", "id"):
        if due_at(part) <= now < timing.start_of(part):
            queued += _plan_together(part, now=now)
    return queued


def due_at(part: SessionPart) -> datetime:
    """Nine o'clock, seven days before the first day."""
    return timezone.make_aware(datetime.combine(part.starts_on - BEFORE, HOUR))


def suffix(part: SessionPart) -> str:
    """A postponed session convokes anew: each postponement makes other keys."""
    times = part.session.postponed_times
    return f":{times}" if times else ""


def _plan_together(part: SessionPart, *, now: datetime) -> int:
    """The convocations of one part are one batch, unless it begins so soon that nobody has ten minutes to wait."""
    if timing.start_of(part) - now < SOON:
        return _plan_part(part, now=now)
    key = f"{notices.CONVOCATION}:{part.pk}{suffix(part)}"
    with outbox.together(key=key, author=None, about=part.session, clock=lambda: now):
        return _plan_part(part, now=now)


def _plan_part(part: SessionPart, *, now: datetime) -> int:
    queued = 0
    rows = Registration.objects.confirmed().filter(part=part).exclude(email="").order_by("pk")
    for registration in rows:
        message = outbox.queue(
            kind=notices.CONVOCATION,
            key=f"{notices.CONVOCATION}:{registration.pk}{suffix(part)}",
            to=notices.recipient(registration),
            obj=registration,
            now=now,
            demo=part.session.is_fictional,
        )
        queued += message is not None
    return queued
