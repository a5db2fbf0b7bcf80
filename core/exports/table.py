"""A sheet as CSV that Excel in French and LibreOffice open right: UTF-8 with its mark, semicolons, CRLF.

A text that a spreadsheet would take for a formula gets an apostrophe before it. Telephone numbers and plain numbers
with a sign cannot act, and stay as they are.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Any, BinaryIO

from django.utils import timezone

from core.exports.quick import TEXTS, clean
from core.exports.sheet import PIECE, Sheet
from core.exports.spec import Kind
from core.exports.workbook import Tick

CONTENT_TYPE = "text/csv; charset=utf-8"
ACTS = re.compile(r"\s*[\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]*\s*[=+\-@|%＝＋－＠\t\r\n]")
"""How a text begins that some spreadsheet runs; signs that are not seen may stand before it."""
HARMLESS = re.compile(r"[+-]?[0-9]+([ .,][0-9]+)*")


def write(out: BinaryIO, sheet: Sheet, *, tick: Tick) -> int:
    """Write the table to `out`; returns how many rows it holds."""
    lines = io.TextIOWrapper(out, encoding="utf-8-sig", newline="", write_through=False)
    writer = csv.writer(lines, delimiter=";", lineterminator="\r\n")
    writer.writerow([inert(heading) for heading in sheet.headings])
    shown = [_shown(kind) for kind in sheet.kinds]
    count = 0
    for count, values in enumerate(sheet.rows, start=1):
        writer.writerow(["" if value is None else show(value) for show, value in zip(shown, values, strict=True)])
        if count % PIECE == 0:
            tick(count)
    lines.flush()
    lines.detach()
    return count


def inert(value: Any) -> str:
    """The text, unable to act when a spreadsheet opens it."""
    text = clean(value)
    if ACTS.match(text) and not HARMLESS.fullmatch(text):
        return f"'{text}"
    return text


def _shown(kind: Kind) -> Callable[[Any], str]:
    if kind in TEXTS:
        return inert
    if kind is Kind.DATE:
        return _day
    if kind is Kind.DATETIME:
        return _moment
    return lambda value: str(value).replace(".", ",")


def _day(value: date) -> str:
    return f"{value:%d/%m/%Y}"


def _moment(value: datetime) -> str:
    return f"{timezone.localtime(value):%d/%m/%Y %H:%M}"
