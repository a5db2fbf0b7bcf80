"""What a trainer has to do, half-day by half-day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from directory.enums import Origin
from trainings.enums import HalfDayState, RegistrationState, SessionState
from trainings.models import Attendance, HalfDay, Registration, Session

SHOWN = 30
NOT_HELD = (SessionState.CANCELLED, SessionState.POSTPONED, SessionState.DRAFT, SessionState.PROPOSED)


@dataclass(frozen=True)
class Agenda:
    """Half-days of today, those of before that are still open, the next ones."""

    today: list[HalfDay]
    to_close: list[HalfDay]
    coming: list[HalfDay]


def agenda(*, sessions: QuerySet[Session], now: datetime, ahead: bool = True) -> Agenda:
    """The half-days of `sessions` that are not cancelled or drafts, by date, at most 30 of each kind.

    Without `ahead` the next ones are not looked for.
    """
    today = timezone.localdate(now)
    confirmed = Registration.objects.filter(part=OuterRef("part"), state=RegistrationState.CONFIRMED)
    marks = Attendance.objects.filter(half_day=OuterRef("pk"))
    rows = (
        HalfDay.objects.filter(part__session__in=sessions)
        .exclude(part__session__state__in=NOT_HELD)
        .exclude(
            part__session__training__programme__origin=Origin.DOCUMENTED
        )  # nobody owes a sheet of before the portal
        .select_related("part__session")
        .annotate(expected=_number_of(confirmed, by="part"), marked=_number_of(marks, by="half_day"))
        .order_by("on_day", "starts_at", "id")
    )
    late = rows.filter(Exists(confirmed), on_day__lt=today, state=HalfDayState.OPEN)
    return Agenda(
        today=list(rows.filter(on_day=today)),
        to_close=list(late.order_by("-on_day", "-starts_at", "-id")[:SHOWN]),
        coming=list(rows.filter(on_day__gt=today)[:SHOWN]) if ahead else [],
    )


def _number_of(rows: QuerySet[Any], *, by: str) -> Coalesce:
    """How many rows: counted for the lines that are shown alone, not joined to every line that is looked at."""
    counted = rows.order_by().values(by).annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)
