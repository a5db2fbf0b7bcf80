"""Dates and amounts as the pages show them; the rules themselves are in `core.formats`."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString

from core.ui.props import one_of

STYLES = {
    "long": "DATE_FORMAT",
    "full": "l j F Y",
    "short": "SHORT_DATE_FORMAT",
    "time": "TIME_FORMAT",
    "moment": "DATETIME_FORMAT",
}


def day_and_month(day: dt.date, today: dt.date) -> str:
    """Day and month; with the year when it is not this year."""
    return date_format(day, "MONTH_DAY_FORMAT" if day.year == today.year else "DATE_FORMAT")


def date(value: dt.date | dt.datetime | None, style: str = "long") -> SafeString:
    """A `<time>` with the machine's form beside the reader's."""
    if value is None:
        return SafeString("")
    style = one_of("date", "style", style, STYLES, "long")
    local = timezone.localtime(value) if isinstance(value, dt.datetime) else value
    return format_html('<time datetime="{}">{}</time>', local.isoformat(), date_format(local, STYLES[style]))


def daterange(start: dt.date | None, end: dt.date | None, style: str = "long") -> SafeString:
    """From one day to another, said once where they are the same."""
    if start is None or end is None or start == end:
        return date(start or end, style)
    return format_html('<span class="nowrap">{}–{}</span>', date(start, style), date(end, style))


def money(amount: Decimal | int | None, currency: str = "TND") -> SafeString:
    """Three decimals, French grouping, the currency of the language."""
    if amount is None:
        return SafeString("")
    return format_html(
        '<bdi class="nowrap">{} {}</bdi>', f"{Decimal(amount):,.3f}".replace(",", " ").replace(".", ","), currency
    )
