"""The portal's Celery application with a kind of work that kills its own process.

Run by `test_jobs_worker.py` as `celery -A core.tests.jobs_worker worker`. A job counts to ten and dies in its first
`params["deaths"]` attempts: at five, then at six.
"""

from __future__ import annotations

import os
import signal

import django

from pasri_portal.celery import app

django.setup()

from core import jobs  # noqa: E402

KIND = "core.test.count"
STEPS = 10


def count(run: jobs.JobRun) -> None:
    """Count on from where the last process stopped, into a file."""
    with run.result("count.txt", "text/plain") as out:
        for step in range(run.done + 1, STEPS + 1):
            run._told = 0.0
            run.progress(step, STEPS)
            out.write(b"%d " % step)
            if step == STEPS // 2 + run.job.attempts - 1 and run.job.attempts <= run.params["deaths"]:
                os.kill(os.getpid(), signal.SIGKILL)


jobs.register(jobs.JobKind(code=KIND, label="Essai", run=count))
if prefix := os.environ.get("TEST_KEY_PREFIX"):
    app.conf.broker_transport_options = {**app.conf.broker_transport_options, "global_keyprefix": prefix}
