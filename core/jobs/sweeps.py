"""What runs by the clock: jobs of dead processes are taken back, forgotten words said again, old files deleted."""

from __future__ import annotations

from datetime import datetime, timedelta

from core.enums import JobState
from core.jobs import files, lease
from core.jobs.publish import tell_a_worker
from core.models import Job

AT_ONCE = 100
ROWS_KEPT = timedelta(days=30)


def sweep(*, at: datetime) -> int:
    """Take back silent jobs, then tell workers of those that wait; returns how many wait."""
    silent = list(Job.objects.silent(since=at - lease.SILENCE))
    lease.release_silent(at=at)
    held = set(Job.objects.filter(pk__in=[job.pk for job in silent]).values_list("claim", flat=True))
    for job in silent:
        if job.claim not in held:  # else it has spoken again just now
            files.clear_attempt(job)
    waiting = list(Job.objects.filter(state=JobState.QUEUED).order_by("id")[:AT_ONCE])
    for job in waiting:
        tell_a_worker(job)
    return len(waiting)


def tell_the_next() -> None:
    """A place in a lane may be free: whoever waits need not wait for the sweep."""
    for job in Job.objects.filter(state=JobState.QUEUED).order_by("id")[:10]:
        tell_a_worker(job)


def purge(*, at: datetime) -> int:
    """Delete files and parameters a day after their job ended, and rows after a month; returns how many files' jobs."""
    expired = list(Job.objects.expired(at=at))
    for job in expired:
        files.clear(job)
    ids = [job.pk for job in expired]
    Job.objects.filter(pk__in=ids).update(params={}, result="", result_size=0, message="", expires_at=None)
    Job.objects.filter(ended_at__lt=at - ROWS_KEPT).delete()
    found = files.folder_names()  # before the rows: a job that begins now is not taken for unknown
    files.remove(found - {uid.hex for uid in Job.objects.values_list("uid", flat=True)})
    return len(ids)
