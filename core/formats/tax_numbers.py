"""Tax numbers (matricule fiscal): kept as `1234567A` or `1234567AAM000`, shown `1234567 A/A/M/000`.

Seven digits and a key letter name the taxpayer; the code of the value added tax, the category and the establishment may
follow. Format: python-stdnum (`tn.mf`) and a course of the industry agency (APII), which adds the code F for flat-rate
payers. Key: two independent Odoo modules agree on it and 144 of 148 published numbers follow it; no official text was
found. So a wrong format is refused, and a wrong key is a warning.
"""

from __future__ import annotations

import re

from core.formats.dates import NBSP
from core.formats.typed import cleaned

DIGITS = 7
TAXPAYER = DIGITS + 1
"""Digits and key: the part that two establishments of one taxpayer share."""

SEAT = "000"
KEYS = "ABCDEFGHJKLMNPQRSTVWXYZ"
"""The alphabet without I, O and U, which are taken for figures or for V."""

STORED = r"^[0-9]{7}[A-HJ-NP-TV-Z]([ABDFNP]([CMNP]000|E[0-9]{3}))?$"
"""As PostgreSQL and Python read it: an establishment other than 000 is of category E."""

_STORED = re.compile(STORED, re.ASCII)
_NUMBER = re.compile(rf"(\d{{1,{DIGITS}}})([A-Z]\w*)", re.ASCII)
_SIGNS = re.compile(r"[ ./\\\-_]")


def parse_tax_number(text: str) -> str:
    """What is kept of what is typed: digits padded from the left, no blanks or strokes, capitals. Raises ValueError."""
    found = _NUMBER.fullmatch(_SIGNS.sub("", cleaned(text)).upper())
    number = found[1].zfill(DIGITS) + found[2] if found else ""
    if not _STORED.fullmatch(number) or not int(number[:DIGITS]):
        raise ValueError(text)
    return number


def is_well_formed(stored: str) -> bool:
    """Whether a number is in the form in which numbers are kept."""
    return bool(_STORED.fullmatch(stored))


def key_of(digits: str) -> str:
    """The key letter that belongs to seven digits."""
    weights = range(DIGITS, 0, -1)
    return KEYS[sum(weight * int(digit) for weight, digit in zip(weights, digits, strict=True)) % len(KEYS)]


def is_key_right(stored: str) -> bool:
    """Whether the key of a stored number follows from its digits."""
    return key_of(stored[:DIGITS]) == stored[DIGITS]


def seat_of(stored: str) -> str:
    """Taxpayer and establishment of a stored number: its short form is that of the seat."""
    return stored[:TAXPAYER] + (stored[TAXPAYER + 2 :] or SEAT)


def tax_number(stored: str) -> str:
    """How a stored number is shown: `1234567 A`, or `1234567 A/A/M/000` in full."""
    head = f"{stored[:DIGITS]}{NBSP}{stored[DIGITS:TAXPAYER]}"
    rest = stored[TAXPAYER:]
    return "/".join((head, rest[0], rest[1], rest[2:])) if rest else head
