"""The log of reading: whoever opens a list of people or a person's file leaves an entry, and whoever exports one.

A GET writes here and nowhere else. It is one statement that mostly finds its entry there already: the same list read
again by the same person within a quarter of an hour is one reading. No name, no word of a search is kept.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pgtrigger
from django.db import connection, transaction
from django.http import QueryDict
from django.utils import timezone
from django.utils.functional import Promise

from core.models import ReadEntry
from core.models.reads import ReadAct

Text = str | Promise
SLOT = timedelta(minutes=15)
KEPT = timedelta(days=2 * 365)
NOT_A_FILTER = frozenset({"sort", "after", "before", "export", "page"})

NOTE = """
INSERT INTO core_readentry (user_id, what, object_id, act, slot, filters, rows) VALUES (%s, %s, %s, %s, %s, %s, %s)
ON CONFLICT DO NOTHING
"""

_labels: dict[str, Text] = {}


def register(what: str, label: Text) -> None:
    """Words for a list or a kind of file."""
    _labels[what] = label


def labels() -> dict[str, Text]:
    """Everything whose reading is logged, by its code."""
    return dict(_labels)


def note(*, user: Any, what: str, object_id: int = 0, query: QueryDict | None = None, rows: int = 0) -> None:
    """`user` opened `what`: the list, or the file of the object with this id."""
    now = timezone.now()
    slot = now - timedelta(seconds=now.timestamp() % SLOT.total_seconds())
    _insert(user.pk, what, object_id, str(ReadAct.READ), slot.replace(microsecond=0), filters_in(query), rows)


def note_export(*, user: Any, what: str, object_id: int = 0, query: QueryDict | None = None, rows: int = 0) -> None:
    """`user` took `what` as a file; each time is an entry."""
    _insert(user.pk, what, object_id, str(ReadAct.EXPORT), timezone.now(), filters_in(query), rows)


def filters_in(query: QueryDict | None) -> int:
    """How many filters a list's address holds, the words of a search counted as one."""
    return sum(1 for name in query or () if query and query.get(name) and name not in NOT_A_FILTER)


def _insert(*values: int | str | datetime) -> None:
    with connection.cursor() as cursor:
        cursor.execute(NOTE, values)


def purge(now: datetime) -> int:
    """Delete what is older than two years."""
    with transaction.atomic(), pgtrigger.ignore("core.ReadEntry:append_only"):
        return ReadEntry.objects.filter(at__lt=now - KEPT).delete()[0]
