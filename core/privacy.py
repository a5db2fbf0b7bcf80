"""The register of processing: every personal field with its purpose, its basis and how long it is kept.

Each app registers its own in `apps.py: ready()`. A test finds the personal fields of every model and fails on one that
the register does not name. Snapshots hold the same fields and follow the same line: who erases a value erases it there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.apps import apps
from django.conf import settings
from django.db.models import Model
from django.utils.functional import Promise
from django.utils.translation import pgettext

Text = str | Promise


@dataclass(frozen=True)
class Line:
    """Fields of one model that are processed alike."""

    model: str
    fields: tuple[str, ...]
    purpose: Text
    basis: Text
    kept: Text
    words: Mapping[str, Text] = field(default_factory=dict)
    """Words for a field that has none of its own."""

    @property
    def model_name(self) -> str:
        """The model in words."""
        return str(apps.get_model(self.model)._meta.verbose_name)

    @property
    def fields_in_words(self) -> str:
        """The fields as a reader knows them."""
        meta = apps.get_model(self.model)._meta
        found = [
            str(self.words.get(name) or getattr(meta.get_field(name), "verbose_name", name)) for name in self.fields
        ]
        # Translators: the comma between words of a list
        return pgettext("list", ", ").join(found)


@dataclass(frozen=True)
class Retention:
    """A period after which values are erased; `purge(now)` erases what is due and says how many rows it touched."""

    code: str
    label: Text
    days: int
    purge: Callable[[datetime], int]


_lines: list[Line] = []
_people: set[str] = set()
_retentions: dict[str, Retention] = {}


def register(*lines: Line) -> None:
    """Add lines to the register."""
    _lines.extend(lines)


def are_people(*models: str) -> None:
    """Name models each row of which is a person: a link to one is a personal value."""
    _people.update(models)


def is_person(model: type[Model]) -> bool:
    """Whether a row of the model is a person: an account, or what an app named."""
    return model._meta.label_lower in {settings.AUTH_USER_MODEL.lower(), *_people}


def personal_fields(model: type[Model]) -> frozenset[str]:
    """What the register names of a model."""
    return frozenset(name for line in _lines if line.model == model._meta.label_lower for name in line.fields)


def retain(retention: Retention) -> None:
    """Add a period that the nightly purge applies."""
    _retentions[retention.code] = retention


def lines() -> list[Line]:
    """The whole register, model by model."""
    return sorted(_lines, key=lambda line: line.model)


def retentions() -> list[Retention]:
    """The periods, in the order in which they were registered."""
    return list(_retentions.values())


def purge(*, now: datetime) -> dict[str, int]:
    """Apply every period once; what was erased already is not counted again."""
    return {code: retention.purge(now) for code, retention in _retentions.items()}
