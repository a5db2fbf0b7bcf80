"""Who took which list, when, how many rows: never what stood in them."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.http import QueryDict

from core import journal, reads
from core.exports.spec import ExportSpec


@journal.act
def taken(
    *, user: Any, spec: ExportSpec, form: str, rows: int, obj: models.Model | None = None, query: str = ""
) -> None:
    """A file was handed out: `export.take` in the history of the account; for people, in the log of reading too."""
    journal.record("export.take", obj=user, actor=user, data={"list": spec.name, "form": form, "rows": rows})
    if spec.people:
        reads.note_export(user=user, what=spec.name, object_id=obj.pk if obj else 0, query=QueryDict(query), rows=rows)
