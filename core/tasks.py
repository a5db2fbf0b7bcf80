"""Work in the background of the leaf library. Tasks are shells: the rules are in `outbox`, `jobs` and `pulses`."""

from __future__ import annotations

import logging
from typing import Any

from celery import shared_task
from celery.signals import beat_init, before_task_publish, worker_ready
from django.core.management import call_command
from django.db import close_old_connections, connection
from django.utils import timezone

from core import pulses
from core.imports import staging
from core.jobs import runs, sweeps
from core.outbox import delivery

log = logging.getLogger(__name__)
BEAT = "core.tasks.beat"


@shared_task
def deliver_due() -> int:
    """The sweep of the outbox, every few seconds."""
    return delivery.deliver_due()


@shared_task
def deliver(message_id: int) -> int:
    """One message at once, told by `core.outbox.publish` after the commit."""
    return delivery.deliver(message_id)


@shared_task
def run_job(job_id: int) -> bool:
    """One background job, told by `core.jobs.publish` after the commit or by the sweep."""
    ran = runs.run(job_id)
    if ran:
        sweeps.tell_the_next()
    return ran


@shared_task
def sweep_jobs() -> int:
    """Jobs whose worker died are taken back; those that wait are told again."""
    return sweeps.sweep(at=timezone.now())


@shared_task
def purge_jobs() -> int:
    """Files of jobs that ended a day ago are deleted."""
    return sweeps.purge(at=timezone.now())


@shared_task
def purge_lists() -> int:
    """Pasted lists that nobody confirmed within a day are erased."""
    return staging.purge(now=timezone.now())


@shared_task(name=BEAT)
def beat() -> None:
    """A worker lives: the scheduler asked, the broker carried the question, and here is the answer."""
    pulses.beat(pulses.WORKER, at=timezone.now())


@worker_ready.connect
def worker_lives(**_kwargs: Any) -> None:
    """A worker has started: the health page need not wait for the first question."""
    _sign(pulses.WORKER)


@beat_init.connect
@before_task_publish.connect(sender=BEAT)
def scheduler_lives(**_kwargs: Any) -> None:
    """The scheduler starts, or is about to ask: its own process notes it, so that it shows while workers are away."""
    _sign(pulses.SCHEDULER)


def _sign(name: str) -> None:
    try:
        if not connection.in_atomic_block:
            close_old_connections()
        pulses.beat(name, at=timezone.now())
    except Exception as error:
        log.warning("a sign of life of the %s was not written: %s", name, error)


@shared_task
def clear_sessions() -> None:
    """Sessions that have ended are deleted."""
    call_command("clearsessions")
