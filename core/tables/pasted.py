"""What is pasted out of Excel, Word or a mail, and files of separated values: lines of cells.

Cells parted by tabs are read as Excel copies them (a cell with a line break or a tab stands in quotes). Without tabs,
the sign among `;` and `,` that parts every line into as many cells is taken; else every line is one cell.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from core.tables.grid import (
    HEAD_ROOM,
    MOST_COLUMNS,
    MOST_IN_A_CELL,
    MOST_LINES,
    MOST_ROWS,
    Cell,
    Grid,
    TableRefused,
    grid_of,
    text_cell,
    too_many_columns,
    too_many_rows,
)

MOST_CHARACTERS = 2_000_000
BLANK = " \t\n\u00a0;,|"
"""What alone in a cell is nothing."""
LOOKED_AT = 30
"""Lines by which the separating sign is found."""

csv.field_size_limit(MOST_CHARACTERS)  # Python's own limit is lower, and an error instead of a refusal


def read_pasted(text: str, *, most_rows: int = MOST_ROWS) -> Grid:
    """The table that somebody pasted.

    Raises TableRefused: too_big, too_many_rows, too_many_columns, not_a_table, empty.
    """
    if len(text) > MOST_CHARACTERS:
        raise TableRefused(_("This text is too long. Divide the list and give it in several parts."), code="too_big")
    text = text.removeprefix("\ufeff").replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n")
    lines: list[tuple[int, list[Cell]]] = []
    for number, cells in enumerate(_records(text, separator_of(text)), start=1):
        if number > MOST_LINES:
            raise too_many_rows(most_rows)
        while cells and not cells[-1].strip(BLANK):
            cells.pop()
        if not cells:
            continue
        if len(cells) > MOST_COLUMNS:
            raise too_many_columns()
        if max(map(len, cells)) > MOST_IN_A_CELL:
            raise _not_a_list()
        lines.append((number, [text_cell(cell) for cell in cells]))
        if len(lines) > most_rows + HEAD_ROOM:
            raise too_many_rows(most_rows)
    return grid_of(lines, most_rows=most_rows)


def _not_a_list() -> TableRefused:
    text = _("One cell holds more than %(most)s characters: this is no list of people.")
    return TableRefused(text % {"most": MOST_IN_A_CELL})


def separator_of(text: str) -> str:
    """The sign between the cells; empty where there is one cell a line."""
    head = "\n".join(text.split("\n", 4 * LOOKED_AT)[: 4 * LOOKED_AT])
    if "\t" in head:
        return "\t"
    first = head.split("\n", 1)[0].lower()
    if first.startswith("sep=") and len(first) == 5:  # what Excel itself understands
        return first[4]
    found: dict[str, tuple[float, int]] = {}
    for sign in (";", ",", "|"):
        widths = [
            len(record) for record, _n in zip(_records(head, sign), range(LOOKED_AT), strict=False) if any(record)
        ]
        width, times = Counter(widths).most_common(1)[0] if widths else (1, 0)
        if width > 1:
            found[sign] = (times / len(widths), width)
    best = max(found, key=lambda sign: found[sign], default="")
    return best if best and found[best][0] > 0.5 else ""


def _records(text: str, separator: str) -> Iterator[list[str]]:
    """The cells of every line. Quotes that open and never close are letters like others."""
    lines = text
    if separator and lines[:5].lower() == f"sep={separator}":
        lines = lines.partition("\n")[2]
    if not separator:
        return ([line] for line in lines.split("\n", MOST_LINES + 1))
    stream = io.StringIO(lines, newline="")
    if _quotes_close(lines, separator):
        return csv.reader(stream, delimiter=separator)
    return csv.reader(stream, delimiter=separator, quoting=csv.QUOTE_NONE)


def _quotes_close(text: str, separator: str) -> bool:
    if '"' not in text:
        return False
    try:
        for _record in csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True):
            pass
    except csv.Error:
        return False
    return True
