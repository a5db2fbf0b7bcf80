"""Background jobs: asked for, claimed, reported, stopped, taken up again, cleaned away."""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.tests.factories import make_user
from core import jobs
from core.enums import JobFault, JobState
from core.errors import DomainError, IllegalMove, NotAllowed
from core.jobs import files, kinds, lease, runs, sweeps
from core.models import Job, JournalEntry
from core.testing.client import StrictClient

pytestmark = pytest.mark.django_db
KIND = "core.test"
Start = Callable[..., Job]


@pytest.fixture
def work(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path) -> Iterator[dict[str, Any]]:
    """`work["fn"] = function`: what the jobs of the test's own kind do."""
    settings.MEDIA_ROOT = tmp_path
    doing: dict[str, Any] = {"fn": lambda run: None}
    kind = jobs.JobKind(code=KIND, label="Essai", run=lambda run: doing["fn"](run))
    monkeypatch.setitem(kinds._kinds, KIND, kind)
    yield doing


@pytest.fixture
def start(work: dict[str, Any]) -> Start:
    def ask(fn: Callable[[jobs.JobRun], None] | None = None, *, author: User | None = None, **more: Any) -> Job:
        work["fn"] = fn or work["fn"]
        params = more.pop("params", {"n": 1})
        return jobs.start(kind=KIND, params=params, author=author or make_user(), now=timezone.now(), **more)

    return ask


def fresh(job: Job) -> Job:
    return Job.objects.get(pk=job.pk)


def verbs(job: Job) -> list[str]:
    rows = JournalEntry.objects.filter(object_type="core.job", object_id=job.pk).order_by("id")
    return list(rows.values_list("verb", flat=True))


def test_a_job_runs_once_and_hands_out_its_file(start: Start, client_for: Callable[..., StrictClient]) -> None:
    def fn(run: jobs.JobRun) -> None:
        run.progress(1, 2, "à moitié")
        with run.result("liste.txt", "text/plain") as out:
            out.write(b"bonjour")
        run.progress(2, 2)

    author = make_user()
    job = start(fn, author=author)
    assert runs.run(job.pk)
    assert not runs.run(job.pk), "a second word about it does nothing"

    job = fresh(job)
    assert (job.state, job.done, job.total, job.attempts) == (JobState.DONE, 2, 2, 1)
    assert (files.folder_of(job) / job.result).read_bytes() == b"bonjour"
    assert job.expires_at is not None
    assert timedelta(hours=23) < job.expires_at - timezone.now() <= timedelta(hours=24)
    answer = client_for(author).post(reverse("core:job-file", args=[job.uid]))
    assert b"".join(answer.streaming_content) == b"bonjour"  # type: ignore[attr-defined]
    assert 'filename="liste.txt"' in answer["Content-Disposition"]
    assert verbs(job) == ["job.start"]


def test_the_same_request_is_one_job_only_while_it_is_open(start: Start) -> None:
    author = make_user()
    first = start(author=author, once_key="k")

    assert start(author=author, once_key="k") == first
    assert start(author=make_user(), once_key="k") != first
    runs.run(first.pk)
    assert start(author=author, once_key="k") != first


def test_progress_is_seen_and_a_wish_to_stop_is_obeyed(start: Start) -> None:
    steps: list[int] = []

    def fn(run: jobs.JobRun) -> None:
        for n in range(1, 10):
            run._told = 0.0
            run.progress(n, 10, f"étape {n}")
            steps.append(n)
            if n == 3:
                jobs.cancel(job=run.job, actor=run.author, now=timezone.now())

    job = start(fn)
    runs.run(job.pk)

    job = fresh(job)
    assert (job.state, job.done, job.message) == (JobState.CANCELLED, 4, "étape 4")
    assert steps == [1, 2, 3]
    assert not files.folder_of(job).exists()
    assert verbs(job) == ["job.start", "job.cancel"]


def test_a_stopped_job_goes_on_where_it_was(start: Start) -> None:
    begun: list[int] = []

    def fn(run: jobs.JobRun) -> None:
        begun.append(run.done)
        run.progress(7, 7)

    author = make_user()
    job = start(fn, author=author)
    jobs.cancel(job=job, actor=author, now=timezone.now())
    jobs.cancel(job=job, actor=author, now=timezone.now())
    assert fresh(job).state == JobState.CANCELLED
    assert not runs.run(job.pk)
    Job.objects.filter(pk=job.pk).update(done=5)

    jobs.resume(job=job, actor=author, now=timezone.now())
    jobs.resume(job=job, actor=author, now=timezone.now())
    runs.run(job.pk)

    assert begun == [5]
    assert fresh(job).state == JobState.DONE
    assert verbs(job) == ["job.start", "job.cancel", "job.resume"]
    with pytest.raises(IllegalMove):
        jobs.resume(job=job, actor=author, now=timezone.now())


def test_only_the_author_stops_and_resumes(start: Start) -> None:
    job = start()
    for act in (jobs.cancel, jobs.resume):
        with pytest.raises(NotAllowed):
            act(job=job, actor=make_user("manager"), now=timezone.now())


