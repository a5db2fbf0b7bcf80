"""A job with a real worker whose process is killed in the middle of it."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from celery import Celery
from django.db import connection
from django.utils import timezone

from accounts.tests.factories import make_user
from core.enums import JobFault, JobState
from core.jobs import files
from core.jobs.publish import RUN
from core.models import Job
from core.tests.outbox.test_worker import broker, kill

__all__ = ["broker"]
pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
KIND = "core.test.count"


@pytest.fixture
def worker(broker: Celery, tmp_path: Path, settings: Any) -> Iterator[None]:
    """A worker with one process on the test's database and broker."""
    settings.MEDIA_ROOT = tmp_path / "files"
    database = connection.settings_dict
    environment = {
        **os.environ,
        "DATABASE_URL": "postgres://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format(**database),
        "PORTAL_STATE": str(tmp_path),
        "PORTAL_TEST": "1",
        "TEST_KEY_PREFIX": broker.conf.broker_transport_options["global_keyprefix"],
    }
    command = [sys.executable, "-m", "celery", "-A", "core.tests.jobs_worker", "worker", "-c", "1", "-l", "error"]
    with (tmp_path / "worker.log").open("ab") as log:
        process = subprocess.Popen(
            [*command, "--without-gossip", "--without-mingle"],
            cwd=settings.BASE_DIR,
            env=environment,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    yield
    kill(process)
    sys.stderr.write((tmp_path / "worker.log").read_text()[-3000:])


def new_job(deaths: int) -> Job:
    return Job.objects.create(kind=KIND, params={"deaths": deaths}, author=make_user(), created_at=timezone.now())


def wait(condition: Callable[[], bool], seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, list(Job.objects.values("state", "done", "attempts", "deaths"))
        time.sleep(0.1)


def state_of(job: Job) -> Job:
    return Job.objects.get(pk=job.pk)


def died(job: Job, attempt: int) -> bool:
    """The job stands where its attempt dies; two minutes of silence are made to pass."""
    there = Job.objects.filter(pk=job.pk, state=JobState.RUNNING, attempts=attempt, done=4 + attempt)
    return bool(there.update(heartbeat_at=timezone.now() - timedelta(minutes=3)))


@pytest.mark.usefixtures("worker")
def test_a_job_survives_the_death_of_its_process_and_fails_at_the_second(broker: Celery) -> None:
    once, twice = new_job(1), new_job(2)
    for job in (once, twice):
        broker.send_task(RUN, args=[job.pk])
    wait(lambda: died(once, 1))
    wait(lambda: died(twice, 1))
    broker.send_task("core.tasks.sweep_jobs")
    wait(lambda: state_of(once).deaths == state_of(twice).deaths == 1)
    wait(lambda: state_of(once).state == JobState.DONE)
    job = state_of(once)
    assert (job.attempts, job.done) == (2, 10)
    content = (files.folder_of(job) / job.result).read_text()
    assert content.split() == ["6", "7", "8", "9", "10"], "it went on from where it was"
    wait(lambda: died(twice, 2))
    broker.send_task("core.tasks.sweep_jobs")
    wait(lambda: state_of(twice).state == JobState.FAILED)
    job = state_of(twice)
    assert (job.fault, job.deaths, job.result) == (JobFault.DIED, 2, "")
    assert not files.folder_of(job).exists()
