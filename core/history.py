"""Snapshots: what an object looked like, written by database triggers at every insert, update and delete.

Every model that a person edits or that feeds a figure carries `@snapshots()`. A snapshot holds the row's columns, the
instant and the context id that the journal entry of the same act carries too.

The instant (`pgh_created_at`) is the start of the transaction that wrote: all that one act changes bears one instant,
so no date falls into the middle of an act. Which of two snapshots of an object is the newer one is said by `pgh_id`,
given out under the row's lock: an act that started first may have waited for its turn, and then has the last word.

    sessions = as_of(Session, at).filter(state="held")
    parts = as_of(SessionPart, at).filter(session_id__in=ids(sessions))
    parts = parts.annotate(title=value_of(Session, "title_fr", at=at, by="session_id"))

Relations are joined by id between `as_of` querysets, as above. Following one (`part__session__state`) would read the
row of today, so a queryset of snapshots refuses it.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, TypeVar

import pghistory
from django.db import connection, models
from django.db.models import Exists, OuterRef, Subquery
from django.db.models.sql import Query
from django.db.models.sql.compiler import SQLCompiler
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.errors import DomainError

M = TypeVar("M", bound=type[models.Model])

DELETED = "delete"
MARGIN = timedelta(seconds=1)
"""A transaction counts as open a moment after it took its start as its instant; nothing newer than this is settled."""

OLDEST_OPEN = """
SELECT least(min(xact_start), clock_timestamp()) FROM pg_stat_activity
WHERE datname = current_database() AND backend_type = 'client backend'
"""


def snapshots(*, exclude: tuple[str, ...] = (), later: tuple[str, ...] = ()) -> Callable[[M], M]:
    """Track a model by triggers; `exclude` names generated columns, which a copy cannot hold.

    `later` names the fields that came after the model's first migration: in a snapshot of before they are NULL.
    """

    def decorate(model: M) -> M:
        track: Callable[[M], M] = pghistory.track(
            pghistory.InsertEvent(),
            pghistory.UpdateEvent(),
            pghistory.DeleteEvent(),
            exclude=list(exclude),
            attrs={name: _unknown_before(model, name) for name in later},
            obj_field=pghistory.ObjForeignKey(related_name="events", db_index=False),
            meta={"indexes": [_newest_first(model)]},
        )
        return track(model)

    return decorate


def redact(model: type[models.Model], pk: int, **words: Any) -> int:
    """Replace words in every snapshot of one object, that of its deletion included; returns in how many."""
    events: Any = model._meta.get_field("events").related_model
    count: int = events.objects.filter(pgh_obj_id=pk).update(**words)
    return count


def _newest_first(model: type[models.Model]) -> models.Index:
    """What `as_of` reads to know whether a newer snapshot of the object exists; it serves the object's history too."""
    name = f"as_of_{model._meta.app_label[:3]}_{str(model._meta.model_name)[:20]}"
    return models.Index(fields=["pgh_obj", "-pgh_id"], include=["pgh_created_at"], name=name)


def _unknown_before(model: type[models.Model], name: str) -> Any:
    """A copy of the field that may be NULL and has no default, whatever the field itself says."""
    copy: Callable[..., Any] = pghistory.core._generate_history_field
    field = copy(model, name)
    field.null, field.default, field.db_default = True, models.NOT_PROVIDED, models.NOT_PROVIDED
    return field


class FollowsToday(TypeError):
    """A figure as of a date would have read a row of today."""


class _Query(Query):
    """A query that stays within its own table."""

    def get_compiler(self, using: str | None = None, connection: Any = None, elide_empty: bool = True) -> SQLCompiler:
        for alias, join in self.alias_map.items():
            if self.alias_refcount.get(alias) and getattr(join, "join_type", None):
                raise FollowsToday(f"{join.table_name}: join as_of() querysets by id, see core.history")
        compiler: SQLCompiler = super().get_compiler(using, connection, elide_empty)
        return compiler


class Snapshots(models.QuerySet[Any]):
    """Snapshots as they stood at an instant, one an object; `pgh_obj_id` says which. Filter and count them as rows."""

    def select_related(self, *fields: Any) -> Snapshots:
        raise FollowsToday("select_related() reads the rows of today")

    def prefetch_related(self, *lookups: Any) -> Snapshots:
        raise FollowsToday("prefetch_related() reads the rows of today")

    def order_by(self, *names: Any) -> Snapshots:
        for name in names:
            first = name.lstrip("-").split("__")[0] if isinstance(name, str) else ""
            field: Any = next((field for field in self.model._meta.fields if field.name == first), None)
            if field is not None and field.is_relation and first != field.attname:
                raise FollowsToday(f"order_by({name!r}) reads the rows of today: order by {field.attname}")
        return super().order_by(*names)


def as_of(model: type[models.Model], at: datetime) -> Snapshots:
    """What every object of `model` looked like at the instant `at`; objects that were deleted by then are not there.

    The newest snapshot per object among those of `at` or before. The answer stays the same for ever where `at` is
    settled (`wait_until_settled`). Columns that came later are NULL.
    """
    events = events_of(model)
    rows = Snapshots(events, query=_Query(events))
    newer = events._default_manager.filter(
        pgh_obj_id=OuterRef("pgh_obj_id"), pgh_id__gt=OuterRef("pgh_id"), pgh_created_at__lte=at
    )
    return rows.filter(~Exists(newer), pgh_created_at__lte=at).exclude(pgh_label=DELETED)


def ids(rows: Snapshots) -> models.QuerySet[Any, Any]:
    """The objects' ids, for a join: `as_of(Part, at).filter(session_id__in=ids(sessions))`."""
    return rows.order_by().values("pgh_obj_id")


def value_of(model: type[models.Model], field: str, *, at: datetime, by: str) -> Subquery:
    """What `field` was at `at` in the object of `model` whose id stands in the column `by` of the outer snapshot."""
    return Subquery(as_of(model, at).filter(pgh_obj_id=OuterRef(by)).values(field)[:1])


def events_of(model: type[models.Model]) -> Any:
    """The model of the snapshots of `model`."""
    return model._meta.get_field("events").related_model


class NotSettled(DomainError):
    """Transactions that may still write snapshots of the instant are open."""

    code = "not_settled"

    def __init__(self) -> None:
        super().__init__(_("Something that began before this moment is still being written. Try again in a minute."))


def settled_instant() -> datetime:
    """The newest instant whose figures cannot change any more: older than the oldest open transaction.

    A transaction that only reads counts too: nobody knows what it will do next.
    """
    with connection.cursor() as cursor:
        cursor.execute(OLDEST_OPEN)
        found: datetime = cursor.fetchone()[0]
    return found - MARGIN


def is_settled(at: datetime) -> bool:
    """Whether every transaction that may have written at `at` or before has ended."""
    return at <= settled_instant()


def wait_until_settled(at: datetime, *, timeout: timedelta = timedelta(minutes=1), pause: float = 0.2) -> None:
    """Return once `at` is settled; a job calls it before it reads figures. Raises NotSettled after `timeout`.

    Raises RuntimeError inside a transaction, which would wait for itself, and ValueError for an instant to come.
    """
    if connection.in_atomic_block:
        raise RuntimeError("wait_until_settled() inside a transaction")
    if at > timezone.now() + timeout:
        raise ValueError("as_of: an instant to come has no figures yet")
    until = time.monotonic() + timeout.total_seconds()
    while not is_settled(at):
        if time.monotonic() >= until:
            raise NotSettled
        time.sleep(pause)
