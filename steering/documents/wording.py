"""Words of the papers on both sides."""

from __future__ import annotations

from datetime import date

from core import formats
from core.pdf import Bilingual
from steering.enums import DayCount


def day_words(day: date) -> Bilingual:
    """`vendredi 12 juin 2026`, `الجمعة 12 جوان 2026`."""
    return Bilingual(formats.long_date(day, "fr"), formats.long_date(day, "ar"))


def count_words(days: int, count: str) -> Bilingual:
    """`7 jours calendaires`, `5 jours ouvrables`."""
    working = count == DayCount.WORKING
    french = f"{days} jour{'s' if days > 1 else ''} {'ouvrable' if working else 'calendaire'}{'s' if days > 1 else ''}"
    return Bilingual(french, f"{_arabic_days(days)} {'عمل' if working else _following(days)}")


def _arabic_days(days: int) -> str:
    """The noun as Arabic counts it."""
    if days == 1:
        return "يوم"
    if days == 2:
        return "يوما"
    return f"{days} أيام" if 3 <= days <= 10 else f"{days} يوما" if days > 10 else f"{days} يوم"


def _following(days: int) -> str:
    return "متتالية" if 3 <= days <= 10 else "متتاليا" if days > 10 else "متتال"
