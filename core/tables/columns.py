"""Which column is which: found by its heading in any language and spelling, or by what stands in it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.errors import DomainError
from core.formats import listed
from core.tables.grid import EMPTY, ERROR, HEAD_ROOM, Cell, Grid, Note, too_many_rows

FOLDED = str.maketrans("أإآٱىیةؤئگکپڤچ", "ااااييهويككبفج")
PARTS = re.compile(r"[/|\n()\[\]:–—]| - ")
SIGNS = re.compile(r"[^\w]+")
ARTICLE = re.compile(r"^ال(?=.{2})")
MOST_SHOWN = 10


@dataclass(frozen=True)
class Field:
    """What a table may hold. `headings`: any language; case, accents, signs and Arabic letter forms do not matter.

    `clean` turns a cell that holds something into a value, or raises ValidationError or DomainError; a `Split` gives
    values for several fields. `looks` says whether a text looks like this field, for tables without headings.
    """

    name: str
    label: str | Promise
    headings: tuple[str, ...] = ()
    clean: Callable[[Cell], Any] = lambda cell: cell.text
    required: bool = False
    looks: Callable[[str], bool] | None = None


@dataclass(frozen=True)
class Split:
    """Values for several fields out of one cell; a column of a field's own goes first."""

    values: dict[str, Any]


@dataclass(frozen=True)
class Remarked:
    """A value, and a sentence for the person on how it was found."""

    value: Any
    remark: str | Promise


@dataclass
class Row:
    """One line: its number in what was handed over, all its cells, those of fields; values, what is wrong, remarks."""

    number: int
    line: list[Cell]
    cells: dict[str, Cell] = field(default_factory=dict)
    values: dict[str, Any] = field(default_factory=dict)
    errors: dict[str, str | Promise] = field(default_factory=dict)
    remarks: dict[str, str | Promise] = field(default_factory=dict)


@dataclass
class Reading:
    """The table understood. `columns`: a field or nothing for each; `found_by`: headings, content or choice."""

    header: list[str] | None
    columns: list[str | None]
    rows: list[Row]
    notes: list[Note]
    found_by: str

    @property
    def has_errors(self) -> bool:
        return any(row.errors for row in self.rows)


def heading_key(text: str) -> str:
    """What remains of a heading for comparing: no case, accents, signs, article; Arabic letter forms folded."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text.lower()) if unicodedata.category(c) not in DROPPED)
    words = SIGNS.sub(" ", plain.translate(FOLDED).replace("_", " ").replace("ـ", "")).split()
    return " ".join(ARTICLE.sub("", word) for word in words)


DROPPED = frozenset({"Mn", "Cf", "Cc"})


def recognise(grid: Grid, fields: Sequence[Field], *, columns: Sequence[str | None] | None = None) -> Reading:
    """Find the columns (or take those given, one a column of the grid) and clean every cell. Raises TableRefused."""
    keys = _keys(fields)
    place = _heading_row(grid, keys)
    header = None if place is None else [cell.text for cell in grid.rows[place]]
    first = 0 if place is None else place + 1
    if len(grid.rows) - first > grid.most_rows:
        raise too_many_rows(grid.most_rows)
    notes = list(grid.notes)
    if columns is not None:
        named = {field.name for field in fields}
        taken = [name if name in named else None for name in [*columns, *[None] * grid.width][: grid.width]]
        found_by = "choice"
    elif header is not None:
        taken, said = _by_headings(header, keys, fields)
        notes += said
        found_by = "headings"
    else:
        taken = _by_content(grid, fields)
        found_by = "content"
        notes.append(_("No line with headings was recognised. Check what each column holds."))
    if place:
        notes.append(_("What stands above the headings was left out."))
    rows = [
        _row(number, line, taken, fields) for number, line in zip(grid.numbers[first:], grid.rows[first:], strict=True)
    ]
    if not rows:
        notes.append(_("There are headings but no line below them."))
    return Reading(header, taken, rows, notes, found_by)


def _keys(fields: Sequence[Field]) -> dict[str, str]:
    """Each heading's key and its field; what comes first in `fields` wins."""
    keys: dict[str, str] = {}
    for one in fields:
        for heading in (*one.headings, one.name):
            keys.setdefault(_joined(heading), one.name)
    return keys


