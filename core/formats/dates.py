"""Days and hours in words, and days as people write them."""

from __future__ import annotations

import re
from datetime import date, time

from django.utils.translation import get_language

from core.formats.names import MONTH_NUMBERS, MONTHS, WEEKDAYS
from core.formats.typed import cleaned

NBSP = "\u00a0"
DAY_FIRST = re.compile(r"(\d{1,2})(?: ?[/.\-] ?| )(\d{1,2})(?: ?[/.\-] ?| )(\d{4}|\d{2})")
YEAR_FIRST = re.compile(r"(\d{4})[/.\-](\d{1,2})[/.\-](\d{1,2})")
IN_WORDS = re.compile(r"(?:[^\W\d]+,? )?(\d{1,2})(?:er)? ([^\W\d]+) (\d{4})")
CENTURY_TURNS = 69  # two digits: 69-99 are 19.., as in C and Python


def language_or_current(language: str | None) -> str:
    """One of the portal's languages: the one asked for, or else the reader's."""
    code = (language or get_language() or "fr")[:2]
    return code if code in MONTHS else "fr"


def _day(day: date, language: str) -> str:
    return "1er" if language == "fr" and day.day == 1 else str(day.day)


def _month(day: date, language: str) -> str:
    return MONTHS[language][day.month - 1]


def plain_date(day: date, language: str | None = None) -> str:
    """`3 juin 2026`, `3 جوان 2026`, `3 June 2026`."""
    code = language_or_current(language)
    return f"{_day(day, code)} {_month(day, code)} {day.year}"


def long_date(day: date, language: str | None = None) -> str:
    """`mercredi 3 juin 2026`, `الأربعاء 3 جوان 2026`, `Wednesday 3 June 2026`."""
    code = language_or_current(language)
    return f"{WEEKDAYS[code][day.weekday()]} {plain_date(day, code)}"


def date_range(first: date, last: date, language: str | None = None) -> str:
    """`6–9 mai 2014`, `من 6 إلى 9 ماي 2014`; two days running are named: `6 et 7 mai 2014`, `يومي 6 و7 ماي 2014`."""
    code = language_or_current(language)
    if first == last:
        return plain_date(first, code)
    if (first.year, first.month) == (last.year, last.month):
        start, end = _day(first, code), plain_date(last, code)
        if (last - first).days == 1:
            return {"fr": f"{start} et {end}", "ar": f"يومي {start} و{end}", "en": f"{start} and {end}"}[code]
        return f"من {start} إلى {end}" if code == "ar" else f"{start}–{end}"
    start = f"{_day(first, code)} {_month(first, code)}" if first.year == last.year else plain_date(first, code)
    end = plain_date(last, code)
    return f"من {start} إلى {end}" if code == "ar" else f"{start} – {end}"


def time_range(start: time, end: time, language: str | None = None) -> str:
    """`08:30–12:30`; in Arabic in words, because a dash between figures would be read from the wrong side."""
    first, last = start.strftime("%H:%M"), end.strftime("%H:%M")
    return f"من {first} إلى {last}" if language_or_current(language) == "ar" else f"{first}–{last}"


def parse_date(text: str) -> date:
    """A day as people write it: `3/6/2026`, `03-06-26`, `٣/٦/٢٠٢٦`, ISO, or in words in any of the languages.

    Raises LookupError when it is no date at all and ValueError when it is a day that does not exist.
    """
    text = cleaned(text)
    if found := DAY_FIRST.fullmatch(text):
        day, month, year = (int(part) for part in found.groups())
        if len(found[3]) == 2:
            year += 1900 if year >= CENTURY_TURNS else 2000
    elif found := YEAR_FIRST.fullmatch(text):
        year, month, day = (int(part) for part in found.groups())
    elif (found := IN_WORDS.fullmatch(text)) and (named := MONTH_NUMBERS.get(found[2].lower())):
        day, month, year = int(found[1]), named, int(found[3])
    else:
        raise LookupError(text)
    return date(year, month, day)
