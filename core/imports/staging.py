"""What a person does with a list before it is entered: paste it, correct and decide, give it up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.utils.translation import gettext_lazy as _

from core import journal, saving
from core.enums import JOB_OPEN, ImportState
from core.errors import DomainError, IllegalMove, NotAllowed, StaleObject
from core.imports.checking import packed, unpacked
from core.imports.kinds import ImportKind, kind_named, kind_of
from core.models import Import, Job
from core.models.imports import NOTHING_PERSONAL
from core.tables import Cell, Grid, recognise
from core.tables.grid import NOTHING, text_cell
from core.transitions import move

KEPT = timedelta(hours=24)
JOB = "core.import"
MOST_OPEN = 20


class TooManyLists(DomainError):
    """One person has many lists open that nobody confirmed."""

    code = "too_many_lists"


@journal.act
def stage(
    *,
    kind: str,
    params: Mapping[str, Any],
    grid: Grid,
    digest: str,
    file_name: str = "",
    author: AbstractBaseUser,
    now: datetime,
) -> Import:
    """Keep a list for a day, to be checked and confirmed; nothing is entered. Raises TableRefused, TooManyLists."""
    if Import.objects.of(author).filter(state=ImportState.STAGED, expires_at__gt=now).count() >= MOST_OPEN:
        raise TooManyLists(_("You have many lists open: enter them or give them up first."))
    known = kind_named(kind)
    if not known.may(author, params):
        raise NotAllowed
    reading = recognise(grid, [replace(one, required=False) for one in known.fields(params)])
    columns = _with_needed(grid, reading.columns, known, params)
    who: Any = author
    imp = Import(
        kind=kind,
        params=dict(params),
        author=who,
        file_name=file_name[:200],
        digest=digest,
        grid=packed(grid, notes=reading.notes, found_by=reading.found_by),
        columns=[name or "" for name in columns],
        created_at=now,
        expires_at=now + KEPT,
    )
    imp.save(force_insert=True)
    return imp


@journal.act
def settle(
    *,
    imp: Import,
    version: int | None,
    columns: list[str],
    cells: Mapping[tuple[int, int], str],
    fills: Mapping[int, str],
    choices: Mapping[int, str],
    agreed: bool,
    actor: AbstractBaseUser,
) -> Import:
    """Keep what was corrected and decided: what the columns mean, cells, lines. `fills` gives empty cells of a column.

    Locks the list. Raises StaleObject when another window has changed it, IllegalMove once it is no longer to be
    checked.
    """
    current = _own(imp, actor)
    if current.state != ImportState.STAGED:
        raise IllegalMove(state=current.get_state_display())
    if version is not None and version != current.version:
        raise StaleObject(current)
    kind = kind_of(current)
    grid = unpacked(current.grid)
    for (place, column), text in cells.items():
        if 0 <= place < len(grid.rows) and 0 <= column < grid.width:
            grid.rows[place][column] = text_cell(text[:2000])
    named = [name or None for name in columns] or [name or None for name in current.columns]
    first = len(grid.rows) - len(recognise(grid, kind.fields(current.params), columns=named).rows)
    for column, text in fills.items():
        for row in grid.rows[first:]:
            if 0 <= column < grid.width and row[column].is_empty:
                row[column] = text_cell(text[:2000])
    named = _with_needed(grid, _each_once(named), kind, current.params)
    kept = current.grid
    current.grid = packed(grid, notes=kept["notes"], found_by=kept["found_by"])
    current.columns = [name or "" for name in named]
    current.choices = {str(place): choice[:40] for place, choice in choices.items()}
    current.agreed, current.trouble, current.figures = agreed, "", {}
    current.version += 1
    current.save(update_fields=["grid", "columns", "choices", "agreed", "trouble", "figures", "version"])
    return current


@journal.act
def drop(*, imp: Import, actor: AbstractBaseUser) -> Import:
    """Give a list up: every word of it is erased at once. A second call changes nothing. Raises IllegalMove."""
    current = _own(imp, actor)
    if current.state == ImportState.DROPPED:
        return current
    if current.state == ImportState.APPLYING and job_of(current):
        raise IllegalMove(state=current.get_state_display())
    move(current, ImportState.DROPPED, actor=actor, expires_at=None, **NOTHING_PERSONAL)
    journal.record("import.drop", obj=actor, actor=actor, data={"list": current.kind, "import": current.pk})
    return current


@journal.act
def reopen(*, imp: Import, actor: AbstractBaseUser) -> Import:
    """Back to the check, where the work that was to enter the list has stopped on its way. Raises IllegalMove."""
    current = _own(imp, actor)
    if current.state == ImportState.STAGED:
        return current
    if job_of(current):
        raise IllegalMove(state=current.get_state_display())
    return move(current, ImportState.STAGED, actor=actor)


def job_of(imp: Import) -> Job | None:
    """The background job that enters the list, while it is open."""
    jobs = Job.objects.filter(kind=JOB, once_key=once_key(imp), author_id=imp.author_id, state__in=JOB_OPEN)
    return jobs.first()


def once_key(imp: Import) -> str:
    return f"import:{imp.uid.hex}"


def earlier(imp: Import) -> Import | None:
    """The same list, entered before for the same purpose and not undone."""
    same = Import.objects.filter(kind=imp.kind, digest=imp.digest, state=ImportState.APPLIED, params=imp.params)
    return same.exclude(pk=imp.pk).select_related("author").order_by("-id").first()


def purge(*, now: datetime) -> int:
    """Give up, and erase, every list that nobody confirmed within a day; returns how many."""
    ids = list(Import.objects.forgotten(at=now).values_list("pk", flat=True))
    return sum(_forget(pk, now=now) for pk in ids)


@journal.act
def _forget(pk: int, *, now: datetime) -> bool:
    rows = Import.objects.select_for_update(of=("self",), skip_locked=True).forgotten(at=now)
    imp = rows.filter(pk=pk).first()
    if imp is None:
        return False
    move(imp, ImportState.DROPPED, actor=None, expires_at=None, **NOTHING_PERSONAL)
    return True


def _own(imp: Import, actor: AbstractBaseUser) -> Import:
    current = saving.locked(Import, imp.pk)
    if current.author_id != actor.pk:
        raise NotAllowed
    return current


def _each_once(columns: list[str | None]) -> list[str | None]:
    """No field twice: the first column keeps it."""
    return [name if name and name not in columns[:place] else None for place, name in enumerate(columns)]


def _with_needed(
    grid: Grid, columns: list[str | None], kind: ImportKind, params: Mapping[str, Any]
) -> list[str | None]:
    """An empty column for every field that is needed and has none, so that it can be filled in on the page."""
    fields = kind.fields(params)
    reading = recognise(grid, fields, columns=columns)
    missing = [one for one in fields if one.required and one.name not in columns]
    head = len(grid.rows) - len(reading.rows) - 1
    for one in missing:
        for place, row in enumerate(grid.rows):
            named = place == head and reading.header is not None
            row.append(Cell(str(one.label), "text") if named else NOTHING)
    return [*columns, *[one.name for one in missing]]
