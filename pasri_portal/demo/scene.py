"""What the story of the fictional committee stands on, and its clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from accounts.models import User
from directory.models import Organisation
from steering.models import Committee, FoundingAct, Mandate, Seat


@dataclass(frozen=True)
class Scene:
    """What everything of the fictional committee stands on. Seats stand in the order of their rank."""

    now: datetime
    officer: User
    member: User
    committee: Committee
    act: FoundingAct
    seats: list[Seat]
    titulars: list[Mandate]
    alternates: dict[int, Mandate]

    @property
    def today(self) -> date:
        return timezone.localdate(self.now)

    @property
    def secretariat(self) -> Organisation:
        return self.seats[1].organisation

    def ago(self, days: int) -> datetime:
        return self.now - timedelta(days=days)

    def day(self, days: int) -> date:
        """A day of the past (or, below zero, of the future)."""
        return self.today - timedelta(days=days)


def at_hour(day: date, hour: int, minute: int = 0) -> datetime:
    """An hour of a day in Tunisia."""
    return timezone.make_aware(datetime.combine(day, time(hour, minute)))
