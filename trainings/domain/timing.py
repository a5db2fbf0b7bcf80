"""When a part begins and ends, from its half-days or else from its days."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from django.utils import timezone

from trainings.models import SessionPart


def start_of(part: SessionPart) -> datetime:
    """The instant at which the first half-day starts; without half-days, the beginning of the first day."""
    first = part.half_days.order_by("on_day", "starts_at").first()
    if first is not None:
        return first.starts
    return timezone.make_aware(datetime.combine(part.starts_on, time.min))


def end_of(part: SessionPart) -> datetime:
    """The end of the last day."""
    return timezone.make_aware(datetime.combine(part.ends_on + timedelta(days=1), time.min))
