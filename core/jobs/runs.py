"""Doing a job: claimed, run in its author's language, brought to an end whatever happens."""

from __future__ import annotations

import errno
import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

from django.core.exceptions import PermissionDenied
from django.db import OperationalError
from django.http import Http404
from django.utils import timezone, translation

from core.enums import JobFault, JobState
from core.errors import DomainError, NotAllowed
from core.jobs import files, lease
from core.jobs.kinds import kind_of
from core.models import Job

log = logging.getLogger(__name__)

Clock = Callable[[], datetime]

TOLD_EVERY = 0.5
"""Seconds between two writes of the progress: a quick loop may report every row."""
FULL = frozenset({errno.ENOSPC, errno.EDQUOT})


class JobCancelled(Exception):
    """The author stopped the job; nobody but the runner catches this."""


class JobLost(Exception):
    """The job was given to another process meanwhile: what this one does no longer counts."""


class JobRun:
    """A job while it is done. `done` is how far an earlier process had come (0 at the first run)."""

    def __init__(self, job: Job, *, folder: Path, clock: Clock = timezone.now) -> None:
        self.job = job
        self.params: dict[str, Any] = job.params
        self.author: Any = job.author
        self.done = job.done
        self.folder = folder
        self.written: dict[str, Any] = {}
        self._clock = clock
        self._told = 0.0

    def progress(self, done: int, total: int, message: str = "") -> None:
        """Say how far the work is. Raises JobCancelled when its author stopped it.

        To be called outside of a transaction, or nobody sees it before the commit; often, at least once a minute.
        """
        self.done = done
        if time.monotonic() - self._told < TOLD_EVERY and done != total:
            return
        self._told = time.monotonic()
        fields = {"done": done, "total": total, "message": message[:300]}
        stop = lease.beat(self.job, at=self._clock(), **fields)
        if stop is None:
            raise JobLost(self.job.pk)
        if stop:
            raise JobCancelled

    def keep(self, **params: Any) -> None:
        """Remember something beside the parameters, for the download or the next run."""
        self.params |= params
        lease.beat(self.job, at=self._clock(), params=self.params)

    @contextmanager
    def result(self, name: str, content_type: str) -> Iterator[BinaryIO]:
        """The private file that the job hands out, saved by its reader as `name`; it exists whole or not at all."""
        path = self.folder / "result"
        with files.written_whole(path) as out:
            yield out
        self.written = {
            "result": f"{self.folder.name}/{path.name}",
            "result_name": name[:200],
            "result_type": content_type,
            "result_size": path.stat().st_size,
        }


def run(job_id: int, *, clock: Clock = timezone.now) -> bool:
    """Do one job if it waits and its lane has room; False when there was nothing to do."""
    job = lease.claim(job_id, at=clock())
    if job is None:
        return False
    with translation.override(job.language):
        try:
            end = _done(job, clock)
        except JobLost:
            log.warning("jobs: %s (%s) was taken over by another process", job.pk, job.kind)
            return True
    if end["state"] != JobState.DONE:
        files.clear_attempt(job)
    lease.finish(job, at=clock(), **end)
    return True


def _done(job: Job, clock: Clock) -> dict[str, Any]:
    """Run the kind's function; the fields of the row at its end."""
    kind = kind_of(job)
    try:
        if not job.author.is_active or not kind.may(job.author, job):
            raise NotAllowed
        work = JobRun(job, folder=files.fresh_folder(job), clock=clock)
        kind.run(work)
    except JobLost:
        raise
    except JobCancelled:
        return {"state": JobState.CANCELLED}
    except (NotAllowed, PermissionDenied, Http404):
        return {"state": JobState.FAILED, "fault": JobFault.NOT_ALLOWED}
    except DomainError as error:
        return {"state": JobState.FAILED, "fault": JobFault.REFUSED, "error": str(error)[:1000]}
    except Exception as error:
        fault = JobFault.NO_SPACE if disk_is_full(error) else JobFault.BROKEN
        log.exception("jobs: %s (%s) failed", job.pk, job.kind)
        return {"state": JobState.FAILED, "fault": fault, "error": type(error).__name__}
    return {"state": JobState.DONE, "fault": JobFault.NONE, "error": "", **work.written}


def disk_is_full(error: BaseException | None) -> bool:
    """True where a full disk stands behind the error, however a library wrapped it."""
    while error is not None:
        inner = error.args[0] if error.args else None
        if getattr(error, "errno", None) in FULL or getattr(inner, "errno", None) in FULL:
            return True
        if isinstance(error, OperationalError) and getattr(error.__cause__, "pgcode", "") == "53100":
            return True
        error = error.__cause__ or error.__context__
    return False
