"""Every list as a file: who gets it, which columns, what the log says (PROMISES row 51)."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.http import HttpResponseBase
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Role
from accounts.models import RoleGrant, User
from accounts.tests.factories import grant, make_user
from core import jobs
from core.enums import JobFault, JobState
from core.exports import answers
from core.jobs import files, runs, sweeps
from core.models import Job, JournalEntry
from core.testing.client import StrictClient
from directory.enums import Origin
from directory.tests.factories import make_organisation, make_person
from trainings.models import Session
from trainings.tests.factories import make_registration, make_session

pytestmark = pytest.mark.django_db

Client = Callable[..., StrictClient]
STAFF = {"manager", "officer"}
READERS = STAFF | {"auditor"}
CONTACTS = {"Adresse e-mail", "Téléphone"}
LISTS = {
    "trainings:session-list": READERS | {"trainer"},
    "trainings:training-list": READERS,
    "steering:meeting-list": READERS | {"member"},
    "trainings:registration-index": STAFF,
    "directory:person-list": STAFF,
    "directory:organisation-list": READERS,
    "directory:programme-list": READERS,
    "notifications:message-list": STAFF,
    "accounts:user-list": {"manager"},
    "accounts:invitation-list": {"manager"},
}


@pytest.fixture(autouse=True)
def _own_files(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def content_of(answer: HttpResponseBase) -> bytes:
    return b"".join(answer.streaming_content)  # type: ignore[attr-defined]


def opened(answer: HttpResponseBase) -> Any:
    """The first sheet of the workbook that was answered."""
    assert "attachment" in answer["Content-Disposition"]
    return openpyxl.load_workbook(io.BytesIO(content_of(answer))).active


def headings(page: Any) -> list[str]:
    return [cell.value for cell in page[1]]


@pytest.mark.feature(100)
@pytest.mark.parametrize("name", LISTS)
def test_a_list_is_exported_by_whoever_opens_it_and_by_nobody_else(name: str, client_for: Client) -> None:
    make_registration()
    for role in Role.values:
        browser = client_for(make_user(role))
        for form, content_type in (("xlsx", "spreadsheetml"), ("csv", "text/csv")):
            answer = browser.post(reverse(name), {"export": form})
            assert answer.status_code == (200 if role in LISTS[name] else 403), role
            if role in LISTS[name]:
                assert content_type in answer["Content-Type"]
                assert content_of(answer)


@pytest.mark.parametrize(("role", "sees"), [("officer", True), ("auditor", False)])
def test_contacts_of_organisations_are_columns_of_staff(role: str, sees: bool, client_for: Client) -> None:
    make_organisation(email="contact@pole.example.org", phone="+21671234567")

    page = opened(client_for(make_user(role)).post(reverse("directory:organisation-list"), {"export": "xlsx"}))

    assert (set(headings(page)) >= CONTACTS) == sees
    values = {cell.value for row in page.iter_rows() for cell in row}
    assert ("+21671234567" in values) == ("contact@pole.example.org" in values) == sees


def test_a_trainer_gets_names_without_contacts_of_the_own_session(client_for: Client) -> None:
    user = make_user("trainer")
    session = make_session(trainers=[make_person(user=user)])
    make_registration(session.parts.get(), state="confirmed", name_latin="Salma B.", email="salma@example.org")
    url = reverse("trainings:registration-list", args=[session.slug])

    page = opened(client_for(user).post(url, {"export": "xlsx"}))

    assert "Salma B." in {cell.value for cell in page[2]}
    assert not CONTACTS & set(headings(page))
    other = make_session()
    strange = reverse("trainings:registration-list", args=[other.slug])
    assert client_for(user).post(strange, {"export": "csv"}).status_code == 404


@pytest.mark.feature(100)
def test_the_file_has_the_filters_the_search_and_the_order_of_the_screen(client_for: Client) -> None:
    for name in ("Zied", "Amel", "Mourad"):
        make_registration(name_latin=f"{name} K.")
    make_registration(name_latin="Autre P.", state="cancelled")
    url = reverse("trainings:registration-index") + "?q=K.&sort=-name"

    page = opened(client_for(make_user("officer")).post(url, {"export": "xlsx"}))

    at = headings(page).index("Nom en caractères latins") if "Nom en caractères latins" in headings(page) else 5
    assert [row[at].value for row in page.iter_rows(min_row=2)] == ["Zied K.", "Mourad K.", "Amel K."]


def test_the_arabic_page_gives_an_arabic_sheet(client_for: Client) -> None:
    make_session()
    page = opened(client_for(make_user("officer")).post("/ar" + reverse("trainings:session-list"), {"export": "xlsx"}))

    assert page.sheet_view.rightToLeft


def test_rows_of_the_demonstration_are_marked(client_for: Client) -> None:
    make_person(name_latin="Vraie", origin=Origin.OWN)
    url = reverse("directory:person-list")
    browser = client_for(make_user("officer"))
    assert "Démonstration / للتجربة" not in headings(opened(browser.post(url, {"export": "xlsx"})))
    make_person(name_latin="Exemple", origin=Origin.FICTIONAL)

    answer = browser.post(url, {"export": "xlsx"})

    assert "demonstration" in answer["Content-Disposition"]
    page = opened(answer)
    marks = {row[0].value: row[-1].value for row in page.iter_rows(min_row=2)}
    assert headings(page)[-1] == "Démonstration / للتجربة"
    assert marks["Exemple"] != marks["Vraie"]


@pytest.mark.feature(122)
def test_each_export_is_in_the_journal_with_codes_only(client_for: Client) -> None:
    user = make_user("officer")
    make_person(name_latin="Secrète")

    client_for(user).post(reverse("directory:person-list") + "?q=secr", {"export": "csv"})

    entry = JournalEntry.objects.get(verb="export.take")
    assert entry.actor == user
    assert entry.data == {"list": "persons", "form": "csv", "rows": 1}


def test_the_menu_says_how_many_rows_and_that_it_is_logged(client_for: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    browser = client_for(make_user("officer"))
    url = reverse("directory:person-list")
    assert 'name="export"' not in browser.get(url).content.decode(), "nothing to export"
    make_person()
    page = browser.get(f"{url}?sort=-name").content.decode()
    assert f'action="{url}?sort=-name"' in page
    assert "consigné à votre nom" in page
    assert "arrière-plan" not in page

    monkeypatch.setattr(answers, "BIG", 1)
    assert "arrière-plan" in browser.get(url).content.decode()


def test_a_flood_of_exports_is_slowed_down(client_for: Client, settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "export": "2/m/key"}
    make_person()
    browser = client_for(make_user("officer"))
    url = reverse("directory:person-list")

    answers_to = [browser.post(url, {"export": "csv"}).status_code for _ in range(3)]

    assert answers_to == [200, 200, 302]
    assert "Personne" in browser.get(url).content.decode(), "the list itself stays open"


def test_an_unknown_form_and_a_list_without_export_are_refused(client_for: Client) -> None:
    browser = client_for(make_user("officer"))

    assert browser.post(reverse("directory:person-list"), {"export": "exe"}).status_code == 400
    assert browser.post(reverse("trainings:calendar"), {"export": "csv"}).status_code == 405


# -- many rows: a job --------------------------------------------------------------------------------------------------
@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two rows are many."""
    monkeypatch.setattr(answers, "BIG", 2)


