"""When the administration works on a day: the sittings of the regime in force, none on weekends and public holidays."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Q
from django.utils.translation import gettext

from directory.enums import HolidayStatus
from directory.models import Holiday, Regime, Sitting

FOREVER = timedelta.max


def half_days(day: date) -> list[Sitting]:
    """The half-days that can be held on `day`, in their order; empty on a day of rest."""
    regime = regime_on(day)
    if regime is None or Holiday.objects.filter(on=day).exists():
        return []
    weekday = day.weekday()
    return list(regime.sittings.filter(weekday_from__lte=weekday, weekday_to__gte=weekday).order_by("starts_at"))


def regime_on(day: date) -> Regime | None:
    """The regime in force on `day`: of several, the narrowest."""
    rows = Regime.objects.filter(starts_on__lte=day).filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day))
    return min(rows.order_by("id"), key=_width, default=None)


def why_closed(day: date) -> str:
    """Why `day` has no half-day, in words; empty when it has one."""
    holiday = Holiday.objects.filter(on=day).first()
    if holiday is not None:
        if holiday.status == HolidayStatus.ESTIMATED:
            return gettext("%(holiday)s (estimated date)") % {"holiday": holiday.name}
        return holiday.name
    if half_days(day):
        return ""
    if regime_on(day) is None:
        return gettext("the working hours of that day are not known")
    return gettext("day of rest")


def _width(regime: Regime) -> timedelta:
    return FOREVER if regime.ends_on is None else regime.ends_on - regime.starts_on
