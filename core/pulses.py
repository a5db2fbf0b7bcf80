"""Signs of life: each background process says now and then that it lives, and the health page reads it."""

from __future__ import annotations

from datetime import datetime, timedelta

from core.models import Pulse

SCHEDULER = "scheduler"
WORKER = "worker"


def beat(name: str, *, at: datetime) -> None:
    """Note that `name` lives."""
    Pulse.objects.update_or_create(name=name, defaults={"at": at})


def silence(name: str, *, at: datetime) -> timedelta | None:
    """How long `name` has said nothing; None when it never did."""
    last = Pulse.objects.filter(name=name).values_list("at", flat=True).first()
    return None if last is None else max(at - last, timedelta(0))
