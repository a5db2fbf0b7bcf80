"""Snapshots: what an object looked like, written by database triggers at every insert, update and delete.

Every model that a person edits or that feeds a figure carries `@snapshots()`. A snapshot holds the row's columns, the
instant and the context id that the journal entry of the same act carries too.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import pghistory
from django.db import models

M = TypeVar("M", bound=type[models.Model])


def snapshots(*, exclude: tuple[str, ...] = ()) -> Callable[[M], M]:
    """Track a model by triggers; `exclude` names generated columns, which a copy cannot hold."""
    decorate: Callable[[M], M] = pghistory.track(
        pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent(), exclude=list(exclude)
    )
    return decorate


def redact(model: type[models.Model], pk: int, **words: Any) -> int:
    """Replace words in every snapshot of one object, that of its deletion included; returns in how many."""
    events: Any = model._meta.get_field("events").related_model
    count: int = events.objects.filter(pgh_obj_id=pk).update(**words)
    return count
