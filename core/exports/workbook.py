"""A sheet as XLSX, row by row in constant memory. Every cell is written by its type: no text is ever a formula."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

import xlsxwriter
from django.utils import timezone
from xlsxwriter.exceptions import XlsxWriterException

from core.exports.sheet import DEMONSTRATION, PIECE, Sheet
from core.exports.spec import Kind

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MAX_TEXT = 32_767
ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
FORBIDDEN_IN_TITLE = re.compile(r"[\[\]:*?/\\']")
EPOCH = date(1899, 12, 30)
DAY = 86_400
FORMATS = {
    Kind.DATE: "dd/mm/yyyy",
    Kind.DATETIME: "dd/mm/yyyy hh:mm",
    Kind.DECIMAL: "#,##0.000",
    Kind.INT: "0",
    Kind.PHONE: "@",
    Kind.TEXT: "@",
    Kind.YESNO: "@",
}
TEXTS = frozenset({Kind.TEXT, Kind.PHONE, Kind.YESNO})

Tick = Callable[[int], None]


def write(out: BinaryIO, sheet: Sheet, *, folder: Path, tick: Tick) -> int:
    """Write the workbook to `out`, with its intermediate files in `folder`; returns how many rows it holds."""
    options = {
        "constant_memory": True,
        "tmpdir": str(folder),
        "strings_to_formulas": False,
        "strings_to_numbers": False,
        "strings_to_urls": False,
    }
    book = xlsxwriter.Workbook(out, options)
    page = book.add_worksheet(FORBIDDEN_IN_TITLE.sub(" ", sheet.title)[:31])
    _dress(book, page, sheet)
    cells = [_cell(page, kind, book.add_format({"num_format": FORMATS[kind]})) for kind in sheet.kinds]
    count = 0
    for count, values in enumerate(sheet.rows, start=1):
        for column, (cell, value) in enumerate(zip(cells, values, strict=True)):
            if value is not None and value != "":
                cell(count, column, value)
        if count % PIECE == 0:
            tick(count)
    page.autofilter(0, 0, max(count, 1), len(cells) - 1)
    try:
        book.close()
    except XlsxWriterException as error:  # it hides what the system said
        cause = error.args[0] if error.args else None
        raise cause if isinstance(cause, OSError) else error from error
    return count


def _dress(book: Any, page: Any, sheet: Sheet) -> None:
    """Headings, widths, direction, and the mark of the demonstration."""
    bold = book.add_format({"bold": True, "bottom": 1, "num_format": "@"})
    for column, width in enumerate(sheet.widths):
        page.set_column(column, column, width)
    if sheet.rtl:
        page.right_to_left()
    if sheet.is_demo:
        page.set_header(f"&C{DEMONSTRATION}")
        book.set_properties({"title": sheet.title, "comments": DEMONSTRATION})
    page.freeze_panes(1, 0)
    page.repeat_rows(0)
    page.set_landscape()
    for column, heading in enumerate(sheet.headings):
        page.write_string(0, column, heading, bold)


def _cell(page: Any, kind: Kind, look: Any) -> Callable[[int, int, Any], Any]:
    """The writer of one column; the row and column are sure, so the checks of the public names are spared."""
    text, number = page._write_string, page._write_number
    if kind in TEXTS:
        return lambda row, column, value: text(row, column, clean(value), look)
    if kind is Kind.DATE:
        return lambda row, column, value: number(row, column, (value - EPOCH).days, look)
    if kind is Kind.DATETIME:
        return lambda row, column, value: number(row, column, serial(value), look)
    return partial(_number, number, look)


def _number(write_number: Any, look: Any, row: int, column: int, value: Any) -> None:
    write_number(row, column, value, look)


def serial(moment: datetime) -> float:
    """An instant as the spreadsheet counts them, on the clock of Tunis."""
    local = timezone.localtime(moment)
    seconds = local.hour * 3600 + local.minute * 60 + local.second
    return (local.date() - EPOCH).days + seconds / DAY


def clean(value: Any) -> str:
    """Text that a sheet can hold: no control signs, and not longer than a cell."""
    text = value if type(value) is str else str(value)
    if len(text) > MAX_TEXT:
        text = text[: MAX_TEXT - 1] + "…"
    return ILLEGAL.sub("", text) if ILLEGAL.search(text) else text
