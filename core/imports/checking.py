"""A list as it stands: every line read, compared with what is known, and its fate decided. Changes nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from core.enums import Fate
from core.imports.kinds import NEW, SKIP, USE, Line, Text, kind_of
from core.models import Import
from core.tables import Cell, Grid, Reading, recognise


@dataclass
class Checked:
    """What a list would do. `figures` counts lines by fate; `closed` says why nothing can be entered at all.

    `warning` is what one should know before confirming.
    """

    reading: Reading
    lines: list[Line]
    closed: Text
    warning: Text = ""

    @property
    def figures(self) -> dict[str, int]:
        counted = Counter(line.fate for line in self.lines)
        return {fate.value: counted[fate] for fate in Fate}

    @property
    def entering(self) -> list[Line]:
        return [line for line in self.lines if line.enters]

    @property
    def wrong_cells(self) -> int:
        return sum(len(line.errors) for line in self.lines if line.fate == Fate.WRONG)

    @property
    def undecided(self) -> int:
        return sum(line.fate == Fate.ASK for line in self.lines)

    @property
    def is_ready(self) -> bool:
        return bool(self.entering) and not self.wrong_cells and not self.undecided and not self.closed


def packed(grid: Grid, *, notes: Iterable[Text], found_by: str) -> dict[str, Any]:
    """A grid as it is kept, with what the first reading said of it."""
    rows = [[[cell.text, cell.kind, cell.note] for cell in row] for row in grid.rows]
    return {"rows": rows, "numbers": grid.numbers, "notes": [str(note) for note in notes], "found_by": found_by}


def unpacked(kept: dict[str, Any]) -> Grid:
    """The grid as it was read, with the corrections since."""
    return Grid([[Cell(*cell) for cell in row] for row in kept["rows"]], list(kept["numbers"]))


def check(imp: Import, *, now: datetime | None = None) -> Checked:
    """Read the list and decide every line's fate, as the database is at this moment."""
    kind = kind_of(imp)
    grid = unpacked(imp.grid)
    reading = recognise(grid, kind.fields(imp.params), columns=[name or None for name in imp.columns])
    first = len(grid.rows) - len(reading.rows)
    lines = [Line(row, place) for place, row in enumerate(reading.rows, start=first)]
    for line in lines:
        line.choice = str(imp.choices.get(str(line.place), ""))
        line.notes |= line.row.remarks
    kind.look(lines, imp.params)
    used: dict[int, int] = {}
    for line in lines:
        line.fate = _fate(line, used)
    closed = kind.why_closed(imp.params, now=now or timezone.now())
    entering = [line for line in lines if line.enters]
    return Checked(reading, lines, closed, kind.warning(entering, imp.params) if entering and not closed else "")


def _fate(line: Line, used: dict[int, int]) -> Fate:
    """What becomes of a line; `used` notes which earlier line uses which person."""
    if line.choice == SKIP:
        return Fate.OUT
    if line.there:
        return Fate.KNOWN
    if line.twin and (line.twin_is_sure or line.choice != NEW):
        line.choice = SKIP
        return Fate.OUT
    sure = next((one for one in line.candidates if one.is_sure), None)
    if sure is not None:
        line.choice = f"{USE}:{sure.pk}"
    if line.errors:
        return Fate.WRONG
    if line.used and line.used not in {one.pk for one in line.candidates}:
        line.choice = ""
    if line.used:
        if line.used in used:
            line.twin, line.twin_is_sure, line.choice = used[line.used], True, SKIP
            return Fate.OUT
        used[line.used] = line.number
        return Fate.USE
    return Fate.ASK if line.candidates and line.choice != NEW else Fate.NEW


def find_twins(lines: Iterable[Line], key: Callable[[Line], Hashable | None], *, sure: bool = False) -> None:
    """Mark every line that says the same as one before it; a key of None says nothing."""
    seen: dict[Hashable, int] = {}
    for line in lines:
        found = key(line)
        if found is None or line.choice == SKIP:
            continue
        if found in seen and not line.twin:
            line.twin, line.twin_is_sure = seen[found], sure
        seen.setdefault(found, line.number)
