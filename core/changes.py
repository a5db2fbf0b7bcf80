"""What an act changed, field by field, read from the snapshots that carry the act's context."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext

from core.formats.dates import plain_date

PREFIX = "pgh_"
UNSAID = frozenset({"id", "version"})


@dataclass(frozen=True)
class Change:
    """One field of one row: its label and both values in words; an empty `before` for a new row."""

    row: int
    model: str
    label: str
    before: str
    after: str


def events_of(model: type[models.Model]) -> models.QuerySet[Any]:
    """The snapshots of a model."""
    related: Any = model._meta.get_field("events").related_model
    rows: models.QuerySet[Any] = related._default_manager.all()
    return rows


def changes(
    model: type[models.Model], events: Iterable[Any], *, unsaid: frozenset[str] = frozenset()
) -> dict[UUID, list[Change]]:
    """The changes by context of `events`, which come in the order of their ids and begin with each row's insertion."""
    found: dict[UUID, list[Change]] = defaultdict(list)
    last: dict[int, Any] = {}
    names = _Names()
    for event in events:
        before = last.get(event.pgh_obj_id)
        last[event.pgh_obj_id] = event
        if event.pgh_context_id is None or before is None:
            continue
        for field in event._meta.concrete_fields:
            if field.name.startswith(PREFIX) or field.name in UNSAID | unsaid:
                continue
            old, new = getattr(before, field.attname), getattr(event, field.attname)
            if old != new:
                source = _source(model, field)
                found[event.pgh_context_id].append(
                    Change(
                        row=event.pgh_obj_id,
                        model=str(model._meta.verbose_name),
                        label=str(source.verbose_name),
                        before=names.words(source, old),
                        after=names.words(source, new),
                    )
                )
    return found


def _source(model: type[models.Model], field: Any) -> Any:
    """The model's own field: the snapshot's copy may have lost its label."""
    try:
        return model._meta.get_field(field.name)
    except FieldDoesNotExist:
        return field


class _Names:
    """Values as a person reads them; each row that is referred to is fetched once."""

    def __init__(self) -> None:
        self.known: dict[tuple[Any, Any], str] = {}

    def words(self, field: Any, value: Any) -> str:
        if value in (None, ""):
            return gettext("(empty)")
        if isinstance(value, bool):
            return gettext("yes") if value else gettext("no")
        if field.is_relation:
            return self._related(field, value)
        if field.choices:
            return str(dict(field.flatchoices).get(value, value))
        return moment(value)

    def _related(self, field: Any, value: Any) -> str:
        key = (field.related_model, value)
        if key not in self.known:
            row = field.related_model._default_manager.filter(pk=value).first()
            self.known[key] = str(row) if row is not None else str(value)
        return self.known[key]


def moment(value: Any) -> str:
    """A date, an hour or both in the reader's language; anything else as it is."""
    if hasattr(value, "hour") and hasattr(value, "year"):
        return date_format(timezone.localtime(value), "DATETIME_FORMAT")
    if hasattr(value, "year"):
        return plain_date(value)
    if hasattr(value, "hour"):
        return time_format(value, "H:i")
    return str(value)
