"""The room on a phone: who may enter, one tap, the whole list, undo, closing, the sheet, corrections."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pypdf
import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.tests.factories import grant, make_user
from directory.models import Person
from trainings.domain import attendance
from trainings.domain.attendance import Entry
from trainings.enums import HalfDayState, Mark
from trainings.models import HalfDay, Registration
from trainings.tests.factories import make_registration, make_session

pytestmark = pytest.mark.django_db
Browser = Callable[..., Any]


@pytest.fixture
def trainer() -> User:
    user = make_user("trainer")
    Person.objects.create(name_latin="Formatrice", user=user, created_at=timezone.now())
    return user


@pytest.fixture
def half_day(trainer: User) -> HalfDay:
    session = make_session(state="closed", starts_on=timezone.localdate(), trainers=[trainer.person])
    found = session.parts.get().half_days.order_by("starts_at").first()
    assert found is not None
    HalfDay.objects.filter(pk=found.pk).update(starts_at="00:00")
    found.refresh_from_db()
    return found


@pytest.fixture
def people(half_day: HalfDay) -> list[Registration]:
    return [make_registration(half_day.part) for _ in range(3)]


def url(name: str, half_day: HalfDay) -> str:
    return reverse(f"trainings:{name}", args=[half_day.pk])


@pytest.mark.feature(33)
def test_trainer_marks_by_taps_closes_and_reads(
    client_for: Browser, trainer: User, half_day: HalfDay, people: list[Registration]
) -> None:
    browser = client_for(trainer)
    home = browser.get(reverse("trainings:room-home")).content.decode()
    assert url("room-half-day", half_day) in home
    page = browser.get(url("room-half-day", half_day)).content.decode()
    assert all(person.name_latin in page for person in people)
    first = browser.post(
        url("room-mark", half_day), {"registration": people[0].pk, "mark": "present", "arrived_at": "08:40"}
    ).json()
    assert (first["present"], first["missing"]) == (1, 2)
    browser.post(url("room-all", half_day))
    assert attendance.tally(half_day).present == 3
    again = browser.get(url("room-half-day", half_day)).context["undo"]
    browser.post(url("room-undo", half_day), {"before": again})
    assert attendance.entries_of(half_day) == {people[0].pk: attendance.entries_of(half_day)[people[0].pk]}
    refused = browser.post(url("room-close", half_day))
    assert refused.status_code == 200 and "2" in str(refused.context["form"].errors)
    browser.post(url("room-close", half_day), {"rest": "absent"})
    half_day.refresh_from_db()
    assert half_day.state == HalfDayState.CLOSED
    closed = browser.post(url("room-mark", half_day), {"registration": people[0].pk, "mark": "absent"})
    assert closed.status_code == 409 and closed.json()["error"]


def test_list_without_scripts_is_saved_whole_or_refused_with_its_error(
    client_for: Browser, trainer: User, half_day: HalfDay, people: list[Registration]
) -> None:
    browser = client_for(trainer)
    wrong = {f"mark-{people[0].pk}": "present", f"arrived_at-{people[0].pk}": "25:00"}
    assert browser.post(url("room-half-day", half_day), wrong).status_code == 422
    right = {f"mark-{person.pk}": mark for person, mark in zip(people, ("present", "absent", "excused"), strict=True)}
    browser.post(url("room-half-day", half_day), right)
    counts = attendance.tally(half_day)
    assert (counts.present, counts.absent, counts.excused, counts.missing) == (1, 1, 1, 0)


def test_forged_undo_changes_nothing(
    client_for: Browser, trainer: User, half_day: HalfDay, people: list[Registration]
) -> None:
    attendance.mark(half_day=half_day, entries={people[0].pk: Entry(Mark.PRESENT)}, actor=trainer, now=timezone.now())
    client_for(trainer).post(url("room-undo", half_day), {"before": f'{{"{people[0].pk}": [null, null, null]}}'})
    assert attendance.tally(half_day).present == 1


@pytest.mark.parametrize("name", ["room-half-day", "room-close", "sheet"])
def test_trainer_of_another_session_finds_nothing(client_for: Browser, half_day: HalfDay, name: str) -> None:
    stranger = make_user("trainer")
    Person.objects.create(name_latin="Autre", user=stranger, created_at=timezone.now())
    assert client_for(stranger).get(url(name, half_day)).status_code == 404
    assert client_for(make_user("member")).get(url(name, half_day)).status_code == 403


def test_mark_of_a_stranger_in_the_list_is_refused(client_for: Browser, trainer: User, half_day: HalfDay) -> None:
    other = make_registration()
    answer = client_for(trainer).post(url("room-mark", half_day), {"registration": other.pk, "mark": "present"})
    assert answer.status_code == 409 and not attendance.entries_of(half_day)


@pytest.mark.feature(34)
def test_sheet_holds_everybody_in_both_scripts(
    client_for: Browser, trainer: User, half_day: HalfDay, people: list[Registration]
) -> None:
    answer = client_for(trainer).get(url("sheet", half_day))
    text = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(answer.content)).pages)
    assert answer["Content-Type"] == "application/pdf"
    assert all(person.name_latin in text for person in people)
    assert half_day.part.session.code in text


def test_correction_goes_through_two_people_in_the_pages(
    client_for: Browser, trainer: User, half_day: HalfDay, people: list[Registration]
) -> None:
    attendance.close(half_day=half_day, actor=trainer, now=timezone.now(), rest=Mark.ABSENT)
    propose = reverse("trainings:correction-propose", args=[half_day.pk, people[0].pk])
    empty = client_for(trainer).post(propose, {"mark": "present", "reason": ""})
    assert empty.status_code == 200 and "reason" in empty.context["form"].errors
    client_for(trainer).post(propose, {"mark": "present", "reason": "Feuille signée"})
    correction = half_day.corrections.get()
    confirm = reverse("trainings:correction-confirm", args=[correction.pk])
    assert client_for(trainer).post(confirm).status_code == 403
    client_for(make_user("officer")).post(confirm)
    assert attendance.entries_of(half_day)[people[0].pk].mark == Mark.PRESENT


def test_half_day_of_tomorrow_is_listed_but_not_closed(client_for: Browser, trainer: User) -> None:
    session = make_session(state="open", starts_on=timezone.localdate() + timedelta(days=1), trainers=[trainer.person])
    half_day = session.parts.get().half_days.all()[0]
    make_registration(half_day.part)
    browser = client_for(trainer)
    assert url("room-half-day", half_day) in browser.get(reverse("trainings:room-home")).content.decode()
    refused = browser.post(url("room-close", half_day), {"rest": "absent"})
    assert refused.status_code == 200 and refused.context["form"].non_field_errors()


def test_trainer_who_also_audits_reads_no_names_of_other_sessions(
    client_for: Browser, trainer: User, half_day: HalfDay
) -> None:
    grant(trainer, "auditor")
    browser = client_for(trainer)
    foreign = make_session(state="closed", starts_on=timezone.localdate())
    make_registration(foreign.parts.get(), name_latin="Autrui Exemple")
    other = reverse("trainings:attendance-tab", args=[foreign.slug])
    assert browser.get(other).status_code == 403
    assert browser.get(reverse("trainings:attendance-tab", args=[half_day.part.session.slug])).status_code == 200
    home = browser.get(reverse("trainings:room-home")).content.decode()
    assert url("room-half-day", half_day) in home
    assert url("room-half-day", foreign.parts.get().half_days.all()[0]) not in home
