"""A worksheet of xlsxwriter whose rows are written as one piece of XML each: four times as quick as cell by cell.

Everything else of the file (formats, widths, direction, the heading) is xlsxwriter's. Each cell says its type: a text
is an inline string whatever it looks like, escaped here, so that it is neither a formula nor a piece of the file.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from core.exports.spec import Kind

MAX_TEXT = 32_767
EPOCH = date(1899, 12, 30)
DAY = 86_400
TEXTS = frozenset({Kind.TEXT, Kind.PHONE, Kind.YESNO})
ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
SPECIAL = re.compile(r"[&<>\r]|_x[0-9A-Fa-f]{4}_")

Cell = Callable[[int, Any], str]


class QuickSheet(Worksheet):  # type: ignore[misc]
    """Rows are put in order, after the heading; `put()` needs the workbook's `constant_memory`."""

    def begin(self) -> None:
        """The heading is complete."""
        self._write_single_row(1)

    def put(self, number: int, cells: list[str]) -> None:
        """Write the row with this index (the heading's is 0)."""
        self.row_data_fh.write(f'<row r="{number + 1}">{"".join(cells)}</row>')
        self.dim_rowmax = self.previous_row = number

    def cell(self, column: int, kind: Kind, look: Any) -> Cell:
        """What writes the cells of one column: `cell(index of the row, value)`."""
        letters, style = xl_col_to_name(column), look._get_xf_index()
        if kind in TEXTS:
            middle = f'" s="{style}" t="inlineStr"><is><t xml:space="preserve">'
            return lambda row, value: f'<c r="{letters}{row + 1}{middle}{escaped(value)}</t></is></c>'
        number = NUMBERS.get(kind, str)
        return lambda row, value: f'<c r="{letters}{row + 1}" s="{style}"><v>{number(value)}</v></c>'


def escaped(value: Any) -> str:
    """Text as it stands in the file; `_x0041_` would be read as a sign's code, and is kept as it was written."""
    text = clean(value)
    if SPECIAL.search(text):
        text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#13;")
        text = re.sub(r"_(x[0-9A-Fa-f]{4}_)", r"_x005F_\1", text)
    return text


def clean(value: Any) -> str:
    """Text that a sheet can hold: no control signs, and not longer than a cell."""
    text = value if type(value) is str else str(value)
    if len(text) > MAX_TEXT:
        text = text[: MAX_TEXT - 1] + "…"
    return ILLEGAL.sub("", text) if ILLEGAL.search(text) else text


def day(value: date) -> int:
    """A day as the spreadsheet counts them."""
    return (value - EPOCH).days


def moment(value: datetime) -> float:
    """An instant as the spreadsheet counts them, on the clock of Tunis."""
    local = timezone.localtime(value)
    return (local.date() - EPOCH).days + (local.hour * 3600 + local.minute * 60 + local.second) / DAY


NUMBERS: dict[Kind, Callable[[Any], Any]] = {Kind.DATE: day, Kind.DATETIME: moment}
