"""The home pages of staff and trainers: what waits stands first, and goes away once it is done."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.tests.factories import make_user
from core.testing.queries import queries_of
from directory.models import Person, Programme
from trainings.domain import attendance, corrections
from trainings.enums import Mark
from trainings.tests.factories import make_registration, make_session

pytestmark = pytest.mark.django_db
Browser = Callable[..., Any]


def tasks(browser: Any) -> dict[str, list[str]]:
    """Addresses of the tasks, by tone."""
    home = browser.get(reverse("home")).context["home"]
    return {group.tone: [task.url for task in group.tasks] for group in home.groups}


def test_open_half_day_of_before_is_late_until_it_is_closed(client_for: Browser) -> None:
    officer = make_user("officer")
    session = make_session(state="closed", days=3, starts_on=timezone.localdate() - timedelta(days=1))
    half_day = session.parts.get().half_days.all()[0]
    make_registration(half_day.part)
    url = reverse("trainings:room-half-day", args=[half_day.pk])
    assert url in tasks(client_for(officer))["late"]
    attendance.close(half_day=half_day, actor=officer, now=timezone.now(), rest=Mark.ABSENT)
    assert url not in tasks(client_for(officer)).get("late", [])


def test_correction_waits_for_the_second_person_only(client_for: Browser) -> None:
    first, second = make_user("officer"), make_user("officer")
    session = make_session(state="closed", starts_on=timezone.localdate() - timedelta(days=3))
    half_day = session.parts.get().half_days.all()[0]
    registration = make_registration(half_day.part)
    attendance.close(half_day=half_day, actor=first, now=timezone.now(), rest=Mark.ABSENT)
    corrections.propose(
        half_day=half_day,
        registration=registration,
        mark=Mark.PRESENT,
        reason="Feuille",
        actor=first,
        now=timezone.now(),
    )
    url = reverse("trainings:attendance-tab", args=[session.slug])
    assert url in tasks(client_for(second))["soon"]
    assert url not in tasks(client_for(first)).get("soon", [])


def test_registrations_to_decide_are_counted_and_lead_to_a_list_of_that_length(client_for: Browser) -> None:
    session = make_session(is_moderated=True)
    for _each in range(3):
        make_registration(session.parts.get(), state="review")
    browser = client_for(make_user("officer"))
    home = browser.get(reverse("home")).context["home"]
    task = next(task for group in home.groups for task in group.tasks if "registrations" in task.url)
    assert task.what.startswith("3")
    assert len(browser.get(task.url).context["page"].rows) == 3


def test_documented_past_owes_nothing_to_anybody(client_for: Browser) -> None:
    session = make_session(state="held", starts_on=timezone.localdate() - timedelta(days=4000))
    make_registration(session.parts.get())
    Programme.objects.update(origin="documented")
    assert tasks(client_for(make_user("officer"))) == {}


def test_trainer_sees_own_half_days_only(client_for: Browser) -> None:
    user = make_user("trainer")
    person = Person.objects.create(name_latin="Formatrice", user=user, created_at=timezone.now())
    own = make_session(state="closed", starts_on=timezone.localdate(), trainers=[person])
    make_session(state="closed", starts_on=timezone.localdate())
    addresses = {reverse("trainings:room-half-day", args=[row.pk]) for row in own.parts.get().half_days.all()}
    assert set(tasks(client_for(user))["soon"]) == addresses


@pytest.mark.parametrize("role", ["officer", "trainer"])
def test_home_asks_a_bounded_number_of_queries(client_for: Browser, role: str) -> None:
    browser = client_for(make_user(role))
    before = len(queries_of(browser, reverse("home")))
    for _each in range(3):
        make_registration(make_session(state="open", starts_on=timezone.localdate()).parts.get())
    assert len(queries_of(browser, reverse("home"))) <= before + 1 <= 24
