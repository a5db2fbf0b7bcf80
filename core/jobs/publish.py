"""Telling a worker that work waits: after the commit, one try; the sweep finds what was not told."""

from __future__ import annotations

from functools import partial

from django.db import transaction

from core.models import Job
from core.outbox.publish import publish

RUN = "core.tasks.run_job"
USEFUL_SECONDS = 60
"""A word that nobody took in this time is dropped: the sweep says it again."""


def tell_a_worker(job: Job) -> None:
    """Publish the task that runs the job, once the transaction is committed."""
    transaction.on_commit(partial(publish, RUN, job.pk, expires=USEFUL_SECONDS))
