"""From what a workbook stores to what people see: numbers without exponent, days by their format, texts, errors."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal, InvalidOperation

from core.tables import elements
from core.tables.grid import DATE, ERROR, NOTHING, NUMBER, TEXT, Cell, text_cell

DAY_FORMATS = {*range(14, 18), 22, *range(27, 37), *range(50, 59)}
ASIDE = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.|\*.')
ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
SURE_DIGITS = 15
"""A number in Excel has no more; what follows is zeros."""
LARGEST_EXPONENT = 30
MOST_STYLES = 65_000


@dataclass
class Raw:
    """A cell as it is stored: its type, its format's number, its text, whether a formula made it."""

    kind: str = "n"
    style: int = 0
    value: str = ""
    formula: bool = False


class Styles(elements.Handler):
    """Which formats show a number as a day."""

    def __init__(self, *, from_1904: bool = False) -> None:
        self.epoch = datetime(1904, 1, 1) if from_1904 else datetime(1899, 12, 30)  # noqa: DTZ001 - a sheet has no zone
        self._days = set(DAY_FORMATS)
        self._formats: list[int] = []
        self._inside = False

    def start(self, name: str, attributes: elements.Attributes) -> None:
        number = attributes.get("numFmtId", "")
        known = int(number) if number.isdecimal() and len(number) < 7 else 0
        if name == "numFmt" and shows_a_day(attributes.get("formatCode", "")):
            self._days.add(known)
        elif name == "cellXfs":
            self._inside = True
        elif name == "xf" and self._inside and len(self._formats) < MOST_STYLES:
            self._formats.append(known)

    def end(self, name: str) -> None:
        if name == "cellXfs":
            self._inside = False

    def is_day(self, style: int) -> bool:
        return style < len(self._formats) and self._formats[style] in self._days


def shows_a_day(code: str) -> bool:
    """Whether a format such as `dd/mm/yyyy` shows a day: not an hour alone, not a number."""
    plain = ASIDE.sub("", code[:200].lower()).partition(";")[0]
    if not plain or set(plain) & set("#?%") or plain in {"general", "standard"}:
        return False
    return bool(set(plain) & set("yd")) or ("m" in plain and not set(plain) & set("hs0"))


def cell_of(raw: Raw, styles: Styles, strings: dict[int, str]) -> Cell:
    """The cell that a person sees."""
    note = "formula" if raw.formula else ""
    if not raw.value:
        return Cell("", ERROR, "no_value") if raw.formula and raw.kind != "str" else NOTHING
    if raw.kind == "s":
        text = strings.get(int(raw.value), "") if raw.value.isdecimal() and len(raw.value) < 9 else ""
        return text_cell(unescaped(text), note=note)
    if raw.kind in {"str", "inlineStr"}:
        return text_cell(unescaped(raw.value), note=note)
    if raw.kind == "e":
        return Cell(text_cell(raw.value).text[:40], ERROR, note)
    if raw.kind == "b":
        return Cell("TRUE" if raw.value.strip() == "1" else "FALSE", TEXT, note)
    if raw.kind == "d":
        return Cell(raw.value.strip()[:10], DATE, note)
    return _number(raw, styles, note)


def _number(raw: Raw, styles: Styles, note: str) -> Cell:
    try:
        number = Decimal(raw.value.strip()[:40])
    except InvalidOperation:
        return text_cell(raw.value, note=note)
    if not number.is_finite() or abs(number.adjusted()) > LARGEST_EXPONENT:
        return text_cell(raw.value, note=note)
    if styles.is_day(raw.style) and (day := day_of(number, styles.epoch)):
        return Cell(day, DATE, note)
    text = plain_number(number)
    digits = text.lstrip("-0.").replace(".", "")
    return Cell(text, NUMBER, note or ("shortened" if len(digits) > SURE_DIGITS and "." not in text else ""))


def plain_number(number: Decimal) -> str:
    """All digits, no exponent, no zeros at the end; the float's last noise is rounded away."""
    rounded = number if number == number.to_integral_value() else Decimal(f"{number:.{SURE_DIGITS}g}")
    text = f"{rounded:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def day_of(serial: Decimal, epoch: datetime) -> str:
    """The day, and its hour where there is one, of Excel's count; empty when it is out of the calendar."""
    if not 1 <= serial < 2_958_466:
        return ""
    if epoch.year == 1899 and serial < 60:
        serial += 1  # Excel has a 29 February 1900
    moment = epoch + timedelta(seconds=round(float(serial) * 86_400))
    return f"{moment:%Y-%m-%d}" if moment.hour == moment.minute == 0 else f"{moment:%Y-%m-%d %H:%M}"


def unescaped(text: str) -> str:
    """`_x000D_` is how a workbook writes a control sign."""
    return ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text
