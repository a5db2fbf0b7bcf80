"""Text that a PDF may hold: no control or direction signs, no space or hyphen that the typeface lacks."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

REPLACED = {"\u202f": "\u00a0", "\u2007": "\u00a0", "\u2011": "-", "\u2028": "\n", "\u2029": "\n", "\t": " ", "\r": ""}
UNKNOWN = "□"  # shown where no typeface has the sign


def printable(text: str) -> str:
    """The same text in composed form, without signs that cannot be seen and without holes in Unicode."""
    kept = []
    for char in unicodedata.normalize("NFC", text):
        char = REPLACED.get(char, char)
        category = unicodedata.category(char) if len(char) == 1 else ""
        if char == "\n" or category not in {"Cc", "Cf", "Co", "Cs", "Cn"}:
            kept.append(char)
        elif category in {"Co", "Cn"}:
            kept.append(UNKNOWN)
    return "".join(kept)


def printable_data(value: object) -> object:
    """`printable` for every text inside dictionaries and lists."""
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, Mapping):
        return {key: printable_data(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [printable_data(item) for item in value]
    return value
