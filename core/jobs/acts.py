"""What a person does with a job: ask for it, stop it, have it done after all."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import IntegrityError, transaction
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from core import journal
from core.enums import JobFault, JobState
from core.errors import DomainError, IllegalMove, NotAllowed
from core.jobs import files, lease
from core.jobs.kinds import kind_of
from core.jobs.publish import tell_a_worker
from core.models import Job

MOST_OPEN = 10


class TooManyJobs(DomainError):
    """One person has asked for too much at once."""

    code = "too_many_jobs"


@journal.act
def start(
    *,
    kind: str,
    params: dict[str, Any],
    author: AbstractBaseUser,
    now: datetime,
    once_key: str = "",
    back_url: str = "",
) -> Job:
    """Ask for work; while the same author's work of the same `once_key` is open, that is the answer.

    Records `job.start`. A worker is told after the commit; the sweep finds the row if the broker is away.
    Raises TooManyJobs.
    """
    who: Any = author
    job = Job(
        kind=kind,
        params=params,
        author=who,
        language=(get_language() or "fr")[:2],
        once_key=once_key,
        back_url=back_url[:500],
        created_at=now,
    )
    kind_of(job)
    same = Job.objects.of(author).open().filter(kind=kind, once_key=once_key)
    found = same.first() if once_key else None
    if found is not None:
        return found
    if Job.objects.of(author).open().count() >= MOST_OPEN:
        raise TooManyJobs(_("You have asked for much already: wait for it, or stop something of it."))
    try:
        with transaction.atomic():
            job.save(force_insert=True)
    except IntegrityError:
        if (found := same.first()) is None:
            raise
        return found
    journal.record("job.start", obj=job, actor=author, data={"kind": kind})
    tell_a_worker(job)
    return job


@journal.act
def cancel(*, job: Job, actor: AbstractBaseUser, now: datetime) -> Job:
    """Stop a job: at once while it waits, at its next sign of life while it runs. A second call changes nothing."""
    _own(job, actor)
    if lease.withdraw(job, at=now) or lease.ask_to_stop(job):
        journal.record("job.cancel", obj=job, actor=actor)
    job.refresh_from_db()
    return job


@journal.act
def resume(*, job: Job, actor: AbstractBaseUser, now: datetime) -> Job:
    """Have a stopped or failed job done after all; what is done already is recognised by its kind.

    A job that is open already stays as it is. Raises IllegalMove when it has finished, or its day is over.
    """
    _own(job, actor)
    current = Job.objects.select_for_update(of=("self",)).get(pk=job.pk)
    if current.is_open:
        return current
    if not Job.MOVES.allows(current.state, JobState.QUEUED) or not current.params:
        raise IllegalMove(state=current.get_state_display())
    same = Job.objects.of(actor).open().filter(kind=current.kind, once_key=current.once_key)
    found = same.first() if current.once_key else None
    if found is not None:
        return found
    files.clear(current)
    current.state, current.fault, current.error = JobState.QUEUED, JobFault.NONE, ""
    current.deaths, current.cancel_asked, current.ended_at, current.expires_at = 0, False, None, None
    current.save()
    journal.record("job.resume", obj=current, actor=actor)
    tell_a_worker(current)
    return current


def _own(job: Job, actor: AbstractBaseUser) -> None:
    if job.author_id != actor.pk:
        raise NotAllowed(gettext("This work was asked for by somebody else."))
