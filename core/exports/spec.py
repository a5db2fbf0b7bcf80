"""What an export declares: its columns, who may have them, which rows are fictional."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import get_language

from core import reads

Text = str | Promise
Reader = Callable[..., Any]


class Kind(Enum):
    """How a cell is typed."""

    TEXT = "text"
    INT = "int"
    DECIMAL = "decimal"
    DATE = "date"
    DATETIME = "datetime"
    PHONE = "phone"
    YESNO = "yesno"


class Column:
    """One column: `Column(_("Telephone"), "phone", kind=Kind.PHONE)`.

    `paths` are columns of the query, annotations included; `value(*paths)` makes one value of them. `may(user)` says
    who gets the column at all.
    """

    def __init__(
        self,
        label: Text,
        *paths: str,
        value: Reader | None = None,
        kind: Kind = Kind.TEXT,
        width: int = 18,
        may: Callable[[Any], bool] | None = None,
    ) -> None:
        self.label = label
        self.paths = paths
        self.value = value
        self.kind = kind
        self.width = width
        self.may = may

    @property
    def key(self) -> str:
        return "+".join(self.paths)

    def reader(self) -> Reader | None:
        """What makes the value of the paths, in the language of now; None: the only path is the value."""
        return self.value


class Choice(Column):
    """A code shown by the words of its enumeration."""

    def __init__(self, label: Text, path: str, choices: Any, **more: Any) -> None:
        super().__init__(label, path, **more)
        self.choices = choices

    def reader(self) -> Reader:
        words = {str(code): str(label) for code, label in self.choices.choices}
        return lambda code: words.get(str(code), code)


class Localized(Column):
    """A text that is kept in three languages: the reader's, or else French."""

    def __init__(self, label: Text, stem: str, *, english: bool = True, **more: Any) -> None:
        paths = [f"{stem}_fr", f"{stem}_ar", *([f"{stem}_en"] if english else [])]
        super().__init__(label, *paths, **more)

    def reader(self) -> Reader:
        place = {"ar": 1, "en": len(self.paths) - 1 if len(self.paths) == 3 else 0}.get((get_language() or "")[:2], 0)
        return lambda *texts: texts[place] or texts[0] or texts[1]


class Names(Column):
    """What stands first in the reader's script, or else in the other: `Names(_("Name"), "name_latin", "name_ar")`."""

    def reader(self) -> Reader:
        if (get_language() or "").startswith("ar"):
            return lambda latin, arabic: arabic or latin
        return lambda latin, arabic: latin or arabic


@dataclass(frozen=True)
class ExportSpec:
    """The declaration of one export.

    `annotate(rows)` adds what columns need beyond the list's own query. `fictional` finds the rows of the
    demonstration: where there are any, a column says which, and the file's name and sheet say it too.
    `people` marks lists that name persons.
    """

    name: str
    label: Text
    columns: Sequence[Column]
    annotate: Callable[[models.QuerySet[Any]], models.QuerySet[Any]] | None = None
    fictional: Q | None = None
    people: bool = False

    def __post_init__(self) -> None:
        if self.people:
            reads.register(self.name, self.label)

    def columns_for(self, user: Any) -> list[Column]:
        """The columns that this reader may have."""
        return [column for column in self.columns if column.may is None or column.may(user)]
