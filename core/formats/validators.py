"""What a name or a line may not hold: signs that turn the direction, that nobody sees, or that break the line."""

from __future__ import annotations

import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

LINE_ENDS = {"\u2028", "\u2029"}
# Beside letters: what names of people, functions and institutions are written with.
LETTER_CATEGORIES = {"Lu", "Ll", "Lt", "Lm", "Lo"}


def no_hidden_signs(text: str) -> None:
    """Refuses direction controls (U+202A-202E, U+2066-2069, U+200E, U+200F) and every other invisible sign."""
    for char in text:
        if unicodedata.category(char) in {"Cf", "Co", "Cs"}:
            raise ValidationError(
                _("It holds an invisible sign (U+%(code)s). Type it again instead of pasting it."),
                code="hidden_sign",
                params={"code": f"{ord(char):04X}"},
            )


def one_line(text: str) -> None:
    """Refuses line breaks, tabs and control characters."""
    if any(unicodedata.category(char) == "Cc" or char in LINE_ENDS for char in text):
        raise ValidationError(_("Write it on one line, without line breaks or tabs."), code="one_line")


def _script(text: str, script: str) -> bool:
    letters = [char for char in text if unicodedata.category(char) in LETTER_CATEGORIES]
    return bool(letters) and all(unicodedata.name(char, "").startswith(script) for char in letters)


def latin_name(text: str) -> None:
    """Letters are Latin ones, and there is at least one."""
    if not _script(text, "LATIN"):
        raise ValidationError(_("Write this name in Latin letters."), code="script")


def arabic_name(text: str) -> None:
    """Letters are Arabic ones, and there is at least one."""
    if not _script(text, "ARABIC"):
        raise ValidationError(_("Write this name in Arabic letters."), code="script")
