"""What a version of a plan has that another one has not: added, removed, changed field by field."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.localized import localized
from steering.enums import PlanState
from steering.models import PlanEntry, PlanVersion

How = Literal["added", "removed", "changed"]
FIELDS: tuple[tuple[str, str | Promise], ...] = (
    ("title", _("Title")),
    ("recommendation", _("Recommendation")),
    ("owner", _("Institution in charge")),
    ("starts_on", _("Starts on")),
    ("due_on", _("Due date")),
    ("weight", _("Weight")),
)


@dataclass(frozen=True)
class Said:
    """What a version says of one action."""

    action_id: int
    code: str
    title: str
    title_fr: str
    title_ar: str
    recommendation: str
    owner: str
    starts_on: Any
    due_on: Any
    weight: int
    position: int


@dataclass(frozen=True)
class FieldChange:
    """One field: its words, what it was and what it is."""

    name: str
    label: str | Promise
    before: Any
    after: Any


@dataclass(frozen=True)
class Change:
    """One action that differs."""

    how: How
    said: Said
    fields: tuple[FieldChange, ...] = ()


def between(old: PlanVersion, new: PlanVersion) -> list[Change]:
    """The differences in the order of the new version; what was removed stands last. Two queries."""
    before = {said.action_id: said for said in _said(old)}
    found: list[Change] = []
    for said in _said(new):
        known = before.pop(said.action_id, None)
        if known is None:
            found.append(Change("added", said))
        elif fields := tuple(_changed(known, said)):
            found.append(Change("changed", said, fields))
    return found + [Change("removed", said) for said in before.values()]


def before(version: PlanVersion) -> PlanVersion | None:
    """The version that this one replaces: the one with the next lower number."""
    return version.plan.versions.filter(number__lt=version.number).order_by("-number").first()


def _changed(old: Said, new: Said) -> Iterator[FieldChange]:
    for name, label in FIELDS:
        one, other = getattr(old, name), getattr(new, name)
        both = (old.title_fr, old.title_ar) == (new.title_fr, new.title_ar) if name == "title" else one == other
        if not both:
            yield FieldChange(name, label, one, other)


def _said(version: PlanVersion) -> Iterator[Said]:
    """A draft is read live, as its actions stand; any other version as it was fixed."""
    live = version.state == PlanState.DRAFT
    rows = version.entries.select_related("action__owner", "action__recommendation", "owner", "recommendation")
    for entry in rows:
        yield of_entry(entry, live=live)


def of_entry(entry: PlanEntry, *, live: bool) -> Said:
    """What a version says of an action: from the action while it is a draft, from the entry once it is fixed."""
    source: Any = entry.action if live else entry
    return Said(
        action_id=entry.action_id,
        code=entry.action.code,
        title=localized(source, "title"),
        title_fr=source.title_fr,
        title_ar=source.title_ar,
        recommendation=source.recommendation.code if source.recommendation else "",
        owner=str(source.owner),
        starts_on=source.starts_on,
        due_on=source.due_on,
        weight=source.weight,
        position=entry.position,
    )
