"""Values of a snapshot as a person reads them: choices, yes and no, the reader's dates, names as of that day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext, pgettext

from core.formats.dates import plain_date
from core.formats.phones import phone
from core.history import events_of

Key = tuple[type[models.Model], Any]


class Names:
    """Words for values. Rows that are referred to are fetched together, one query a model.

    A model with `NAMED_BY`, the columns that make its name, bears the name that it had at the instant of the change;
    any other the one of today.
    """

    def __init__(self) -> None:
        self._today: dict[Key, str] = {}
        self._dated: dict[Key, list[tuple[datetime, str]]] = defaultdict(list)

    def load(self, values: Iterable[tuple[Any, Any]]) -> None:
        """Fetch what the relations among `(field, value)` point at."""
        wanted: dict[type[models.Model], set[Any]] = defaultdict(set)
        for each, value in values:
            if each.is_relation and value is not None:
                wanted[each.related_model].add(value)
        for model, pks in wanted.items():
            if hasattr(model, "NAMED_BY"):
                self._load_dated(model, pks)
            missing = {pk for pk in pks if (model, pk) not in self._dated}
            for row in model._default_manager.filter(pk__in=missing) if missing else ():
                self._today[model, row.pk] = str(row)

    def _load_dated(self, model: Any, pks: set[Any]) -> None:
        rows = events_of(model)._default_manager.filter(pgh_obj_id__in=pks).order_by("pgh_id")
        for pk, at, *names in rows.values_list("pgh_obj_id", "pgh_created_at", *model.NAMED_BY):
            named = str(model(pk=pk, **dict(zip(model.NAMED_BY, names, strict=True))))
            known = self._dated[model, pk]
            if not known or known[-1][1] != named:
                known.append((at, named))

    def words(self, each: Any, value: Any, at: datetime) -> str:
        """The value of a field as it was written at `at`."""
        if value in (None, "", [], {}):
            return gettext("(empty)")
        if isinstance(value, bool):
            return gettext("yes") if value else gettext("no")
        if each.is_relation:
            return self._related(each.related_model, value, at)
        if each.choices:
            return str(dict(each.flatchoices).get(value, value))
        return phone(value) if each.name == "phone" else words_of(value)

    def _related(self, model: type[models.Model], pk: Any, at: datetime) -> str:
        known = self._dated.get((model, pk))
        if known:
            return next((name for since, name in reversed(known) if since <= at), known[0][1])
        return self._today.get((model, pk)) or gettext("no longer there")


def words_of(value: Any) -> str:
    """A date, an hour or both in the reader's language; a list as one; anything else as it is."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        # Translators: the comma between words of a list
        return pgettext("list", ", ").join(words_of(each) for each in value)
    if hasattr(value, "hour") and hasattr(value, "year"):
        return date_format(timezone.localtime(value), "DATETIME_FORMAT")
    if hasattr(value, "year"):
        return plain_date(value)
    if hasattr(value, "hour"):
        return time_format(value, "H:i")
    return str(value)
