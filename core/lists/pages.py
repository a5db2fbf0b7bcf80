"""One page of a list by keyset: the rows after (or before) a row, in an order that an index gives. Never OFFSET."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.db.models import F, Func, Value
from django.http import HttpRequest
from django.utils.translation import gettext

from core.lists import cursors
from core.lists.spec import ListSpec, Sort
from core.ui.blocks import POSITION_KEYS

COUNT_LIMIT = 10_000


class Row(Func):
    """`ROW(a, b, …)`, which PostgreSQL compares column by column with the help of the index."""

    function = "ROW"
    output_field = models.BooleanField()  # never read: a row is only compared


class RowCompare(Func):
    """`ROW(…) > ROW(…)` or `<`."""

    template = "(%(expressions)s)"
    output_field = models.BooleanField()

    def __init__(self, left: Row, right: Row, *, sign: str) -> None:
        if sign not in ("<", ">"):
            raise ValueError(sign)
        super().__init__(left, right, arg_joiner=f" {sign} ")


@dataclass
class Page:
    """What the template shows: rows, the links beside them, how many there are in words."""

    rows: list[Any]
    sort: str
    count: int
    count_text: str
    previous_url: str = ""
    next_url: str = ""
    notes: list[str] = field(default_factory=list)
    """Sentences for the reader, such as that an old place in the list could not be found."""

    def __iter__(self) -> Any:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)


def page_of(rows: models.QuerySet[Any], spec: ListSpec, request: HttpRequest) -> Page:
    """The page that the request's URL asks for; a wrong, forged or outdated place gives the first page and says so."""
    sort, down = spec.sort_named(request.GET.get("sort", ""))
    order = f"-{sort.key}" if down else sort.key
    label = spec.model._meta.label_lower
    count, count_text = _counted(rows, spec)
    page = Page(rows=[], sort=order, count=count, count_text=count_text)
    try:
        cursor = cursors.read(request.GET, model=label, order=order)
        values = _values(spec, sort, cursor) if cursor else None
    except cursors.BadCursor:
        cursor, values = None, None
        page.notes.append(gettext("This place in the list is no longer known: here is its beginning."))
    found, more = _fetch(rows, sort, values, down=down, backwards=bool(cursor and cursor.backwards), size=spec.rows)
    if cursor and (not found or (cursor.backwards and not more)):
        # Rows vanished meanwhile, or the way back has reached the top: the first page, full.
        cursor = None
        found, more = _fetch(rows, sort, None, down=down, backwards=False, size=spec.rows)
    page.rows = found
    if found:
        backwards = cursor is not None and cursor.backwards
        if (cursor and not backwards) or (backwards and more):
            page.previous_url = _url(request, before=cursors.write(model=label, order=order, pk=found[0].pk))
        if backwards or more:
            page.next_url = _url(request, after=cursors.write(model=label, order=order, pk=found[-1].pk))
    return page


def _values(spec: ListSpec, sort: Sort, cursor: cursors.Cursor) -> tuple[Any, ...]:
    """Where the cursor's row stands today. It only places the reader: what is shown is filtered by the list itself."""
    values = spec.model._default_manager.filter(pk=cursor.pk).values_list(*sort.columns).first()
    if values is None:
        raise cursors.BadCursor(cursor.pk)
    return tuple(values)


def _fetch(
    rows: models.QuerySet[Any], sort: Sort, values: tuple[Any, ...] | None, *, down: bool, backwards: bool, size: int
) -> tuple[list[Any], bool]:
    """Up to `size` rows beyond `values` in the order of the page, and whether there are more that way."""
    downwards = down != backwards
    if values is not None:
        left = Row(*[F(column) for column in sort.columns])
        right = Row(*[Value(value) for value in values])
        rows = rows.filter(RowCompare(left, right, sign="<" if downwards else ">"))
    found = list(rows.order_by(*sort.ordering(down=downwards))[: size + 1])
    more = len(found) > size
    del found[size:]
    if backwards:
        found.reverse()
    return found, more


def _counted(rows: models.QuerySet[Any], spec: ListSpec) -> tuple[int, str]:
    """How many rows there are, exactly up to 10,000; beyond, the database stops counting."""
    n = rows.order_by().values("pk")[: COUNT_LIMIT + 1].count()
    shown = grouped(COUNT_LIMIT) + "+" if n > COUNT_LIMIT else grouped(n)
    return n, spec.count_text(min(n, COUNT_LIMIT), shown)


def grouped(n: int) -> str:
    """A whole number in groups of three with no-break spaces, alike in every language."""
    return f"{n:,}".replace(",", "\u00a0")


def _url(request: HttpRequest, **place: str) -> str:
    query = request.GET.copy()
    for key in POSITION_KEYS:
        query.pop(key, None)
    for name, value in place.items():
        query[name] = value
    return f"?{query.urlencode()}"
