"""One sheet: headings, kinds, and the rows as plain values, read from the server in pieces."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import BooleanField, Case, Value, When
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import get_language_bidi, gettext

from core.exports.spec import Column, ExportSpec, Kind, Reader

PIECE = 2_000
MARK = "export_fictional"
DEMONSTRATION = "Démonstration / للتجربة"
"""Said alike in every language: whoever opens the file later may read another one."""


@dataclass
class Sheet:
    """What a writer needs: `rows` is read once; every row has as many values as there are columns."""

    title: str
    headings: list[str]
    kinds: list[Kind]
    widths: list[int]
    rows: Iterator[list[Any]]
    rtl: bool
    is_demo: bool

    def file_name(self, ending: str) -> str:
        """`inscriptions-2026-11-23.xlsx`, `inscriptions-demonstration-2026-11-23.xlsx`."""
        stem = slugify(self.title, allow_unicode=True)
        demo = "-demonstration" if self.is_demo else ""
        return f"{stem}{demo}-{timezone.localdate().isoformat()}.{ending}"


def sheet_of(spec: ExportSpec, columns: list[Column], rows: models.QuerySet[Any]) -> Sheet:
    """The sheet of rows that are filtered and in their order."""
    is_demo = spec.fictional is not None and rows.order_by().filter(spec.fictional).exists()
    if is_demo:
        mark = Case(When(spec.fictional, then=Value(True)), default=Value(False), output_field=BooleanField())
        rows = rows.annotate(**{MARK: mark})
        columns = [*columns, Column(DEMONSTRATION, MARK, kind=Kind.YESNO, width=24)]
    return Sheet(
        title=str(spec.label),
        headings=[str(column.label) for column in columns],
        kinds=[column.kind for column in columns],
        widths=[column.width for column in columns],
        rows=_read(columns, spec.annotate(rows) if spec.annotate else rows),
        rtl=get_language_bidi(),
        is_demo=is_demo,
    )


def _read(columns: list[Column], rows: models.QuerySet[Any]) -> Iterator[list[Any]]:
    paths = list(dict.fromkeys(path for column in columns for path in column.paths))
    places = {path: place for place, path in enumerate(paths)}
    makers = [_maker(column, [places[path] for path in column.paths]) for column in columns]
    query = rows.prefetch_related(None).values_list(*paths)
    for row in query.iterator(chunk_size=PIECE):
        yield [make(row) for make in makers]


def _maker(column: Column, at: list[int]) -> Reader:
    """How the values of one column come out of a row of the query."""
    read = column.reader()
    first = at[0]
    if column.kind is Kind.YESNO:
        yes, no = gettext("Yes"), gettext("No")
        return lambda row: yes if (read(*[row[n] for n in at]) if read else row[first]) else no
    if read is None:
        return lambda row: row[first]
    if len(at) == 1:
        return lambda row: read(row[first])
    return lambda row: read(*[row[n] for n in at])
