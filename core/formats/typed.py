"""What people type or paste, brought to one form before it is read: ASCII digits, plain spaces, no invisible signs."""

from __future__ import annotations

import unicodedata


def ascii_digits(text: str) -> str:
    """Arabic-Indic and every other decimal digit as 0-9."""
    return "".join(str(unicodedata.decimal(char)) if char.isdecimal() else char for char in text)


def cleaned(text: str) -> str:
    """For dates, hours, amounts, numbers and codes; never for names, where an invisible sign is refused instead."""
    visible = "".join(char for char in ascii_digits(text) if unicodedata.category(char) != "Cf")
    return " ".join(visible.split())
