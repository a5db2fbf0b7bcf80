"""The journal of one object in words: who did what, when and why. Each app says its verbs, this says the rest."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import models
from django.utils.functional import Promise

from core import journal
from core.models import JournalEntry

Words = str | Promise
SHOWN = 100


def _nothing(_entry: JournalEntry) -> Mapping[str, Words]:
    return {}


@dataclass(frozen=True)
class Line:
    """One entry as a person reads it; `reason` is empty where none was asked for."""

    at: datetime
    words: str
    by: str
    reason: str


@dataclass(frozen=True)
class Trail:
    """The verbs of an app in words, who acted where nobody is named, and what the words say of an entry's data."""

    verbs: Mapping[str, Words]
    nobody: Words
    said: Callable[[JournalEntry], Mapping[str, Words]] = _nothing

    def lines_of(self, obj: models.Model) -> list[Line]:
        """The newest entries of one object, newest first, at most a hundred."""
        return [self._line(entry) for entry in journal.history_of(obj)[:SHOWN]]

    def words_of(self, entry: JournalEntry) -> str:
        """The act in the page's language; its code where no words are known."""
        words = str(self.verbs.get(entry.verb, entry.verb))
        said = self.said(entry)
        return words % said if said else words

    def _line(self, entry: JournalEntry) -> Line:
        reason = getattr(entry, "reason", None)
        by = str(entry.actor) if entry.actor_id else str(self.nobody)
        return Line(entry.at, self.words_of(entry), by, reason.text if reason else "")
