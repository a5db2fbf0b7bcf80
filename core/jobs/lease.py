"""Who does a job now: claims by conditional UPDATE, and every way in which a claim ends.

What a process does with a job counts only while its claim holds. A lane lets so many run at once; the count and the
claim are made under one advisory lock, so that two workers never both take the last place.
"""

from __future__ import annotations

import logging
import uuid
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import F

from core.enums import JobFault, JobState
from core.jobs.kinds import Lane, codes_in, kind_of
from core.models import Job

log = logging.getLogger(__name__)

SILENCE = timedelta(minutes=2)
"""A job whose process has said nothing for so long has lost it."""
MAX_DEATHS = 2
KEPT = timedelta(hours=24)


@transaction.atomic
def claim(job_id: int, *, at: datetime) -> Job | None:
    """Make one waiting job ours; None when somebody else has it or its lane is full."""
    job = Job.objects.filter(pk=job_id, state=JobState.QUEUED).first()
    if job is None:
        return None
    lane = kind_of(job).lane
    if lane is not None and not _has_room(lane, job):
        return None
    token = uuid.uuid4()
    fields: dict[str, Any] = {"claim": token, "heartbeat_at": at, "attempts": F("attempts") + 1}
    won = Job.objects.filter(pk=job_id, state=JobState.QUEUED).update(
        state=JobState.RUNNING, started_at=at, cancel_asked=False, **fields
    )
    return Job.objects.select_related("author").get(pk=job_id) if won else None


def _has_room(lane: Lane, job: Job) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"core.jobs:{lane.name}"])
    running = Job.objects.filter(state=JobState.RUNNING, kind__in=codes_in(lane))
    authors = list(running.values_list("author_id", flat=True))
    return len(authors) < lane.most and authors.count(job.author_id) < lane.each


def beat(job: Job, *, at: datetime, **fields: Any) -> bool | None:
    """Say that we live, and how far we are; True when the author wants to stop, None when the job is not ours now."""
    held = Job.objects.filter(pk=job.pk, claim=job.claim)
    if held.update(heartbeat_at=at, **fields) == 0:
        return None
    return held.values_list("cancel_asked", flat=True).first()


def finish(job: Job, *, state: JobState, at: datetime, **fields: Any) -> bool:
    """Bring a job that is ours to its end. False: it was no longer ours, and nothing changed."""
    held = Job.objects.filter(pk=job.pk, claim=job.claim)
    ended = {"ended_at": at, "expires_at": at + KEPT, "claim": None, "cancel_asked": False}
    return held.update(state=state, **ended, **fields) == 1


def withdraw(job: Job, *, at: datetime) -> bool:
    """Stop a job that nobody has taken yet."""
    waiting = Job.objects.filter(pk=job.pk, state=JobState.QUEUED)
    return waiting.update(state=JobState.CANCELLED, ended_at=at, expires_at=at + KEPT) == 1


def ask_to_stop(job: Job) -> bool:
    """Have a running job stop at its next sign of life; False when it was asked already or does not run."""
    running = Job.objects.filter(pk=job.pk, state=JobState.RUNNING, cancel_asked=False)
    return running.update(cancel_asked=True) == 1


def release_silent(*, at: datetime) -> int:
    """Take back what dead processes held; a job that stopped two processes has failed."""
    silent = Job.objects.silent(since=at - SILENCE)
    stopped = silent.filter(cancel_asked=True).update(
        state=JobState.CANCELLED, claim=None, cancel_asked=False, ended_at=at, expires_at=at + KEPT
    )
    lost = silent.filter(deaths__gte=MAX_DEATHS - 1).update(
        state=JobState.FAILED,
        fault=JobFault.DIED,
        deaths=F("deaths") + 1,
        claim=None,
        ended_at=at,
        expires_at=at + KEPT,
    )
    back = silent.update(state=JobState.QUEUED, claim=None, deaths=F("deaths") + 1)
    if lost or back or stopped:
        log.warning("jobs: %s silent ones queued again, %s failed, %s stopped", back, lost, stopped)
    return lost + back + stopped
