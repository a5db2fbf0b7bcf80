"""What kinds of lists there are, and what a line of one is while it is checked: each app registers its own kinds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser
from django.db import models
from django.utils.functional import Promise

from core.enums import Fate, StateLook
from core.models import Import
from core.tables import Field, Row

Text = str | Promise
NEW, USE, SKIP = "new", "use", "skip"
Made = dict[str, Any]
"""What one line made: `row` is its number, the rest are ids and versions."""


@dataclass(frozen=True)
class Candidate:
    """Somebody who is known and may be the one of a line. `is_sure`: nobody else can be (the same address)."""

    pk: int
    name: str
    why: Text
    detail: str = ""
    url: str = ""
    is_sure: bool = False


@dataclass
class Line:
    """One line while it is checked. `choice` is what somebody chose for it: nothing, new, skip, or `use` and an id.

    A kind's `look()` fills in `candidates`, `there` (why the line would bring nothing new), `twin` (the number of an
    earlier line that says the same), `notes` by field, and more errors in `row.errors`.
    """

    row: Row
    place: int
    choice: str = ""
    candidates: list[Candidate] = field(default_factory=list)
    there: Text = ""
    there_url: str = ""
    twin: int = 0
    twin_is_sure: bool = False
    notes: dict[str, Text] = field(default_factory=dict)
    fate: Fate = Fate.NEW

    @property
    def number(self) -> int:
        return self.row.number

    @property
    def values(self) -> dict[str, Any]:
        return self.row.values

    @property
    def errors(self) -> dict[str, Text]:
        return self.row.errors

    @property
    def used(self) -> int:
        """The id of the known person that the line uses; 0: none."""
        head, _, tail = self.choice.partition(":")
        return int(tail) if head == USE and tail.isdecimal() and len(tail) < 19 else 0

    @property
    def enters(self) -> bool:
        return self.fate in (Fate.NEW, Fate.USE)

    @property
    def state_look(self) -> StateLook:
        return self.fate.look

    @property
    def state_words(self) -> str:
        return str(self.fate.label)


@dataclass(frozen=True)
class Shown:
    """What one line made, as the page of the result shows it."""

    name: str
    url: str = ""
    state: Any = None
    detail: Text = ""


class ImportKind:
    """One kind of list. `params` says for what it is (which part of which session); subclasses give what follows."""

    code: ClassVar[str]
    label: ClassVar[Text]
    """The kind in words, as the history of the account says it."""
    groups: ClassVar[Sequence[tuple[Text, tuple[str, ...]]]] = ()
    """Which fields stand together in one column of the page; what no group names has a column of its own at the end."""

    def fields(self, params: Mapping[str, Any]) -> Sequence[Field]:
        """What the columns may hold."""
        raise NotImplementedError

    def choices(self, params: Mapping[str, Any]) -> dict[str, list[str]]:
        """The words that a field takes, where they are few: offered while one corrects."""
        return {}

    def warning(self, lines: Sequence[Line], params: Mapping[str, Any]) -> Text:
        """What somebody should know before the lines that enter are entered; empty: nothing."""
        return ""

    def is_there(self, params: Mapping[str, Any]) -> bool:
        """Whether that for which the list was pasted is still there."""
        return True

    def target(self, params: Mapping[str, Any]) -> str:
        """For what the list is, in the reader's language; empty where the kind says it all."""
        return ""

    def may(self, user: Any, params: Mapping[str, Any]) -> bool:
        """Who may enter such a list; asked again when it is entered."""
        raise NotImplementedError

    def oversees(self, user: Any) -> bool:
        """Who sees what others have entered, and may undo it."""
        return False

    def why_closed(self, params: Mapping[str, Any], *, now: datetime) -> Text:
        """Why nothing can be entered now; empty where it can."""
        return ""

    def look(self, lines: list[Line], params: Mapping[str, Any]) -> None:
        """Compare the lines with what is known, in a bounded number of queries: see `Line`."""
        raise NotImplementedError

    def question(self, params: Mapping[str, Any]) -> tuple[Text, Text] | None:
        """A sentence that one may tick for all the lines, and the text that it is about."""
        return None

    def about(self, params: Mapping[str, Any]) -> models.Model | None:
        """What the messages of the list are about."""
        return None

    def enter(self, line: Line, imp: Import, *, actor: AbstractBaseUser, now: datetime) -> Made:
        """Call the verbs that enter one line; returns ids. Raises DomainError."""
        raise NotImplementedError

    def sealed(self, made: list[Made]) -> None:
        """Note in each the versions that its rows have at the end, so that a later change is seen."""

    def kept(self, made: list[Made]) -> dict[int, str]:
        """Lines that stay as they are when the list is undone, by number, each with a `core.enums.Kept`."""
        raise NotImplementedError

    def take_back(self, made: Made, imp: Import, *, actor: AbstractBaseUser, now: datetime) -> str:
        """Call the verbs that undo one line; returns a `core.enums.Kept` where it stays after all, else nothing."""
        raise NotImplementedError

    def shown(self, made: list[Made]) -> dict[int, Shown]:
        """What each line made, as it is today, by number; what is gone is left out."""
        raise NotImplementedError

    def told(self, made: list[Made]) -> tuple[int, int]:
        """How many messages about these lines wait, and how many have left."""
        return 0, 0

    def button(self, count: int) -> str:
        """The words of the button: “Register 28 people”."""
        raise NotImplementedError

    def start_url(self, params: Mapping[str, Any]) -> str:
        """The page on which another list of the kind is pasted."""
        raise NotImplementedError

    def back_url(self, params: Mapping[str, Any]) -> str:
        """The page that shows what was entered among the rest."""
        raise NotImplementedError

    def heading(self, params: Mapping[str, Any]) -> str:
        """The kind and its target in one line."""
        target = self.target(params) if self.is_there(params) else ""
        return f"{self.label} – {target}" if target else str(self.label)


_kinds: dict[str, ImportKind] = {}


def register(kind: ImportKind) -> None:
    """Make a kind of list known."""
    _kinds[kind.code] = kind


def kind_of(imp: Import) -> ImportKind:
    """The kind of a list; KeyError where nobody registered it."""
    return _kinds[imp.kind]


def kind_named(code: str) -> ImportKind:
    return _kinds[code]


def kinds() -> list[ImportKind]:
    return list(_kinds.values())


def label_of(code: str) -> str:
    """The kind in words; its code where nobody registered it."""
    return str(_kinds[code].label) if code in _kinds else code
