"""What a cell becomes: names, addresses, telephones, days, a choice. Each takes a cell that holds something.

They read what people have in their tables (Arabic-Indic digits, numbers that lost a zero, both scripts in one cell) and
raise ValidationError with a sentence for the cell; `Remarked` gives a value and says what was done to get it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.errors import DomainError
from core.formats import validators
from core.formats.dates import parse_date
from core.formats.phones import parse_phone
from core.formats.typed import ascii_digits, cleaned
from core.tables.columns import Remarked, Split, heading_key
from core.tables.grid import NUMBER, Cell

FIRST_YEAR, LAST_YEAR = 1900, 2199
FIRST_DAY = date(1899, 12, 30)
SERIALS = range(7_000, 110_000)
"""Days of Excel's count between 1919 and 2201."""
BETWEEN_PHONES = re.compile(r"\s*(?:[/;,|\n]|\bou\b|\bor\b|\bet\b|أو| - )\s*", re.IGNORECASE)
WORD_BEFORE = re.compile(
    r"^(?:t[ée]l(?:[ée]phone)?|gsm|mobile|mob|portable|fixe|phone|هاتف|الهاتف)\b[ .:]*", re.IGNORECASE
)
EXPONENT = re.compile(r"\d[.,]?\d*e\+?\d+", re.IGNORECASE)
ADDRESS = re.compile(r"[^\s<>;,()\[\]\"]+@[^\s<>;,()\[\]\"]+")
AROUND_A_NAME = " .,;:/|-–—()[]"


def text(most: int = 200) -> Callable[[Cell], str]:
    """One line of at most `most` characters."""

    def clean(cell: Cell) -> str:
        line = " ".join(cell.text.split())
        validators.no_hidden_signs(line)
        if len(line) > most:
            raise ValidationError(_("At most %(most)s characters.") % {"most": most})
        return line

    return clean


def names(latin: str, arabic: str, most: int = 200) -> Callable[[Cell], Split]:
    """A name in either script, or in both in one cell: the values of the fields `latin` and `arabic`."""

    def clean(cell: Cell) -> Split:
        parts = {latin: [], arabic: []}  # type: dict[str, list[str]]
        last = "latin"
        for word in text(2 * most)(cell).split():
            scripts = _scripts(word)
            if len(scripts) > 1 or "" in scripts:
                raise ValidationError(_("Write the name in Latin or in Arabic letters, or in both beside each other."))
            last = next(iter(scripts), last)  # a number belongs to the letters before it
            parts[_field(last, latin, arabic)].append(word)
        found = {field: " ".join(words).strip(AROUND_A_NAME) for field, words in parts.items()}
        found = {field: name for field, name in found.items() if name and _scripts(name)}
        if not found:
            raise ValidationError(_("This is not a name."))
        if any(len(name) > most for name in found.values()):
            raise ValidationError(_("At most %(most)s characters.") % {"most": most})
        return Split(found)

    return clean


def email(cell: Cell) -> str:
    """One address in lower case; `Name <address>` and `mailto:` are understood."""
    found = ADDRESS.findall(ascii_digits(cell.text).removeprefix("mailto:"))
    if len(found) > 1:
        raise ValidationError(_("There is more than one address. Keep one."))
    address = (found[0] if found else cell.text).strip(".").lower()
    validators.no_hidden_signs(address)
    try:
        validate_email(address)
    except ValidationError:
        raise ValidationError(_("This is not an e-mail address.")) from None
    return address


def phone(cell: Cell) -> str | Remarked:
    """E.164; a Tunisian number has eight digits, with or without 216. Of several the first is taken, which is said."""
    whole = cell.text.strip()
    if EXPONENT.search(whole) or cell.note == "shortened":
        raise ValidationError(_("The number was shortened by the spreadsheet. Write it again as text."))
    parts = [whole, *(part for part in BETWEEN_PHONES.split(whole) if part and part != whole)]
    found = [number for part in parts if (number := _phone(part, numeric=cell.kind == NUMBER))]
    if not found:
        raise ValidationError(_("Write the eight digits of a Tunisian number, or + and the country code."))
    if len(parts) > 2 and _phone(whole, numeric=False) == "":
        return Remarked(found[0], _("There are several numbers: the first is taken."))
    return found[0]


def day(cell: Cell) -> date:
    """A day: of a cell with a day, Excel's count of days, or as people write it."""
    written = cell.text[:10] if cell.kind == "date" else cleaned(cell.text)
    try:
        if written.isdecimal() and len(written) < 7 and int(written) in SERIALS:
            found = FIRST_DAY + timedelta(days=int(written))
        else:
            found = parse_date(written)
    except LookupError:
        raise ValidationError(_("Write the date as day/month/year, for example 03/06/2026.")) from None
    except ValueError:
        raise ValidationError(_("This date does not exist in the calendar.")) from None
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        said = _("Check the year: it lies between %(first)s and %(last)s.")
        raise ValidationError(said % {"first": FIRST_YEAR, "last": LAST_YEAR})
    return found


def choice(options: Mapping[str, Any], message: str | Promise) -> Callable[[Cell], Any]:
    """One of `options`, by any of its spellings; case, accents, signs and Arabic letter forms do not matter."""
    keys = {heading_key(spelling): value for spelling, value in options.items()}

    def clean(cell: Cell) -> Any:
        key = heading_key(cell.text)
        if key not in keys:
            raise DomainError(message)
        return keys[key]

    return clean


def looks_like_email(text: str) -> bool:
    return bool(ADDRESS.fullmatch(text.strip()))


def looks_like_phone(text: str) -> bool:
    pieces = [re.sub(r"[\s+.\-()]", "", ascii_digits(piece)) for piece in (text, *BETWEEN_PHONES.split(text))]
    return any(piece.isdecimal() and 8 <= len(piece) <= 15 for piece in pieces)


def looks_like_latin_name(text: str) -> bool:
    return _looks_like_name(text, "latin")


def looks_like_arabic_name(text: str) -> bool:
    return _looks_like_name(text, "arabic")


def _looks_like_name(text: str, script: str) -> bool:
    letters = [char for char in text if char.isalpha()]
    return (
        script in _scripts(text)
        and 2 <= len(text.split()) <= 8
        and len(letters) * 10 >= len(text.replace(" ", "")) * 8
        and not any(char.isdigit() or char == "@" for char in text)
    )


def _scripts(word: str) -> set[str]:
    """The scripts of its letters: latin, arabic, or "" for another."""
    found = set()
    for char in word:
        if char.isalpha():
            name = unicodedata.name(char, "")
            found.add("latin" if name.startswith("LATIN") else "arabic" if name.startswith("ARABIC") else "")
    return found


def _field(script: str, latin: str, arabic: str) -> str:
    return latin if script == "latin" else arabic


def _phone(text: str, *, numeric: bool) -> str:
    """E.164, or nothing."""
    digits = WORD_BEFORE.sub("", text.strip().lstrip("'"))
    if digits.startswith("(+"):
        digits = digits.replace("(", "", 1).replace(")", "", 1)
    plain = re.sub(r"\D", "", ascii_digits(digits))
    if (numeric or not digits.startswith("+")) and len(plain) == 11 and plain.startswith("216"):
        digits = "+" + plain
    elif numeric and len(plain) > 8:
        digits = "+" + plain.lstrip("0")
    try:
        return parse_phone(digits)
    except ValueError:
        return ""
