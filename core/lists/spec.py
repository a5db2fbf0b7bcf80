"""What a list declares: its sorts, its filters, what it counts and what it says when it is empty."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import get_language

from core.lists.filters import FilterForm

Text = str | Promise
MAX_SORTS = 5


class Sort:
    """One order of a list: `Sort("name", _("Name"), "key")`. The id is added last; `-column` sorts down first.

    `ar` is the column that takes the first one's place in Arabic, where another name is shown.
    """

    def __init__(self, key: str, label: Text, *columns: str, ar: str = "") -> None:
        downs = {column.startswith("-") for column in columns}
        if len(downs) != 1:
            raise ImproperlyConfigured(f"Sort {key!r}: name one column or more, all in the same direction")
        self.key = key
        self.label = label
        self.down_first = downs == {True}
        self._columns = (*(column.lstrip("-") for column in columns), "id")
        self._in_arabic = (ar.lstrip("-"), *self._columns[1:]) if ar else self._columns

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns in the language of the page."""
        return self._in_arabic if (get_language() or "").startswith("ar") else self._columns

    def ordering(self, *, down: bool) -> list[str]:
        """The columns as `order_by()` takes them."""
        return [f"-{column}" if down else column for column in self.columns]

    def check(self, model: type[models.Model]) -> None:
        """Refuse a sort that could lose rows (a column that may be NULL) or be slow (no index in its order)."""
        for columns in {self._columns, self._in_arabic}:
            for column in columns:
                if getattr(model._meta.get_field(column), "null", True):
                    raise ImproperlyConfigured(f"Sort {self.key!r} of {model.__name__}: {column} may be NULL")
            if not _has_index(model, columns):
                raise ImproperlyConfigured(f"Sort {self.key!r} of {model.__name__}: no index on {', '.join(columns)}")


def _has_index(model: type[models.Model], columns: tuple[str, ...]) -> bool:
    """True where an index begins with the columns, all up or all down, or the first column is unique by itself."""
    first = model._meta.get_field(columns[0])
    if getattr(first, "unique", False) or columns == ("id",):
        return True
    wanted = [_attname(model, column) for column in columns]
    for index in model._meta.indexes:
        names = [_attname(model, name.lstrip("-")) for name in index.fields][: len(columns)]
        directions = {name.startswith("-") for name in index.fields[: len(columns)]}
        if names == wanted and len(directions) == 1 and index.condition is None:
            return True
    return False


def _attname(model: type[models.Model], name: str) -> str:
    """`part` and `part_id` are one column; a sort names the second: the first would follow the parent's order."""
    return str(getattr(model._meta.get_field(name), "attname", name))


@dataclass(frozen=True)
class Empty:
    """What a list without any row says: why, and the next step where there is one (a URL name)."""

    title: Text
    text: Text = ""
    url_name: str = ""
    action: Text = ""
    icon: str = "inbox"


@dataclass(frozen=True)
class ListSpec:
    """The declaration of one list.

    `count` is an `ngettext_lazy("%(shown)s person", "%(shown)s persons", "n")`: it says how many there are.
    `default` is the key of the first order, `-key` for the other way round. `search` is the key column to search in.
    """

    model: type[models.Model]
    sorts: list[Sort]
    count: Any
    empty: Empty
    filters: type[FilterForm] = FilterForm
    search: str = "key"
    default: str = ""
    rows: int = 50
    by_key: dict[str, Sort] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        if not 1 <= len(self.sorts) <= MAX_SORTS:
            raise ImproperlyConfigured(f"A list has one to {MAX_SORTS} sorts")
        for sort in self.sorts:
            sort.check(self.model)
        object.__setattr__(self, "by_key", {sort.key: sort for sort in self.sorts})
        if self.default and self.default.lstrip("-") not in self.by_key:
            raise ImproperlyConfigured(f"default={self.default!r} is none of the sorts")

    def sort_named(self, name: str) -> tuple[Sort, bool]:
        """The sort that a URL asks for and whether it goes down; anything unknown gives the default."""
        sort = self.by_key.get(name.lstrip("-"))
        if sort is not None and name in (sort.key, f"-{sort.key}"):
            return sort, name.startswith("-")
        if self.default:
            return self.by_key[self.default.lstrip("-")], self.default.startswith("-")
        return self.sorts[0], self.sorts[0].down_first

    def count_text(self, n: int, shown: str) -> str:
        """How many rows there are, in words."""
        return str(self.count % {"n": n, "shown": shown})
