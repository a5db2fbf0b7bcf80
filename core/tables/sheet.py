"""One sheet and the shared texts of a workbook, as their elements pass by."""

from __future__ import annotations

import re
from collections.abc import Iterator

from core.tables import elements, gates
from core.tables.grid import HEAD_ROOM, MOST_COLUMNS, MOST_IN_A_CELL, MOST_LINES, too_many_columns, too_many_rows
from core.tables.values import Raw

MOST_CHARACTERS = 2_000_000
MOST_MERGED = 60_000
PLACE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")
TRUE = {"1", "true"}


def place_of(reference: str) -> tuple[int, int] | None:
    """The column (from 0) and line (from 1) of `B7`."""
    found = PLACE.fullmatch(reference)
    if not found:
        return None
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    return column - 1, int(found[2])


class Sheet(elements.Handler):
    """The cells that hold something, up to the row too many; what is hidden and what is merged."""

    def __init__(self, *, most_rows: int) -> None:
        self.most_rows = most_rows
        self.rows: list[tuple[int, dict[int, Raw]]] = []
        self.hidden_rows = False
        self._hidden: list[tuple[int, int]] = []
        self._merged: list[tuple[int, int, int, int]] = []
        self._lines = self._number = 0
        self._row: dict[int, Raw] = {}
        self._row_hidden = False
        self._cell: Raw | None = None
        self._column = -1
        self._into: list[str] | None = None
        self._phonetic = False
        self._characters = 0

    def start(self, name: str, attributes: elements.Attributes) -> None:
        if name == "c":
            self._start_cell(attributes)
        elif name in {"v", "t"}:
            self._into = [] if self._cell is not None and not self._phonetic else None
        elif name == "f" and self._cell is not None:
            self._cell.formula = True
        elif name == "rPh":
            self._phonetic = True
        elif name == "row":
            self._start_row(attributes)
        elif name == "col" and attributes.get("hidden") in TRUE:
            self._hide(attributes)
        elif name == "mergeCell":
            self._merge(attributes.get("ref", ""))

    def text(self, text: str) -> None:
        if self._into is not None:
            self._characters += len(text)
            if self._characters > MOST_CHARACTERS:
                raise gates.bomb()
            self._into.append(text)

    def end(self, name: str) -> None:
        if name in {"v", "t"} and self._into is not None and self._cell is not None:
            self._cell.value += "".join(self._into)
            self._into = None
            if len(self._cell.value) > MOST_IN_A_CELL:
                raise gates.damaged()
        elif name == "rPh":
            self._phonetic = False
        elif name == "c":
            self._end_cell()
        elif name == "row":
            self._end_row()

    def cells(self) -> Iterator[Raw]:
        for _number, row in self.rows:
            yield from row.values()

    def hidden_columns(self) -> set[int]:
        """Places of hidden columns, as far as a table may reach."""
        return {place for first, last in self._hidden for place in range(first - 1, min(last, MOST_COLUMNS))}

    def covered(self) -> dict[int, list[int]]:
        """The places that a merged cell covers beside its first one, by line."""
        found: dict[int, list[int]] = {}
        marked = 0
        for left, top, right, bottom in self._merged:
            for number, _row in self.rows:
                if top <= number <= bottom:
                    places = [place for place in range(left, right + 1) if (place, number) != (left, top)]
                    found.setdefault(number, []).extend(places)
                    marked += len(places) + 1
                    if marked > MOST_MERGED:
                        raise gates.bomb()
        return found

    def _start_row(self, attributes: elements.Attributes) -> None:
        self._lines += 1
        if self._lines > MOST_LINES:
            raise too_many_rows(self.most_rows)
        number = attributes.get("r", "")
        self._number = int(number) if number.isdecimal() and len(number) < 8 else self._number + 1
        self._row_hidden = attributes.get("hidden") in TRUE
        self._row, self._column = {}, -1

    def _start_cell(self, attributes: elements.Attributes) -> None:
        place = place_of(attributes.get("r", ""))
        self._column = self._column + 1 if place is None else place[0]
        style = attributes.get("s", "")
        self._cell = Raw(attributes.get("t", "n"), int(style) if style.isdecimal() and len(style) < 7 else 0)

    def _end_cell(self) -> None:
        cell, self._cell = self._cell, None
        if cell is not None and (cell.value or cell.formula):
            if self._column >= MOST_COLUMNS:
                raise too_many_columns()
            self._row[self._column] = cell

    def _end_row(self) -> None:
        if not self._row:
            return
        if self._row_hidden:
            self.hidden_rows = True
            return
        self.rows.append((self._number, self._row))
        if len(self.rows) > self.most_rows + HEAD_ROOM:
            raise too_many_rows(self.most_rows)

    def _hide(self, attributes: elements.Attributes) -> None:
        first, last = attributes.get("min", ""), attributes.get("max", "")
        if (
            first.isdecimal()
            and last.isdecimal()
            and len(first) < 7
            and len(last) < 7
            and len(self._hidden) < MOST_COLUMNS
        ):
            self._hidden.append((max(int(first), 1), int(last)))

    def _merge(self, reference: str) -> None:
        first, _sign, last = reference.partition(":")
        start, end = place_of(first), place_of(last)
        if start and end and start[0] < MOST_COLUMNS and len(self._merged) < MOST_LINES:
            self._merged.append((*start, min(end[0], MOST_COLUMNS - 1), end[1]))


class Strings(elements.Handler):
    """The shared texts that are wanted, by number; formatted runs are joined, readings of characters left out."""

    def __init__(self, wanted: set[int]) -> None:
        self.wanted = wanted
        self.found: dict[int, str] = {}
        self._number = -1
        self._last = max(wanted)
        self._into: list[str] | None = None
        self._phonetic = False
        self._characters = 0

    def start(self, name: str, attributes: elements.Attributes) -> None:
        if name == "si":
            self._number += 1
            if self._number > self._last:
                raise elements.Enough
        elif name == "rPh":
            self._phonetic = True
        elif name == "t" and self._number in self.wanted and not self._phonetic:
            self._into = []

    def text(self, text: str) -> None:
        if self._into is not None:
            self._characters += len(text)
            if self._characters > MOST_CHARACTERS:
                raise gates.bomb()
            self._into.append(text)

    def end(self, name: str) -> None:
        if name == "t" and self._into is not None:
            self.found[self._number] = (self.found.get(self._number, "") + "".join(self._into))[: MOST_IN_A_CELL + 1]
            self._into = None
        elif name == "rPh":
            self._phonetic = False
