"""Dates and amounts in the markup of a page; how they read is the rule of `core.formats`."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from functools import lru_cache

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

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
    return mark_safe(f'<time datetime="{local.isoformat()}">{_shown(local, style)}</time>')  # noqa: S308


def _shown(value: dt.date | dt.datetime, style: str) -> str:
    if style == "short":
        return _short(value.date() if isinstance(value, dt.datetime) else value, get_language() or "fr")
    day = formats.long_date(value) if style == "long" else formats.plain_date(value)
    if style in {"plain", "long"} or not isinstance(value, dt.datetime):
        return day
    return f"{value:%H:%M}" if style == "time" else f"{day} {value:%H:%M}"


@lru_cache(maxsize=4096)
def _short(day: dt.date, language: str) -> str:
    """Lists show the same days again and again, and Django reads the format anew for each."""
    return date_format(day, "SHORT_DATE_FORMAT")


def daterange(first: dt.date | None, last: dt.date | None) -> SafeString:
    """From one day to another, said once where they are the same."""
    if first is None or last is None:
        return date(first or last)
    words = conditional_escape(formats.date_range(first, last))
    return mark_safe(f'<time datetime="{first.isoformat()}">{words}</time>')  # noqa: S308


def money(amount: Decimal | int | None) -> SafeString:
    """An amount that keeps its own direction and its line."""
    return format_html('<bdi class="nowrap">{}</bdi>', formats.money(amount)) if amount is not None else SafeString("")
