"""Reading the files of `directory/data/`, and bringing rows into line with them."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from django.db import models

from core import saving

DATA = Path(__file__).resolve().parent.parent.parent / "data"

M = TypeVar("M", bound=models.Model)


@dataclass
class Tally:
    """What one piece did."""

    added: int = 0
    changed: int = 0


def lines(name: str) -> Iterator[dict[str, str]]:
    """The rows of a file, by column."""
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def day(text: str) -> date | None:
    """An ISO date, or none."""
    return date.fromisoformat(text) if text else None


def bring(
    existing: dict[Any, M],
    wanted: Iterable[tuple[Any, M]],
    *,
    fields: tuple[str, ...] = (),
    added: Callable[[M], object] | None = None,
) -> Tally:
    """Add each wanted row whose key does not exist; bring `fields` of those that do into line (none: they stay)."""
    tally, missing = Tally(), {}
    for key, row in wanted:
        if key in existing:
            if fields and saving.change(existing[key], **{name: getattr(row, name) for name in fields}):
                tally.changed += 1
        else:
            missing[key] = row
    if missing:
        model = type(next(iter(missing.values())))
        model._default_manager.bulk_create(missing.values())  # our own files: the tests hold them to the rules
        existing |= missing
    tally.added = len(missing)
    if added is not None:
        for row in missing.values():
            added(row)
    return tally
