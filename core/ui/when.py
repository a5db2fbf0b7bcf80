"""Dates and amounts in the markup of a page; how they read is the rule of `core.formats`."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString

from core import formats
from core.ui.props import one_of

STYLES = frozenset({"plain", "long", "short", "moment", "time"})


def day_and_month(day: dt.date, today: dt.date) -> str:
    """`30 mai`; with its year when it is not this year."""
    shown = formats.plain_date(day)
    return shown.removesuffix(f" {day.year}") if day.year == today.year else shown


def date(value: dt.date | dt.datetime | None, style: str = "plain") -> SafeString:
    """A `<time>`: the reader's form, and the machine's in its attribute."""
    if value is None:
        return SafeString("")
    style = one_of("date", "style", style, STYLES, "plain")
    local = timezone.localtime(value) if isinstance(value, dt.datetime) else value
    return format_html('<time datetime="{}">{}</time>', local.isoformat(), _shown(local, style))


def _shown(value: dt.date | dt.datetime, style: str) -> str:
    if style == "short":
        return date_format(value, "SHORT_DATE_FORMAT")
    day = formats.long_date(value) if style == "long" else formats.plain_date(value)
    if style in {"plain", "long"} or not isinstance(value, dt.datetime):
        return day
    return f"{value:%H:%M}" if style == "time" else f"{day} {value:%H:%M}"


def daterange(first: dt.date | None, last: dt.date | None) -> SafeString:
    """From one day to another, said once where they are the same."""
    if first is None or last is None:
        return date(first or last)
    return format_html('<time datetime="{}">{}</time>', first.isoformat(), formats.date_range(first, last))


def money(amount: Decimal | int | None) -> SafeString:
    """An amount that keeps its own direction and its line."""
    return format_html('<bdi class="nowrap">{}</bdi>', formats.money(amount)) if amount is not None else SafeString("")
