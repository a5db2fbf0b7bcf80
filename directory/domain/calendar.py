"""The administration's calendar: public holidays, working-time regimes, and the half-days that follow from them.

Everything here proposes: what was planned stays as it was planned when a lunar date is confirmed or a regime changes.
"""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import NamedTuple

from django.utils.formats import date_format
from django.utils.translation import gettext, pgettext

from accounts.models import User
from core import journal, saving
from core.errors import DomainError
from directory.enums import HolidayKind, HolidayStatus
from directory.models import Holiday, Regime, Sitting

SATURDAY = 5
FEAST = timedelta(days=4)
"""The days of one feast lie so near to each other."""


class HalfDay(NamedTuple):
    """One half of a day with its hours under the regime of the day."""

    half: str
    starts_at: time
    ends_at: time


def holidays_on(day: date) -> list[Holiday]:
    """The public holidays that fall on a day."""
    return list(Holiday.objects.filter(on=day).order_by("name_fr"))


def regime_on(day: date) -> Regime | None:
    """The working-time regime in force: of several, the one with the nearest end, then the latest start."""
    begun = Regime.objects.filter(starts_on__lte=day)
    ending = begun.filter(ends_on__gte=day).order_by("ends_on", "-starts_on").first()
    return ending or begun.filter(ends_on__isnull=True).order_by("-starts_on").first()


def half_days(day: date) -> list[HalfDay]:
    """The half-days of a working day, in order; none on a weekend or a holiday, one under a single sitting."""
    if not is_working_day(day):
        return []
    regime = regime_on(day)
    if regime is None:
        return []
    sittings = Sitting.objects.filter(regime=regime, weekday_from__lte=day.weekday(), weekday_to__gte=day.weekday())
    return [HalfDay(s.half, s.starts_at, s.ends_at) for s in sittings.order_by("starts_at")]


def is_working_day(day: date) -> bool:
    """Monday to Friday, outside the public holidays (estimated ones too)."""
    return day.weekday() < SATURDAY and not Holiday.objects.filter(on=day).exists()


def why_closed(day: date) -> str:
    """Why nothing is proposed on a day, in the reader's language; empty on a working day."""
    if day.weekday() >= SATURDAY:
        return gettext("weekend")
    holidays = holidays_on(day)
    if not holidays:
        return "" if regime_on(day) else gettext("no working-time regime is known for this day")
    # Translators: the comma between words of a list
    return pgettext("list", ", ").join(words_of(holiday) for holiday in holidays)


def words_of(holiday: Holiday) -> str:
    """A holiday as it is named; an estimated date says so."""
    if holiday.status == HolidayStatus.ESTIMATED:
        return gettext("%(holiday)s (estimated date)") % {"holiday": holiday.name}
    return holiday.name


@journal.act
def confirm(*, holiday: Holiday, on: date, source: str = "", actor: User | None) -> Holiday:
    """A lunar holiday is announced: its date, perhaps beside the estimate, is confirmed; its other days move along.

    Raises DomainError for a holiday of fixed date and for a day far from the estimate. A second call changes nothing.
    """
    current = saving.locked(Holiday, holiday.pk)
    if current.kind != HolidayKind.LUNAR:
        raise DomainError(gettext("Only the date of a lunar holiday is announced."), code="fixed", field="on")
    if abs(on - current.on) > FEAST:
        words = {"day": date_format(current.on, "DATE_FORMAT")}
        raise DomainError(gettext("The estimate is %(day)s: choose a day near it.") % words, code="far", field="on")
    move = on - current.on
    days = Holiday.objects.filter(name_fr=current.name_fr, on__range=(current.on - FEAST, current.on + FEAST))
    changed = False
    for row in days.select_for_update(of=("self",)).order_by("on" if move <= timedelta() else "-on"):
        values = {"on": row.on + move, "status": HolidayStatus.CONFIRMED, "source": source or row.source}
        changed |= bool(saving.change(row, **values))
    if changed:
        journal.record("holiday.confirm", obj=current, actor=actor, data={"on": on.isoformat()})
    return Holiday.objects.get(pk=current.pk)
