"""The journal of one object in words: who did what, when, why, what changed. Each app says its verbs and sources."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext

from core import journal
from core.changes import Change, Rights, Source, changes, label_of
from core.models import JournalEntry

Words = str | Promise
SHOWN = 10
"""Entries in the panel beside an object; its history page has them all."""

PAGE = 50


def _nothing(_entry: JournalEntry) -> Mapping[str, Words]:
    return {}


def _nobody_named(_entries: Sequence[JournalEntry], _rights: Rights) -> dict[int, str]:
    return {}


@dataclass(frozen=True)
class Line:
    """One entry as a person reads it; `reason` is empty where none was asked for.

    `reason_note` says why a reason is not there. `values` are what the object began with, `changes` what the act
    changed of it and of the rows that belong to it.
    """

    at: datetime
    words: str
    by: str
    reason: str
    about: str = ""
    reason_note: str = ""
    changes: list[Change] = field(default_factory=list)
    values: list[Change] = field(default_factory=list)


@dataclass(frozen=True)
class Page:
    """Some entries, newest first; `older` is the id before which the next page begins, None at the end."""

    lines: list[Line]
    older: int | None


@dataclass(frozen=True)
class Trail:
    """The verbs of an app in words, who acted where nobody is named, and what the words say of an entry's data.

    `sources` are the models whose rows belong to the object; `erased` names, by verb, the fields whose values that verb
    took out of every snapshot; `about` says which part of the object an entry speaks of.
    """

    verbs: Mapping[str, Words]
    nobody: Words
    said: Callable[[JournalEntry], Mapping[str, Words]] = _nothing
    sources: tuple[Source, ...] = ()
    erased: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    about: Callable[[Sequence[JournalEntry], Rights], dict[int, str]] = _nobody_named

    def lines_of(self, obj: models.Model) -> list[Line]:
        """The newest entries of one object, newest first, without values: for a panel that staff alone see."""
        return [self._line(entry, Rights.all()) for entry in journal.history_of(obj)[:SHOWN]]

    def page(self, obj: models.Model, rights: Rights, *, before: int | None = None) -> Page:
        """A page of the whole history with old and new values, masked by `rights`."""
        rows = journal.history_of(obj)
        entries = list((rows if before is None else rows.filter(pk__lt=before))[: PAGE + 1])
        shown, more = entries[:PAGE], len(entries) > PAGE
        first = {
            entry.context_id: entry.pk for entry in shown
        }  # what an act changed stands once, beside its first verb
        found = changes(self.sources, obj.pk, first, rights)
        gone = self._erased(obj)
        about = self.about(shown, rights)
        lines = []
        for entry in shown:
            its = found.get(entry.context_id, []) if first[entry.context_id] == entry.pk else []
            line = self._line(
                entry,
                rights,
                about=about.get(entry.pk, ""),
                values=[each for each in its if each.is_new and not each.model],
                changes=[
                    *(each for each in its if each.model or not each.is_new),
                    *self._said_erased(obj, entry, its, gone),
                ],
            )
            lines.append(line)
        return Page(lines, shown[-1].pk if more else None)

    def words_of(self, entry: JournalEntry) -> str:
        """The act in the page's language; its code where no words are known."""
        words = str(self.verbs.get(entry.verb, entry.verb))
        said = self.said(entry)
        return words % said if said else words

    def _line(self, entry: JournalEntry, rights: Rights, **rest: Any) -> Line:
        reason = getattr(entry, "reason", None)
        by = str(self.nobody)
        if entry.actor_id:
            by = str(entry.actor) if rights.people else gettext("a person of the agency")
        text, note = (reason.text if reason and rights.reasons else ""), ""
        if entry.reason_hash and not text:
            note = (
                gettext("Its reason was erased.")
                if rights.reasons
                else gettext("Its reason is not shown to your role.")
            )
        return Line(entry.at, self.words_of(entry), by, text, reason_note=note, **rest)

    def _erased(self, obj: models.Model) -> dict[str, int]:
        """The last entry that erased each field."""
        rows = journal.history_of(obj).filter(verb__in=self.erased).order_by("id") if self.erased else ()
        return {name: entry.pk for entry in rows for name in self.erased[entry.verb]}

    def _said_erased(
        self, obj: models.Model, entry: JournalEntry, its: list[Change], gone: dict[str, int]
    ) -> list[Change]:
        """Fields that an act changed, or erased, whose values were taken out of the snapshots since."""
        own = self.erased.get(entry.verb, ())
        named = [*own, *(name for name in str(entry.data.get("fields", "")).split() if gone.get(name, 0) > entry.pk)]
        known = {each.label for each in its}
        labels = [label_of(obj._meta.get_field(name)) for name in named]
        return [Change(obj.pk, "", label, hidden=gettext("erased")) for label in labels if label not in known]
