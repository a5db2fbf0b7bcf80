"""A table once it is read: cells with their kind, lines with their numbers, and what is to be said about them."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.errors import DomainError

MOST_ROWS = 300
"""Lines of one paste or file with people."""
MOST_COLUMNS = 200
MOST_LINES = 20_000
"""A sheet with more lines than this is not read at all, full or empty."""
HEAD_ROOM = 10
"""Lines above and with the headings that may stand beside the rows."""
MOST_IN_A_CELL = 32_767
"""Excel's own limit."""

TEXT, NUMBER, DATE, EMPTY, ERROR = "text", "number", "date", "empty", "error"

Note = str | Promise


class TableRefused(DomainError):
    """What was handed over is not read: `code` says why, the message what the person can do."""

    code = "not_a_table"


@dataclass(frozen=True)
class Cell:
    """One cell: its text in one form (numbers without exponent, days as ISO), what it was, and what was odd in it.

    `kind`: text, number, date, empty, error. `note`: "" | formula (its last value was taken) | no_value (a formula
    that was never computed) | merged (covered by a merged cell) | shortened (a number that lost its last digits) |
    hidden_signs (they were taken out).
    """

    text: str = ""
    kind: str = EMPTY
    note: str = ""

    @property
    def is_empty(self) -> bool:
        return self.kind == EMPTY


NOTHING = Cell()


@dataclass
class Grid:
    """The lines that hold something, all of the same width, each with its number in what was handed over."""

    rows: list[list[Cell]] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    most_rows: int = MOST_ROWS

    @property
    def width(self) -> int:
        return len(self.rows[0]) if self.rows else 0


def text_cell(raw: str, *, note: str = "") -> Cell:
    """A cell of what somebody wrote: composed, without invisible and control signs, blanks trimmed, lines kept."""
    composed = unicodedata.normalize("NFC", raw.replace("\r\n", "\n").replace("\r", "\n"))
    visible = "".join(char for char in composed if char in "\n\t" or unicodedata.category(char) not in HIDDEN)
    if visible != composed:
        note = note or "hidden_signs"
    text = "\n".join(" ".join(line.split()) for line in visible.split("\n")).strip()
    return Cell(text, TEXT, note) if text else Cell(note="" if note == "hidden_signs" else note)


HIDDEN = frozenset({"Cc", "Cf", "Co", "Cs", "Cn"})


def too_many_rows(most_rows: int) -> TableRefused:
    text = _("There are more than %(most)s lines. Divide the list and give it in several parts.")
    return TableRefused(text % {"most": most_rows}, code="too_many_rows")


def too_many_columns() -> TableRefused:
    text = _("There are more than %(most)s columns. Keep only the columns of the list and try again.")
    return TableRefused(text % {"most": MOST_COLUMNS}, code="too_many_columns")


def empty() -> TableRefused:
    return TableRefused(_("There is nothing in it. Copy the list with its headings and try again."), code="empty")


def grid_of(
    lines: Sequence[tuple[int, Sequence[Cell]]], *, notes: Sequence[Note] = (), most_rows: int = MOST_ROWS
) -> Grid:
    """The lines that hold something, made equally wide without the empty columns at the end. Raises TableRefused."""
    full = [(number, cells) for number, cells in lines if any(not cell.is_empty for cell in cells)]
    if not full:
        raise empty()
    if len(full) > most_rows + HEAD_ROOM:
        raise too_many_rows(most_rows)
    width = max(place + 1 for _number, cells in full for place, cell in enumerate(cells) if not cell.is_empty)
    if width > MOST_COLUMNS:
        raise too_many_columns()
    said = list(notes)
    if any(cell.note == "hidden_signs" for _number, cells in full for cell in cells):
        said.append(_("Invisible signs were taken out."))
    rows = [[*cells[:width], *[NOTHING] * (width - len(cells))] for _number, cells in full]
    return Grid(rows, [number for number, _cells in full], said, most_rows)
