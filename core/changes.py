"""What an act changed, field by field, read from the snapshots that carry the act's context; masked by right.

A value that the reader may not see stays out of the page, and that it changed is said. Three things are masked: what
the register of processing names, and every link to a person or an account, for who may not read people; e-mail
addresses and telephones for who may not read contacts; remarks for who may not read reasons. Keys, tokens and codes are
shown to nobody.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import OuterRef, Subquery
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core import privacy
from core.changed_values import Names
from core.history import DELETED, events_of

PREFIX = "pgh_"
UNSAID = frozenset({"id", "version", "slug", "position"})
CONTACTS = frozenset({"email", "phone"})
REMARKS = ("note", "remark", "comment", "reason")
SECRETS = ("password", "token", "secret", "signature", "signing_key", "control_code", "hash", "sealed")
LABELS: dict[str, str | Promise] = {
    "name_fr": _("name in French"),
    "name_ar": _("name in Arabic"),
    "name_en": _("name in English"),
    "replaced_by": _("replaced by"),
}
"""Words for columns that have none of their own, those of `LocalizedName` among them."""

Events = models.QuerySet[Any]


@dataclass(frozen=True)
class Rights:
    """What the reader may see of a history beside acts and dates."""

    people: bool = False
    contacts: bool = False
    reasons: bool = False

    @classmethod
    def all(cls) -> Rights:
        return cls(people=True, contacts=True, reasons=True)


@dataclass(frozen=True)
class Change:
    """One field of one row: its label and both values in words. `hidden` says why the values are not there."""

    row: int
    model: str
    label: str
    before: str = ""
    after: str = ""
    hidden: str = ""
    is_new: bool = False
    is_gone: bool = False


@dataclass(frozen=True)
class Source:
    """A model whose rows belong to an object's history.

    `by` is the column that holds the object's id (none: the row is the object); `within` finds the rows' snapshots
    where they hang deeper. `unsaid` are columns that say nothing to a person; `shown` are masked for nobody here.
    `words` says the values of a column whose words depend on others: `words["code"](snapshot, value)`.
    """

    model: type[models.Model]
    by: str = ""
    within: Callable[[int], Events] | None = None
    unsaid: frozenset[str] = frozenset()
    shown: frozenset[str] = frozenset()
    words: Mapping[str, Callable[[Any, Any], str]] = field(default_factory=dict)
    _masks: dict[str, str] = field(default_factory=dict, repr=False, compare=False)

    def events(self, pk: int) -> Events:
        """Every snapshot that belongs to the object with this id."""
        if self.within is not None:
            return self.within(pk)
        rows: Events = events_of(self.model)._default_manager.filter(**{self.by or "pgh_obj_id": pk})
        return rows

    @property
    def is_beside(self) -> bool:
        """Rows beside the object itself."""
        return bool(self.by) or self.within is not None

    def fields(self) -> list[Any]:
        """The model's own fields that a history says: a snapshot's copy may have lost its label."""
        skipped = UNSAID | self.unsaid
        columns = {column.name for column in events_of(self.model)._meta.concrete_fields}
        return [
            each
            for each in self.model._meta.concrete_fields
            if each.name in columns and each.name not in skipped and each.attname != self.by
        ]

    def mask_of(self, each: Any) -> str:
        """The right that a field's values need: `people`, `contacts`, `reasons`, `nobody`, or none."""
        if not self._masks:
            self._masks.update({one.name: self._mask(one) for one in self.model._meta.concrete_fields})
        return self._masks[each.name]

    def _mask(self, each: Any) -> str:
        if any(part in each.name for part in SECRETS):
            return "nobody"
        if each.name in self.shown:
            return ""
        if each.name in CONTACTS:
            return "contacts"
        if any(each.name == part or each.name.startswith(f"{part}_") for part in REMARKS):
            return "reasons"
        personal = each.name in privacy.personal_fields(self.model)
        return "people" if personal or (each.is_relation and privacy.is_person(each.related_model)) else ""


@dataclass(frozen=True)
class _Cell:
    """One field of one step of a row, before it is put into words."""

    source: Source
    field: Any
    event: Any
    old: Any
    new: Any
    is_new: bool
    is_gone: bool


def changes(sources: Sequence[Source], pk: int, contexts: Iterable[UUID], rights: Rights) -> dict[UUID, list[Change]]:
    """What the acts of `contexts` changed, by context; as many queries for one act as for fifty."""
    wanted = list(contexts)
    cells = [cell for source in sources if wanted for cell in _cells(source, pk, wanted)]
    names = Names()
    names.load((cell.field, value) for cell in cells for value in (cell.old, cell.new))
    found: dict[UUID, list[Change]] = defaultdict(list)
    for cell in cells:
        found[cell.event.pgh_context_id].append(_said(cell, rights, names))
    return found


def _cells(source: Source, pk: int, contexts: list[UUID]) -> Iterator[_Cell]:
    """The fields that differ between each snapshot of the acts and the one before it of the same row."""
    manager = events_of(source.model)._default_manager
    older = manager.filter(pgh_obj_id=OuterRef("pgh_obj_id"), pgh_id__lt=OuterRef("pgh_id")).order_by("-pgh_id")
    events = list(
        source.events(pk)
        .filter(pgh_context_id__in=contexts)
        .annotate(pgh_before=Subquery(older.values("pgh_id")[:1]))
        .order_by("pgh_id")
    )
    before = manager.in_bulk([event.pgh_before for event in events if event.pgh_before]) if events else {}
    for event in events:
        last = before.get(event.pgh_before)
        gone, new = event.pgh_label == DELETED, last is None
        for each in source.fields():
            now = getattr(event, each.attname)
            if gone or new:
                if now not in (None, "", [], {}):
                    yield _Cell(source, each, event, now if gone else None, None if gone else now, new, gone)
            elif getattr(last, each.attname) != now:
                yield _Cell(source, each, event, getattr(last, each.attname), now, False, False)


def _said(cell: _Cell, rights: Rights, names: Names) -> Change:
    mask = cell.source.mask_of(cell.field)
    hidden = ""
    if mask == "nobody":
        hidden = gettext("never shown")
    elif mask and not getattr(rights, mask):
        hidden = gettext("not shown to your role")

    def words(value: Any) -> str:
        say = cell.source.words.get(cell.field.name)
        return say(cell.event, value) if say and value else names.words(cell.field, value, cell.event.pgh_created_at)

    return Change(
        row=cell.event.pgh_obj_id,
        model=str(cell.source.model._meta.verbose_name) if cell.source.is_beside else "",
        label=label_of(cell.field),
        before="" if hidden or cell.is_new else words(cell.old),
        after="" if hidden or cell.is_gone else words(cell.new),
        hidden=hidden,
        is_new=cell.is_new and not cell.is_gone,
        is_gone=cell.is_gone,
    )


def label_of(each: Any) -> str:
    """A field as a person knows it."""
    if each._verbose_name is not None:
        return str(each.verbose_name)
    named: str | Promise = each.related_model._meta.verbose_name if each.is_relation else each.verbose_name
    return str(LABELS.get(each.name, named))
