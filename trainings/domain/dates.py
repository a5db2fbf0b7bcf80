"""Moving a whole session to another first day: parts, half-days and deadline, over weekends and holidays."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core import saving
from core.errors import DomainError
from directory.domain.working_days import FARTHEST, WorkingDays
from trainings.models import HalfDay, Session, SessionPart

FUTURE = timedelta(days=3 * 366)


@dataclass(frozen=True)
class Shift:
    """Each day of a session and the day to which it moves; the deadline moves as the first day does."""

    days: Mapping[date, date]
    working: WorkingDays

    @property
    def starts_on(self) -> date:
        return min(self.days.values())

    @property
    def ends_on(self) -> date:
        return max(self.days.values())

    def deadline(self, session: Session) -> datetime | None:
        """The same hour, as many days before the first day as it was."""
        closes = session.registration_closes_at
        if closes is None:
            return None
        moved = timezone.localtime(closes).date() + (self.starts_on - min(self.days))
        return timezone.make_aware(datetime.combine(moved, timezone.localtime(closes).time()))


def shift_of(session: Session, *, to: date) -> Shift:
    """Where every day of the session would fall if it began on `to`; nothing is written. Raises DomainError.

    What fell on a working day steps over weekends and holidays, in order; see `WorkingDays.moved`.
    """
    days = {day for part in session.parts.all() for day in (part.starts_on, part.ends_on)}
    days |= set(HalfDay.objects.filter(part__session=session).values_list("on_day", flat=True))
    if abs(to - min(days)) > FUTURE:
        raise DomainError(_("Choose a day within three years."), code="too_far", field="starts_on")
    length = (max(days) - min(days)) + timedelta(days=FARTHEST)
    working = WorkingDays(min(to, min(days)), max(to, max(days)) + length)
    return Shift(working.moved(days, to=to), working)


def apply(shift: Shift, session: Session) -> None:
    """Move the parts and half-days of a session that is locked; its registration deadline too."""
    forward = shift.starts_on > session.starts_on
    for part in SessionPart.objects.select_for_update(of=("self",)).filter(session=session).order_by("pk"):
        rows = list(part.half_days.select_for_update(of=("self",)).order_by("on_day", "starts_at"))
        for row in reversed(rows) if forward else rows:  # so that no two meet on the way
            saving.change(row, on_day=shift.days[row.on_day])
        saving.change(part, starts_on=shift.days[part.starts_on], ends_on=shift.days[part.ends_on])
    saving.change(
        session, starts_on=shift.starts_on, ends_on=shift.ends_on, registration_closes_at=shift.deadline(session)
    )
