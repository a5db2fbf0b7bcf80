"""Telephone numbers: kept as E.164, Tunisian ones shown `71 234 567`."""

from __future__ import annotations

import re

from core.formats.dates import NBSP
from core.formats.typed import cleaned

TUNISIA = "+216"
TUNISIAN = re.compile(r"[2-57-9]\d{7}")
ABROAD = re.compile(r"\+[1-9]\d{7,14}")


def parse_phone(text: str) -> str:
    """E.164 of what is typed; a number without country code is Tunisian. Raises ValueError."""
    digits = re.sub(r"[ .\-/()]", "", cleaned(text))
    if digits.startswith("00"):
        digits = "+" + digits[2:]
    if not digits.startswith("+"):
        digits = TUNISIA + digits
    local = digits.removeprefix(TUNISIA)
    if not (TUNISIAN.fullmatch(local) if local != digits else ABROAD.fullmatch(digits)):
        raise ValueError(text)
    return digits


def phone(stored: str) -> str:
    """How a stored number is shown: `71 234 567`, or as it is when it is foreign."""
    local = stored.removeprefix(TUNISIA)
    if local == stored or not TUNISIAN.fullmatch(local):
        return stored
    return NBSP.join((local[:2], local[2:5], local[5:]))