def _joined(heading: str) -> str:
    """`E-mail` and `Email` are one heading."""
    return heading_key(heading).replace(" ", "")


def _field_of(heading: str, keys: dict[str, str]) -> str | None:
    """The field of a heading: of the whole, or else of a part of it (`Nom / الاسم`, `E-mail (professionnel)`)."""
    for part in (heading, *PARTS.split(heading)):
        if (key := _joined(part)) and key in keys:
            return keys[key]
    return None


def _heading_row(grid: Grid, keys: dict[str, str]) -> int | None:
    """The line, among the first ten, with most headings; none where no heading is known."""
    best, most = None, 0
    for place, row in enumerate(grid.rows[:HEAD_ROOM]):
        if any("@" in cell.text for cell in row):
            break
        known = len({name for cell in row if (name := _field_of(cell.text, keys))})
        if known > most:
            best, most = place, known
    return best


def _by_headings(
    header: list[str], keys: dict[str, str], fields: Sequence[Field]
) -> tuple[list[str | None], list[Note]]:
    """The fields of the headings, the first of two alike; unknown and doubled ones are said."""
    taken: list[str | None] = []
    unknown: list[str] = []
    twice: list[str] = []
    for heading in header:
        name = _field_of(heading, keys)
        if name is not None and name in taken:
            twice.append(heading)
            name = None
        elif name is None and heading:
            unknown.append(heading)
        taken.append(name)
    notes: list[Note] = []
    if unknown:
        notes.append(_("Not known, and left out: %(headings)s.") % {"headings": listed(unknown[:MOST_SHOWN])})
    if twice:
        text = _("Headings that stand twice; the first column counts: %(headings)s.")
        notes.append(text % {"headings": listed(twice[:MOST_SHOWN])})
    missing = [str(one.label) for one in fields if one.required and one.name not in taken]
    if missing:
        notes.append(_("No column was found for: %(fields)s.") % {"fields": listed(missing)})
    return taken, notes


def _by_content(grid: Grid, fields: Sequence[Field]) -> list[str | None]:
    """The fields by what most cells of a column look like."""
    taken: list[str | None] = []
    for column in zip(*grid.rows, strict=True):
        texts = [cell.text for cell in column if not cell.is_empty]
        fitting = (
            one.name
            for one in fields
            if one.looks and one.name not in taken and texts and sum(map(one.looks, texts)) * 2 > len(texts)
        )
        taken.append(next(fitting, None))
    return taken


def _row(number: int, line: list[Cell], columns: Sequence[str | None], fields: Sequence[Field]) -> Row:
    row = Row(number, line)
    for name, cell in zip(columns, line, strict=True):
        if name is not None:
            row.cells.setdefault(name, cell)
    more: dict[str, Any] = {}
    for one in fields:
        held = row.cells.get(one.name)
        if held is None or held.kind == EMPTY:
            continue
        try:
            if held.kind == ERROR:
                raise DomainError(_faulty(held))
            value = one.clean(held)
        except ValidationError as error:
            row.errors[one.name] = error.messages[0]
        except DomainError as error:
            row.errors[one.name] = error.message
        else:
            if isinstance(value, Remarked):
                row.remarks[one.name] = value.remark
                value = value.value
            if isinstance(value, Split):
                own = value.values.get(one.name)
                more |= {name: other for name, other in value.values.items() if name not in more}
                value = own
            if value is not None:
                row.values[one.name] = value
    for name, value in more.items():
        row.values.setdefault(name, value)
    for one in fields:
        if one.required and one.name not in row.values and one.name not in row.errors:
            row.errors[one.name] = _("This is missing.")
    return row


def _faulty(cell: Cell) -> Note:
    if cell.note == "no_value":
        return _("This formula has no value. Open the file, save it again, or write the value itself.")
    return _("The cell holds an error (%(error)s). Write the value itself.") % {"error": cell.text}