def test_a_job_whose_process_died_is_taken_up_once_and_fails_at_the_second_death(start: Start) -> None:
    job = start()
    now = timezone.now()
    for deaths, state in ((1, JobState.QUEUED), (2, JobState.FAILED)):
        assert lease.claim(job.pk, at=now)
        assert sweeps.sweep(at=now + timedelta(seconds=60)) == 0, "a minute of silence is not death"
        now += timedelta(minutes=3)
        sweeps.sweep(at=now)
        job = fresh(job)
        assert (job.deaths, job.state) == (deaths, state)
    assert job.fault == JobFault.DIED
    assert "arrêté" in job.fault_in_words or "twice" in job.fault_in_words
    assert sweeps.sweep(at=now) == 0


def test_a_process_that_was_thought_dead_changes_nothing_any_more(start: Start) -> None:
    def fn(run: jobs.JobRun) -> None:
        Job.objects.filter(pk=run.job.pk).update(heartbeat_at=timezone.now() - timedelta(minutes=3))
        lease.release_silent(at=timezone.now())
        run._told = 0.0
        run.progress(1, 2)
        raise AssertionError("it must have stopped")

    job = start(fn)
    runs.run(job.pk)

    assert (fresh(job).state, fresh(job).done) == (JobState.QUEUED, 0)


def test_a_full_disk_fails_in_words_and_leaves_no_file(start: Start) -> None:
    def fn(run: jobs.JobRun) -> None:
        with run.result("liste.txt", "text/plain") as out:
            out.write(b"x" * 1000)
            raise OSError(errno.ENOSPC, "No space left on device")

    job = start(fn)
    runs.run(job.pk)

    job = fresh(job)
    assert (job.state, job.fault, job.result) == (JobState.FAILED, JobFault.NO_SPACE, "")
    assert not files.folder_of(job).exists()


def test_a_full_disk_really_full(start: Start) -> None:
    def fn(run: jobs.JobRun) -> None:
        with open("/dev/full", "wb", buffering=0) as out:
            out.write(b"x")

    job = start(fn)
    runs.run(job.pk)

    assert fresh(job).fault == JobFault.NO_SPACE


@pytest.mark.parametrize(
    ("error", "fault", "words"),
    [
        (DomainError("La règle dit non."), JobFault.REFUSED, "La règle dit non."),
        (NotAllowed(), JobFault.NOT_ALLOWED, ""),
        (ZeroDivisionError("secret"), JobFault.BROKEN, ""),
    ],
)
def test_every_end_is_said_in_words(error: Exception, fault: str, words: str, start: Start) -> None:
    def fn(run: jobs.JobRun) -> None:
        raise error

    job = start(fn)
    runs.run(job.pk)

    job = fresh(job)
    assert (job.state, job.fault) == (JobState.FAILED, fault)
    assert words in job.fault_in_words
    assert "secret" not in job.error + job.fault_in_words


def test_a_closed_account_gets_nothing_done(start: Start) -> None:
    author = make_user()
    job = start(lambda run: pytest.fail("it must not run"), author=author)
    User.objects.filter(pk=author.pk).update(is_active=False)

    runs.run(job.pk)

    assert fresh(job).fault == JobFault.NOT_ALLOWED


def test_a_running_job_asks_for_its_inner_part_again_and_works_without_script(
    start: Start, client_for: Callable[..., StrictClient]
) -> None:
    author = make_user()
    job = start(author=author)
    claimed = lease.claim(job.pk, at=timezone.now())
    assert claimed is not None
    lease.beat(claimed, at=timezone.now(), done=12, total=30)
    browser = client_for(author)
    url = job.get_absolute_url()

    page = browser.get(url).content.decode()
    part = browser.get(url, headers={"HX-Request": "true"}).content.decode()

    assert '<progress value="12" max="30"' in page
    assert "40 %" in part
    assert f'hx-get="{url}"' in part
    assert f'<a class="btn btn-secondary" href="{url}"' in page
    assert "<html" not in part
    assert reverse("core:job-resume", args=[job.uid]) not in page
    lease.finish(claimed, state=JobState.DONE, at=timezone.now())
    assert "hx-get" not in browser.get(url).content.decode()
    assert url in browser.get(reverse("core:job-list")).content.decode()


def test_the_purge_removes_folders_that_no_job_names_and_rows_after_a_month(start: Start) -> None:
    kept = start()
    files.folder_of(kept).mkdir(parents=True)
    (files.place() / "0123456789abcdef").mkdir()
    old = start()
    Job.objects.filter(pk=old.pk).update(state=JobState.CANCELLED, ended_at=timezone.now() - timedelta(days=31))

    sweeps.purge(at=timezone.now())
    sweeps.purge(at=timezone.now())

    assert files.folder_names() == {kept.uid.hex}
    assert list(Job.objects.values_list("pk", flat=True)) == [kept.pk]