@pytest.fixture
def session(few: None) -> Session:
    made = make_session()
    for _ in range(3):
        make_registration(made.parts.get(), state="confirmed")
    return made


def ask(browser: StrictClient, form: str = "xlsx") -> Job:
    answer = browser.post(reverse("trainings:registration-index"), {"export": form})
    assert answer.status_code == 302
    return Job.objects.get(uid=answer["Location"].rstrip("/").rsplit("/", 1)[-1])


def end_roles(user: User) -> None:
    """The roles ended yesterday."""
    yesterday = timezone.localdate() - timedelta(days=1)
    RoleGrant.objects.filter(user=user).update(starts_on=yesterday - timedelta(days=1), ends_on=yesterday)


@pytest.mark.feature(100)
def test_many_rows_become_a_job_whose_file_is_its_authors_alone(session: Session, client_for: Client) -> None:
    user = make_user("officer")
    browser = client_for(user)
    job = ask(browser)
    assert job.state == JobState.QUEUED

    runs.run(job.pk)

    job.refresh_from_db()
    assert (job.state, job.done, job.total) == (JobState.DONE, 3, 3)
    shown = browser.get(job.get_absolute_url()).content.decode()
    assert job.result_name in shown
    page = opened(browser.post(reverse("core:job-file", args=[job.uid])))
    assert page.max_row == 4
    assert JournalEntry.objects.filter(verb="export.take", actor=user).count() == 1
    for role in Role.values:
        other = client_for(make_user(role))
        assert other.get(job.get_absolute_url()).status_code == 404
        for act in ("file", "cancel", "resume"):
            assert other.post(reverse(f"core:job-{act}", args=[job.uid])).status_code == 404


