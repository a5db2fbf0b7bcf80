"""Entering a list: every line or none, in one transaction; at once where it is short, else as a background job."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import connections
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from core import jobs, journal, outbox, saving
from core.enums import Fate, ImportState
from core.errors import DomainError, IllegalMove, NotAllowed, StaleObject
from core.imports.checking import check
from core.imports.kinds import Line, kind_of
from core.imports.staging import JOB, once_key
from core.jobs import lease
from core.jobs.runs import JobCancelled, JobLost
from core.models import Import, Job
from core.models.imports import NOTHING_PERSONAL
from core.transitions import move

AT_ONCE = 30
"""So many lines are entered while the person waits."""
TOLD_EVERY = 0.5
FATES = (Fate.NEW, Fate.USE, Fate.KNOWN, Fate.OUT)


class Changed(DomainError):
    """The list is no longer what was confirmed: somebody entered or changed something meanwhile."""

    code = "changed"

    def __init__(self) -> None:
        super().__init__(_("Something has changed since you checked this list. Look at it once more, then confirm."))


class NotReady(DomainError):
    """Cells are to be corrected, or lines to be decided, or nothing is left to enter."""

    code = "not_ready"

    def __init__(self) -> None:
        super().__init__(_("This list cannot be entered yet: correct the cells and decide the lines that are marked."))


class RowRefused(DomainError):
    """A rule stands against one line: nothing of the list was entered."""

    code = "row_refused"

    def __init__(self, line: Line, error: DomainError) -> None:
        sentence = _("Line %(number)s: %(why)s Nothing was entered.")
        super().__init__(sentence % {"number": line.number, "why": str(error)}, field=error.field)
        self.line = line


def confirm(*, imp: Import, version: int | None, actor: AbstractBaseUser, now: datetime) -> Job | None:
    """Enter the list: a short one at once (None), a longer one by the job that is returned.

    A second call changes nothing and answers alike. More than five messages wait in one batch. Raises NotReady,
    RowRefused, StaleObject when another window has changed the list, NotAllowed, IllegalMove once it was given up.
    """
    job = _confirm(imp=imp, version=version, actor=actor, now=now)
    if job is None:
        _enter(imp, actor=actor, now=now)
    return job


@journal.act
def _confirm(*, imp: Import, version: int | None, actor: AbstractBaseUser, now: datetime) -> Job | None:
    """Note what was confirmed; a long list is given to a worker, in the same transaction."""
    current = saving.locked(Import, imp.pk)
    kind = kind_of(current)
    if current.author_id != actor.pk or not kind.may(actor, current.params):
        raise NotAllowed
    if current.state == ImportState.APPLIED:
        return None
    if current.state == ImportState.APPLYING:
        return _job(current, actor, now)
    if version is not None and version != current.version:
        raise StaleObject(current)
    checked = check(current, now=now)
    if not checked.is_ready:
        raise NotReady if not checked.closed else DomainError(checked.closed, code="closed")
    is_short = len(checked.entering) <= AT_ONCE
    figures = {fate.value: checked.figures[fate] for fate in FATES}
    if is_short:
        Import.objects.filter(pk=current.pk).update(figures=figures)
        return None
    move(current, ImportState.APPLYING, actor=actor, figures=figures)
    return _job(current, actor, now)


def _job(imp: Import, actor: AbstractBaseUser, now: datetime) -> Job:
    params = {"import": imp.pk}
    url = imp.get_absolute_url()
    return jobs.start(kind=JOB, params=params, author=actor, now=now, once_key=once_key(imp), back_url=url)


def _enter(imp: Import, *, actor: AbstractBaseUser, now: datetime, tick: Any = None) -> None:
    """One transaction for the lines; their messages are one batch."""
    about = kind_of(imp).about(imp.params)
    with outbox.together(key=once_key(imp), author=actor, about=about):
        enter(imp=imp, actor=actor, now=now, tick=tick)


@journal.act
def enter(*, imp: Import, actor: AbstractBaseUser, now: datetime, tick: Any = None) -> Import:
    """Enter every line that was confirmed, in order, or nothing. A second call changes nothing.

    Locks the list. Compares the lines once more with what is known. Records `import.apply` in the author's history,
    and forgets every word of the list. Raises Changed, RowRefused, IllegalMove.
    """
    current = saving.locked(Import, imp.pk)
    kind = kind_of(current)
    if current.state == ImportState.APPLIED:
        return current
    if current.state == ImportState.STAGED and current.figures:
        move(current, ImportState.APPLYING, actor=actor)
    if current.state == ImportState.STAGED:
        raise Changed
    if current.state != ImportState.APPLYING:
        raise IllegalMove(state=current.get_state_display())
    checked = check(current, now=now)
    figures = {fate.value: checked.figures[fate] for fate in FATES}
    if checked.closed:
        raise DomainError(checked.closed, code="closed")
    if not checked.is_ready or figures != current.figures:
        raise Changed
    made = []
    for done, line in enumerate(checked.entering, start=1):
        try:
            made.append({"row": line.number} | kind.enter(line, current, actor=actor, now=now))
        except DomainError as error:
            raise RowRefused(line, error) from error
        if tick is not None:
            tick(done, len(checked.entering))
    kind.sealed(made)
    move(current, ImportState.APPLIED, actor=actor, made=made, applied_at=now, expires_at=None, **NOTHING_PERSONAL)
    data: dict[str, str | int | bool | None] = {"list": current.kind, "import": current.pk, "rows": len(made)}
    journal.record("import.apply", obj=actor, actor=actor, data=data)
    return current


# -- as a background job ---------------------------------------------------------------------------------------------
def run(work: jobs.JobRun) -> None:
    """Enter the list of a job; where it is refused, or its author stops it, the list comes back to be checked."""
    imp = Import.objects.get(pk=work.params["import"])
    try:
        with _ticking(work) as tick:
            _enter(imp, actor=work.author, now=timezone.now(), tick=tick)
    except (IllegalMove, JobLost):
        raise
    except Exception as error:
        lease.beat(work.job, at=timezone.now(), done=0)  # nothing is half entered
        _give_back(imp, actor=work.author, trouble=str(error) if isinstance(error, DomainError) else "")
        raise
    imp.refresh_from_db()
    work.progress(len(imp.made), len(imp.made))
    work.keep(entered=len(imp.made))


@journal.act
def _give_back(imp: Import, *, actor: AbstractBaseUser, trouble: str) -> None:
    current = saving.locked(Import, imp.pk)
    if current.state == ImportState.APPLYING:
        move(current, ImportState.STAGED, actor=actor, trouble=trouble[:500], figures={})


@contextmanager
def _ticking(work: jobs.JobRun) -> Iterator[Any]:
    """`tick(done, total)` says how far the one transaction is: by a second connection, or nobody would see it."""
    state: dict[str, Any] = {"done": 0, "total": 0, "stop": None}
    over = threading.Event()

    def speak() -> None:
        try:
            while not over.wait(TOLD_EVERY):
                asked = lease.beat(work.job, at=timezone.now(), done=state["done"], total=state["total"])
                if asked is None or asked:
                    state["stop"] = JobLost(work.job.pk) if asked is None else JobCancelled()
                    return
        finally:
            connections.close_all()

    def tick(done: int, total: int) -> None:
        state["done"], state["total"] = done, total
        if state["stop"] is not None:
            raise state["stop"]

    voice = threading.Thread(target=speak, daemon=True)
    voice.start()
    try:
        yield tick
    finally:
        over.set()
        voice.join()


def may(author: Any, job: Job) -> bool:
    """Whoever may enter such a list may still; the list must still be there."""
    imp = Import.objects.filter(pk=job.params.get("import")).first()
    return imp is not None and kind_of(imp).may(author, imp.params)


def title(job: Job) -> str:
    """Which list."""
    imp = Import.objects.filter(pk=job.params.get("import")).first()
    if imp is None:
        return gettext("List of people")
    return gettext("List: %(list)s") % {"list": kind_of(imp).heading(imp.params)}


def summary(job: Job) -> str:
    count = job.params.get("entered")
    return "" if count is None else ngettext("%(n)s line entered.", "%(n)s lines entered.", count) % {"n": count}


KIND = jobs.JobKind(
    code=JOB,
    label=_("List of people"),
    run=run,
    may=may,
    title=title,
    summary=summary,
    lane=jobs.Lane("imports", most=2, each=1),
)
