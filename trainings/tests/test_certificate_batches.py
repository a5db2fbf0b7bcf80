"""Certificates in bulk as a background job: shown, stopped, taken up again, each one once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.tests.factories import make_user
from core import jobs
from core.enums import JobFault, JobState
from core.jobs import lease, runs
from core.models import Job, Message
from core.testing.client import StrictClient
from trainings.domain import batches, certificates
from trainings.models import Certificate, Session
from trainings.tests.factories import make_session
from trainings.tests.test_certificates import attended

pytestmark = pytest.mark.django_db
Client = Callable[..., StrictClient]
PEOPLE = 4


@pytest.fixture(autouse=True)
def _folders(settings: Any, tmp_path: Path) -> None:
    settings.STATE_DIR = tmp_path
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture
def session() -> Session:
    """Four people who may have a certificate."""
    made = make_session(state="closed", starts_on=timezone.localdate() - timedelta(7))
    for _ in range(PEOPLE):
        attended(session=made)
    return made


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three certificates are many."""
    monkeypatch.setattr(batches, "AT_ONCE", 2)


def post(browser: StrictClient, session: Session) -> Any:
    return browser.post(reverse("trainings:certificate-issue", args=[session.slug]))


def test_a_few_are_issued_at_once(session: Session, client_for: Client) -> None:
    answer = post(client_for(make_user()), session)

    assert answer["Location"] == reverse("trainings:certificate-tab", args=[session.slug])
    assert (Certificate.objects.count(), Job.objects.count()) == (PEOPLE, 0)


@pytest.mark.feature(100)
def test_many_are_issued_by_a_job_that_shows_how_far_it_is(session: Session, few: None, client_for: Client) -> None:
    browser = client_for(make_user())
    answer = post(browser, session)
    again = post(browser, session)
    job = Job.objects.get()
    assert answer["Location"] == again["Location"] == job.get_absolute_url()
    assert Certificate.objects.count() == 0

    runs.run(job.pk)

    job.refresh_from_db()
    assert (job.state, job.done, job.total) == (JobState.DONE, PEOPLE, PEOPLE)
    assert Certificate.objects.count() == Message.objects.filter(kind="trainings.certificate").count() == PEOPLE
    page = browser.get(job.get_absolute_url()).content.decode()
    assert "4 attestations" in page
    assert reverse("trainings:certificate-tab", args=[session.slug]) in page


def test_a_stopped_batch_goes_on_and_makes_each_certificate_once(
    session: Session, few: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runs, "TOLD_EVERY", 0.0)
    author = make_user()
    job = batches.start(session=session, actor=author, now=timezone.now())
    issue = certificates.issue

    def stop_after_two(**kwargs: Any) -> Certificate:
        made = issue(**kwargs)
        if Certificate.objects.count() == 2:
            lease.ask_to_stop(job)
        return made

    monkeypatch.setattr(certificates, "issue", stop_after_two)
    runs.run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.done, job.total) == (JobState.CANCELLED, 2, PEOPLE)
    assert Certificate.objects.count() == 2

    jobs.resume(job=job, actor=author, now=timezone.now())
    runs.run(job.pk)

    job.refresh_from_db()
    assert (job.state, job.done, job.total, job.params["issued"]) == (JobState.DONE, PEOPLE, PEOPLE, PEOPLE)
    assert Certificate.objects.values("registration").distinct().count() == Certificate.objects.count() == PEOPLE


def test_a_batch_taken_over_after_a_death_makes_none_twice(session: Session, few: None) -> None:
    author = make_user()
    job = batches.start(session=session, actor=author, now=timezone.now())
    for case in batches.ready(session)[:3]:
        certificates.issue(registration=case.registration, actor=author, now=timezone.now())

    runs.run(job.pk)

    job.refresh_from_db()
    assert (job.done, job.total, Certificate.objects.count()) == (PEOPLE, PEOPLE, PEOPLE)


def test_who_is_no_longer_staff_issues_nothing(session: Session) -> None:
    author = make_user()
    job = batches.start(session=session, actor=author, now=timezone.now())
    author.grants.update(ends_on=timezone.localdate() - timedelta(days=1))

    runs.run(job.pk)

    job.refresh_from_db()
    assert (job.state, job.fault) == (JobState.FAILED, JobFault.NOT_ALLOWED)
    assert not Certificate.objects.exists()
