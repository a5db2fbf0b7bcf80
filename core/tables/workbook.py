"""An Excel workbook as a grid: the first visible sheet that holds something, hidden lines and columns left out.

A reader of our own, over a stream of elements: the memory it takes is that of the rows which it keeps, it stops at the
row too many, and it knows what the well-known readers forget in their quick mode: what is hidden and what is merged.
"""

from __future__ import annotations

import posixpath
import zipfile

from django.utils.translation import gettext_lazy as _

from core.tables import elements, gates
from core.tables.grid import MOST_ROWS, NOTHING, Cell, Grid, Note, grid_of, text_cell
from core.tables.sheet import Sheet, Strings
from core.tables.values import Raw, Styles, cell_of

MOST_SHEETS = 50


class _Relations(elements.Handler):
    """Where the sheets of the workbook lie."""

    def __init__(self) -> None:
        self.targets: dict[str, str] = {}

    def start(self, name: str, attributes: elements.Attributes) -> None:
        if name == "Relationship" and attributes.get("TargetMode") != "External":
            target = attributes.get("Target", "")
            path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
            self.targets[attributes.get("Id", "")] = path


class _Workbook(elements.Handler):
    """Its sheets in their order, and the day from which it counts."""

    def __init__(self) -> None:
        self.sheets: list[tuple[str, bool, str]] = []
        self.from_1904 = False

    def start(self, name: str, attributes: elements.Attributes) -> None:
        if name == "sheet":
            relation = next((value for key, value in attributes.items() if key.rpartition(":")[2] == "id"), "")
            self.sheets.append((attributes.get("name", ""), attributes.get("state", "visible") == "visible", relation))
        elif name == "workbookPr":
            self.from_1904 = attributes.get("date1904") in {"1", "true"}


def read_workbook(content: bytes, *, most_rows: int = MOST_ROWS) -> Grid:
    """The grid of an .xlsx file. Raises TableRefused."""
    with gates.opened(content) as packed:
        budget = elements.Budget()
        names = set(packed.namelist())
        workbook, relations = _Workbook(), _Relations()
        elements.read(packed, gates.WORKBOOK, workbook, budget)
        elements.read(packed, "xl/_rels/workbook.xml.rels", relations, budget)
        styles = Styles(from_1904=workbook.from_1904)
        if "xl/styles.xml" in names:
            elements.read(packed, "xl/styles.xml", styles, budget)
        notes: list[Note] = []
        sheet = Sheet(most_rows=most_rows)
        read_name, full = "", 0
        for name, visible, relation in workbook.sheets[:MOST_SHEETS]:
            part = relations.targets.get(relation, "")
            if not visible or part not in names:
                continue
            if not sheet.rows:
                sheet = Sheet(most_rows=most_rows)
                elements.read(packed, part, sheet, budget)
                read_name = name
            full += 1
        strings = _strings(packed, names, sheet, budget)
    if full > 1 and sheet.rows:
        notes.append(_("Only the sheet “%(sheet)s” was read.") % {"sheet": text_cell(read_name).text})
    if any(not visible for _name, visible, _relation in workbook.sheets):
        notes.append(_("Hidden sheets were left out."))
    return _grid(sheet, styles, strings, notes, most_rows)


def _strings(packed: zipfile.ZipFile, names: set[str], sheet: Sheet, budget: elements.Budget) -> dict[int, str]:
    """The shared texts that the sheet's cells point to; no others are kept."""
    wanted = {
        int(raw.value) for raw in sheet.cells() if raw.kind == "s" and raw.value.isdecimal() and len(raw.value) < 9
    }
    if not wanted or "xl/sharedStrings.xml" not in names:
        return {}
    strings = Strings(wanted)
    elements.read(packed, "xl/sharedStrings.xml", strings, budget)
    return strings.found


def _grid(sheet: Sheet, styles: Styles, strings: dict[int, str], notes: list[Note], most_rows: int) -> Grid:
    hidden = sheet.hidden_columns()
    covered = sheet.covered()
    lines: list[tuple[int, list[Cell]]] = []
    left_out = formulas = False
    for number, row in sheet.rows:
        width = max(row, default=-1) + 1
        cells = [cell_of(row.get(place, Raw()), styles, strings) for place in range(width)]
        for place in covered.get(number, ()):
            cells += [NOTHING] * (place + 1 - len(cells))
            cells[place] = Cell(note="merged")
        left_out = left_out or any(place < width and not cells[place].is_empty for place in hidden)
        formulas = formulas or any(cell.note in {"formula", "no_value"} for cell in cells)
        lines.append((number, [cell for place, cell in enumerate(cells) if place not in hidden]))
    if left_out:
        notes.append(_("Hidden columns were left out."))
    if sheet.hidden_rows:
        notes.append(_("Hidden lines were left out, also those that a filter hides."))
    if formulas:
        notes.append(_("Some cells hold formulas: the value last computed was taken."))
    if covered:
        notes.append(_("Some cells are merged: their value counts for the first of them only."))
    return grid_of(lines, notes=notes, most_rows=most_rows)
