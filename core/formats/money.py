"""Amounts: shown alike in every language, read with comma or dot. A dot is never a group sign."""

from __future__ import annotations

import re
from decimal import Decimal

from core.formats.dates import NBSP, language_or_current
from core.formats.typed import cleaned

CURRENCY = {"fr": "DT", "ar": "د.ت.", "en": "TND"}
MILLIME = Decimal("0.001")
MINUS = "\u2212"
AMOUNT = re.compile(r"([-+]?)(\d{1,3}(?: \d{3})+|\d+)(?:[.,](\d{1,3}))?")
UNITS = re.compile(r" ?(?:DT|TND|dinars?|د ?\. ?ت ?\.?|دينار)$", re.IGNORECASE)


def number(value: Decimal | int, places: int = 0) -> str:
    """`12 480` or `12 480,500`: groups with U+00A0, decimal comma."""
    grouped = f"{abs(Decimal(value)):,.{places}f}".replace(",", NBSP).replace(".", ",")
    return f"{MINUS if value < 0 else ''}{grouped}"


def money(amount: Decimal | int, language: str | None = None) -> str:
    """`12 480,000 DT`, `12 480,000 د.ت.`, `12 480,000 TND`: always the millimes."""
    return f"{number(amount, 3)}{NBSP}{CURRENCY[language_or_current(language)]}"


def parse_money(text: str) -> Decimal:
    """`1 234,500`, `1234.5`, `١٢٣٤٫٥`, with or without currency. Raises ValueError, also for a doubtful `1.234,5`."""
    text = cleaned(text).replace("٫", ",").replace("٬", " ").replace(MINUS, "-")
    found = AMOUNT.fullmatch(UNITS.sub("", text))
    if not found:
        raise ValueError(text)
    sign, whole, millimes = found.groups()
    return Decimal(f"{sign}{whole.replace(' ', '')}.{millimes or '0'}").quantize(MILLIME)
