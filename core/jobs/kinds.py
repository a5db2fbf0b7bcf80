"""What kinds of work there are: each app registers its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.functional import Promise

from core.models import Job

if TYPE_CHECKING:
    from core.jobs.runs import JobRun


@dataclass(frozen=True)
class Lane:
    """Kinds of work that share the machine: so many run at once, so many for one person; the others wait."""

    name: str
    most: int = 2
    each: int = 1


@dataclass(frozen=True)
class JobKind:
    """One kind of work.

    `may(author, job)` is asked before it runs and before its file is handed out: rights may have ended meanwhile.
    `title(job)` says what this job is, `summary(job)` what came of it; `label` is the kind in words.
    """

    code: str
    label: str | Promise
    run: Callable[[JobRun], None]
    may: Callable[[Any, Job], bool] = lambda author, job: True
    title: Callable[[Job], str] | None = None
    summary: Callable[[Job], str] | None = None
    lane: Lane | None = None
    on_download: Callable[[Any, Job], None] | None = None
    """Told each time when the file of the result is handed out."""

    def title_of(self, job: Job) -> str:
        return self.title(job) if self.title else str(self.label)

    def summary_of(self, job: Job) -> str:
        return self.summary(job) if self.summary else job.message


_kinds: dict[str, JobKind] = {}


def register(kind: JobKind) -> None:
    """Make a kind of work known."""
    _kinds[kind.code] = kind


def kind_of(job: Job) -> JobKind:
    """The kind of a job; KeyError where nobody registered it."""
    return _kinds[job.kind]


def codes_in(lane: Lane) -> list[str]:
    """The kinds that share a lane."""
    return [code for code, kind in _kinds.items() if kind.lane == lane]
