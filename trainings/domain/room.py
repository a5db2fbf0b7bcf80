"""What a trainer has to do, half-day by half-day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from directory.enums import Origin
from trainings.enums import HalfDayState, RegistrationState, SessionState
from trainings.models import HalfDay, Session

SHOWN = 30


@dataclass(frozen=True)
class Agenda:
    """Half-days of today, those of before that are still open, the next ones."""

    today: list[HalfDay]
    to_close: list[HalfDay]
    coming: list[HalfDay]


def agenda(*, sessions: QuerySet[Session], now: datetime) -> Agenda:
    """The half-days of `sessions` that are not cancelled or drafts, by date, at most 30 of each kind."""
    today = timezone.localdate(now)
    rows = (
        HalfDay.objects.filter(part__session__in=sessions)
        .exclude(part__session__state__in=[SessionState.CANCELLED, SessionState.DRAFT, SessionState.PROPOSED])
        .exclude(
            part__session__training__programme__origin=Origin.DOCUMENTED
        )  # nobody owes a sheet of before the portal
        .select_related("part__session")
        .annotate(
            expected=Count(
                "part__registrations", filter=Q(part__registrations__state=RegistrationState.CONFIRMED), distinct=True
            ),
            marked=Count("attendances", distinct=True),
        )
        .order_by("on_day", "starts_at", "id")
    )
    late = rows.filter(on_day__lt=today, state=HalfDayState.OPEN, expected__gt=0)
    return Agenda(
        today=list(rows.filter(on_day=today)),
        to_close=list(late.order_by("-on_day", "-starts_at", "-id")[:SHOWN]),
        coming=list(rows.filter(on_day__gt=today)[:SHOWN]),
    )