def test_a_job_is_named_in_the_language_of_its_reader(session: Session, client_for: Client) -> None:
    browser = client_for(make_user("officer"))
    job = ask(browser)

    assert "Export : Inscriptions (XLSX)" in browser.get(job.get_absolute_url()).content.decode().replace("\u00a0", " ")
    assert "تصدير: التسجيلات (XLSX)" in browser.get(f"/ar{job.get_absolute_url()}").content.decode()


def test_the_same_export_asked_for_twice_is_one_job(session: Session, client_for: Client) -> None:
    browser = client_for(make_user("officer"))

    first, second, other = ask(browser), ask(browser), ask(browser, "csv")

    assert first == second
    assert other != first
    assert JournalEntry.objects.filter(verb="job.start").count() == 2


def test_a_file_is_gone_after_a_day(session: Session, client_for: Client) -> None:
    browser = client_for(make_user("officer"))
    job = ask(browser)
    runs.run(job.pk)
    job.refresh_from_db()
    Job.objects.filter(pk=job.pk).update(expires_at=timezone.now())

    assert browser.post(reverse("core:job-file", args=[job.uid])).status_code == 404
    assert sweeps.purge(at=timezone.now()) == 1
    assert sweeps.purge(at=timezone.now()) == 0
    assert not files.folder_of(job).exists()
    job.refresh_from_db()
    assert (job.params, job.result) == ({}, "")
    assert browser.get(job.get_absolute_url()).status_code == 200


def test_a_role_that_ended_is_refused_at_the_run(session: Session, client_for: Client) -> None:
    user = make_user("officer")
    job = ask(client_for(user))
    end_roles(user)

    runs.run(job.pk)

    job.refresh_from_db()
    assert (job.state, job.fault) == (JobState.FAILED, JobFault.NOT_ALLOWED)
    assert not files.folder_of(job).exists()


def test_a_role_that_ended_is_refused_at_the_download(session: Session, client_for: Client) -> None:
    user = make_user("officer")
    browser = client_for(user)
    job = ask(browser)
    runs.run(job.pk)
    end_roles(user)

    assert browser.post(reverse("core:job-file", args=[job.uid])).status_code == 403
    assert not JournalEntry.objects.filter(verb="export.take").exists()


def test_a_column_that_was_taken_away_is_refused_at_the_download(few: None, client_for: Client) -> None:
    make_organisation()
    make_organisation()
    user = make_user("officer")
    browser = client_for(user)
    browser.post(reverse("directory:organisation-list"), {"export": "csv"})
    job = Job.objects.get()
    runs.run(job.pk)
    end_roles(user)
    grant(user, Role.AUDITOR)

    assert browser.post(reverse("core:job-file", args=[job.uid])).status_code == 403


def test_one_export_runs_a_person_and_two_in_all(session: Session, client_for: Client) -> None:
    users = [make_user("officer") for _ in range(3)]
    first, second = ask(client_for(users[0])), ask(client_for(users[0]), "csv")
    others = [ask(client_for(user)) for user in users[1:]]

    claimed = [runs.lease.claim(job.pk, at=timezone.now()) for job in (first, second, *others)]

    assert [job is not None for job in claimed] == [True, False, True, False]
    assert first.state == JobState.QUEUED


def test_who_asked_for_ten_things_waits(session: Session, client_for: Client) -> None:
    user = make_user("officer")
    now = timezone.now()
    for number in range(10):
        jobs.start(kind=answers.EXPORT, params={"n": number}, author=user, now=now)

    answer = client_for(user).post(reverse("trainings:registration-index"), {"export": "csv"}, follow=True)

    assert Job.objects.count() == 10
    assert "beaucoup de demandes" in answer.content.decode()
