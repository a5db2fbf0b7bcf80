"""A sheet as XLSX, row by row in constant memory. Every cell is written by its type: no text is ever a formula."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO

import xlsxwriter
from xlsxwriter.exceptions import XlsxWriterException

from core.exports.quick import QuickSheet
from core.exports.sheet import DEMONSTRATION, PIECE, Sheet
from core.exports.spec import Kind

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORBIDDEN_IN_TITLE = re.compile(r"[\[\]:*?/\\']")
NOTHING = (None, "")
FORMATS = {
    Kind.DATE: "dd/mm/yyyy",
    Kind.DATETIME: "dd/mm/yyyy hh:mm",
    Kind.DECIMAL: "#,##0.000",
    Kind.INT: "0",
    Kind.PHONE: "@",
    Kind.TEXT: "@",
    Kind.YESNO: "@",
}

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
    page = book.add_worksheet(FORBIDDEN_IN_TITLE.sub(" ", sheet.title)[:31], QuickSheet)
    _dress(book, page, sheet)
    looks = {kind: book.add_format({"num_format": FORMATS[kind]}) for kind in Kind}
    cells = [page.cell(column, kind, looks[kind]) for column, kind in enumerate(sheet.kinds)]
    page.begin()
    count = 0
    for count, values in enumerate(sheet.rows, start=1):
        row = [cell(count, value) for cell, value in zip(cells, values, strict=True) if value not in NOTHING]
        page.put(count, row)
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
