"""The administration's calendar of a stretch of days, read once: for plans of many days and lists of warnings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils.translation import gettext, pgettext

from directory.domain.calendar import SATURDAY, HalfDay, words_of
from directory.models import Holiday, Regime, Sitting

FARTHEST = 60
"""Days looked ahead for the next working day."""


@dataclass
class WorkingDays:
    """What `directory.domain.calendar` says of single days, for any day from `first` to `last`; three queries."""

    first: date
    last: date
    holidays: dict[date, list[Holiday]] = field(init=False)
    regimes: list[Regime] = field(init=False)
    sittings: dict[int, list[Sitting]] = field(init=False)

    def __post_init__(self) -> None:
        """Read holidays, regimes and their hours."""
        self.holidays = defaultdict(list)
        for holiday in Holiday.objects.filter(on__range=(self.first, self.last)).order_by("name_fr"):
            self.holidays[holiday.on].append(holiday)
        self.regimes = list(Regime.objects.filter(starts_on__lte=self.last))
        self.sittings = defaultdict(list)
        for sitting in Sitting.objects.filter(regime__in=self.regimes).order_by("starts_at"):
            self.sittings[sitting.regime_id].append(sitting)

    def is_working(self, day: date) -> bool:
        """Monday to Friday, outside the public holidays."""
        return day.weekday() < SATURDAY and not self.holidays.get(day)

    def why_closed(self, day: date) -> str:
        """Why nobody works on a day, in the reader's language; empty on a working day."""
        if day.weekday() >= SATURDAY:
            return gettext("weekend")
        # Translators: the comma between words of a list
        return pgettext("list", ", ").join(words_of(holiday) for holiday in self.holidays.get(day, []))

    def regime_on(self, day: date) -> Regime | None:
        """Of several regimes the one with the nearest end, then the latest start."""
        begun = [regime for regime in self.regimes if regime.starts_on <= day]
        ending = [regime for regime in begun if regime.ends_on is not None and regime.ends_on >= day]
        if ending:
            return min(ending, key=lambda regime: (regime.ends_on, -regime.starts_on.toordinal()))
        lasting = [regime for regime in begun if regime.ends_on is None]
        return max(lasting, key=lambda regime: regime.starts_on, default=None)

    def half_days(self, day: date) -> list[HalfDay]:
        """The halves of a working day with their hours; none on a closed day."""
        regime = self.regime_on(day) if self.is_working(day) else None
        if regime is None:
            return []
        found = [s for s in self.sittings[regime.pk] if s.weekday_from <= day.weekday() <= s.weekday_to]
        return [HalfDay(s.half, s.starts_at, s.ends_at) for s in found]

    def next_working(self, day: date) -> date:
        """The day itself where it is worked, else the next one that is."""
        for _step in range(FARTHEST):
            if self.is_working(day):
                break
            day += timedelta(days=1)
        return day

    def moved(self, days: Iterable[date], *, to: date) -> dict[date, date]:
        """Each day moved so that the first falls on `to`, all in their order, none on another.

        What fell on a working day steps over weekends and holidays; what fell on a closed day was meant to, and moves
        as it is.
        """
        wanted = sorted(set(days))
        moved: dict[date, date] = {}
        last: date | None = None
        for day in wanted:
            target = day + (to - wanted[0])
            if last is not None and target <= last:
                target = last + timedelta(days=1)
            if self.is_working(day):
                target = self.next_working(target)
            moved[day] = last = target
        return moved
