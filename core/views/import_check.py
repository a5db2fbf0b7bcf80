"""What the page of the check shows of a list, and what comes back from it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.enums import Fate
from core.imports.checking import Checked
from core.imports.kinds import NEW, SKIP, USE, ImportKind, Line, Text
from core.models import Import
from core.tables import Field
from core.ui.blocks import ErrorLine

MOST_BOXES = 500
"""So many cells can be corrected at once; the others wait until these are right."""
MOST_SAID = 12
CELL = re.compile(r"c-(\d{1,4})-(\d{1,3})")
COLUMN = re.compile(r"col-(\d{1,3})")
FILL = re.compile(r"fill-(\d{1,3})")
CHOSEN = re.compile(r"d-(\d{1,4})")
LEFT_TO_RIGHT = frozenset({"email", "phone"})


@dataclass(frozen=True)
class Column:
    """One column of the list: its heading, and the field that it was taken for."""

    place: int
    heading: str
    name: str
    label: Text
    can_fill: bool


@dataclass(frozen=True)
class Shown:
    """One cell. `box` is the name of the input where it is to be corrected."""

    label: Text
    text: str
    error: Text = ""
    note: Text = ""
    box: str = ""
    options: str = ""
    ltr: bool = False
    says_label: bool = False


@dataclass(frozen=True)
class Group:
    """Cells that stand together in one column of the page."""

    title: Text
    cells: list[Shown]


@dataclass
class Record:
    """One line as the page shows it."""

    line: Line
    groups: list[Group]
    loose: list[Text]
    asks: str = ""
    """radio: who is it; tick: leave it out or not; nothing: there is nothing to decide."""


@dataclass
class Screen:
    """Everything that the page needs."""

    columns: list[Column]
    understood: int
    heads: list[Text]
    groups: list[dict[str, Any]]
    options: dict[str, list[str]]
    errors: list[ErrorLine] = field(default_factory=list)
    errors_more: int = 0


def screen_of(imp: Import, checked: Checked, kind: ImportKind) -> Screen:
    fields = {one.name: one for one in kind.fields(imp.params)}
    options = kind.choices(imp.params)
    columns = list(_columns(checked, fields))
    used = [column for column in columns if column.name]
    boxes = iter(range(MOST_BOXES))
    plan = _plan(used, kind)
    records = [_record(line, plan, options, boxes) for line in checked.lines]
    screen = Screen(columns, len(used), [title for title, _columns in plan], list(_sections(records)), options)
    lines = [line for record in records if record.line.fate == Fate.WRONG for line in _said(record)]
    lines += [_to_decide(record.line) for record in records if record.line.fate == Fate.ASK]
    screen.errors, screen.errors_more = lines[:MOST_SAID], len(lines[MOST_SAID:])
    return screen


def _columns(checked: Checked, fields: dict[str, Field]) -> Iterator[Column]:
    header = checked.reading.header
    rows = [line.row.line for line in checked.lines]
    for place, name in enumerate(checked.reading.columns):
        heading = header[place] if header else ""
        known = fields.get(name or "")
        empty = sum(row[place].is_empty for row in rows)
        can_fill = known is not None and known.required and empty > 1
        yield Column(place, heading, name or "", known.label if known else "", can_fill)


def _plan(columns: list[Column], kind: ImportKind) -> list[tuple[Text, list[Column]]]:
    """Which columns of the list stand together on the page."""
    found = [(title, [one for one in columns if one.name in names]) for title, names in kind.groups]
    named = {name for _title, names in kind.groups for name in names}
    found.append((_("More"), [one for one in columns if one.name not in named]))
    return [(title, together) for title, together in found if together]


def _record(
    line: Line, plan: list[tuple[Text, list[Column]]], options: dict[str, list[str]], boxes: Iterator[int]
) -> Record:
    rest = _("More")
    groups = [Group(title, [_cell(line, one, title == rest, options, boxes) for one in ones]) for title, ones in plan]
    names = {one.name for _title, ones in plan for one in ones}
    wrong = line.fate == Fate.WRONG
    return Record(
        line, groups, [text for name, text in line.errors.items() if name not in names] if wrong else [], _asks(line)
    )


def _cell(line: Line, column: Column, says: bool, options: dict[str, list[str]], boxes: Iterator[int]) -> Shown:
    error = line.errors.get(column.name, "") if line.fate == Fate.WRONG else ""
    box = f"c-{line.place}-{column.place}" if error and next(boxes, None) is not None else ""
    return Shown(
        column.label,
        line.row.line[column.place].text,
        error,
        "" if error else line.notes.get(column.name, ""),
        box,
        f"words-{column.name}" if box and column.name in options else "",
        column.name in LEFT_TO_RIGHT,
        says or bool(error),
    )


def _asks(line: Line) -> str:
    if line.there or (line.twin and line.twin_is_sure):
        return ""
    return "radio" if line.candidates or line.twin else "tick"


def _sections(records: list[Record]) -> Iterator[dict[str, Any]]:
    """First what needs somebody, then what is ready, then what stays out."""
    for code, title, fates in (
        ("look", _("To be corrected or decided"), {Fate.WRONG, Fate.ASK}),
        ("ready", _("Ready to be entered"), {Fate.NEW, Fate.USE}),
        ("out", _("Not entered"), {Fate.KNOWN, Fate.OUT}),
    ):
        found = [record for record in records if record.line.fate in fates]
        if found:
            yield {"code": code, "title": title, "records": found}


def _said(record: Record) -> Iterator[ErrorLine]:
    where = gettext("Line %(number)s") % {"number": record.line.number}
    for cell in (cell for group in record.groups for cell in group.cells):
        if cell.error:
            yield ErrorLine(str(cell.error), f"{where}, {cell.label}", cell.box or f"line-{record.line.place}")
    for text in record.loose:
        yield ErrorLine(str(text), where, f"line-{record.line.place}")


def _to_decide(line: Line) -> ErrorLine:
    where = gettext("Line %(number)s") % {"number": line.number}
    return ErrorLine(gettext("Say whether this is somebody who is known."), where, f"d-{line.place}-1")


def answers_of(data: QueryDict) -> dict[str, Any]:
    """What was typed and chosen on the page, as `imports.settle` takes it."""
    cells, fills, choices, columns = {}, {}, {}, {}
    for name, value in data.items():
        text = str(value)
        if found := CELL.fullmatch(name):
            cells[int(found[1]), int(found[2])] = text
        elif found := COLUMN.fullmatch(name):
            columns[int(found[1])] = text
        elif (found := FILL.fullmatch(name)) and text.strip():
            fills[int(found[1])] = text
        elif (found := CHOSEN.fullmatch(name)) and _is_choice(text):
            choices[int(found[1])] = text
    for place in data.getlist("skip"):
        if place.isdecimal() and len(place) < 5:
            choices[int(place)] = SKIP
    width = max(columns, default=-1) + 1
    return {
        "columns": [columns.get(place, "") for place in range(width)],
        "cells": cells,
        "fills": fills,
        "choices": choices,
        "agreed": data.get("agreed") == "on",
    }


def _is_choice(text: str) -> bool:
    head, _sign, tail = text.partition(":")
    return text in (NEW, SKIP) or (head == USE and tail.isdecimal() and len(tail) < 19)


def version_of(data: QueryDict) -> int | None:
    """The version that the page was opened with. Raises ValidationError where it is no number."""
    text = data.get("version", "")
    if not text.isdecimal() or len(text) > 9:
        raise ValidationError(_("Open this page again."))
    return int(text)
