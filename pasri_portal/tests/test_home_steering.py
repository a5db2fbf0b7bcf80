"""The homes of members, staff and managers as the steering fills them; the state of the programme on one page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.tests.factories import make_user
from clusters.tests.factories import make_cluster
from core.testing.queries import queries_of
from pasri_portal.home.steering import page
from steering.models import Answer, Progress
from steering.tests.factories import (
    make_action,
    make_committee,
    make_mandate,
    make_meeting,
    make_member_user,
    make_organisation,
    make_recommendation,
    make_seat,
)
from steering.tests.plan_factories import make_plan

pytestmark = pytest.mark.django_db
Browser = Callable[..., Any]


def home_of(browser: Any) -> Any:
    return browser.get(reverse("home")).context["home"]


def words(home: Any) -> dict[str, list[str]]:
    return {group.tone: [str(task.what) for task in group.tasks] for group in home.groups}


def test_member_finds_own_actions_reviews_meeting_and_news(client_for: Browser) -> None:
    user = make_member_user()
    committee = make_committee(seats=1)
    seat = make_seat(committee, rank=2)
    make_mandate(seat, user=user)
    late = make_action(committee, owner=seat.organisation, due_in=-3)
    make_action(committee, due_in=-3)
    later = make_action(committee, owner=seat.organisation, due_in=90)
    version = make_plan(committee, "review", actions=[late])
    meeting = make_meeting(committee, "convened")
    for percent in range(7):
        Progress.objects.create(
            action=later, percent=percent, note="Fait", at=timezone.now() - timedelta(hours=percent)
        )
    browser = client_for(user)
    home = home_of(browser)
    found = words(home)
    assert [text for text in found["late"] if late.code in text] and len(found["late"]) == 1
    assert any(version.plan.name_fr in text for text in found["soon"])
    assert any("convocation" in text for text in found["soon"])
    assert [text for text in found[""] if later.code in text]
    assert len(home.news) == 5
    assert {(line.code, line.about) for line in home.news} == {(later.code, later.title)}
    assert [event.on for event in home.events] == [meeting.day]
    Answer.objects.create(
        meeting=meeting, for_on=meeting.day, seat=seat, reply="present", at=timezone.now(), person=None
    )
    again = home_of(browser)
    assert not any("convocation" in text for text in words(again)["soon"])
    assert any("titulaire" in str(line) for line in again.events[0].lines)


def test_member_of_no_committee_finds_no_work(client_for: Browser) -> None:
    make_action(due_in=-3)
    home = home_of(client_for(make_member_user()))
    assert (home.groups, home.events, home.news) == ([], [], [])


def test_staff_find_what_is_late_to_verify_and_to_convene(client_for: Browser) -> None:
    committee = make_committee(secretariat=make_organisation())
    for _each in range(2):
        make_action(committee, due_in=-3)
    make_action(committee, state="declared")
    make_meeting(committee, "planned")
    make_plan(committee, "review", actions=0, review_until=timezone.now() - timedelta(hours=1))
    found = words(home_of(client_for(make_user("officer"))))
    assert "2 actions en retard" in found["late"] and "Une revue est terminée" in found["late"]
    assert "1 preuve à vérifier" in found[""] and "Une réunion est à convoquer" in found[""]


def test_staff_are_told_which_proofs_wait_for_somebody_else(client_for: Browser) -> None:
    user = make_user("officer")
    committee = make_committee(secretariat=make_organisation())
    action = make_action(committee, state="declared", declared_at=timezone.now())
    Progress.objects.create(action=action, percent=100, note="Fait", at=action.declared_at, by=user, is_final=True)
    assert words(home_of(client_for(user)))[""] == ["1 preuve attend d’être vérifiée par une autre personne"]
    assert "1 preuve à vérifier" in words(home_of(client_for(make_user("manager"))))[""]


@pytest.mark.parametrize("role", ["officer", "manager"])
def test_staff_see_the_next_meeting_among_what_comes(client_for: Browser, role: str) -> None:
    meeting = make_meeting(state="convened")
    make_meeting(meeting.committee, "planned")
    [event] = home_of(client_for(make_user(role))).events
    assert (event.on, event.url) == (meeting.day, page("meeting-detail", meeting.pk))


def test_staff_find_the_committee_whose_seats_are_to_be_seen_to(client_for: Browser) -> None:
    committee, today = make_committee(seats=0), timezone.localdate()
    make_seat(committee, rank=1)
    ending = make_mandate(make_seat(committee, rank=2), ends_on=today + timedelta(days=20))
    make_mandate(make_seat(committee, rank=3), ends_on=today + timedelta(days=200))
    home = home_of(client_for(make_user("officer")))
    [task] = [task for group in home.groups for task in group.tasks if task.meta == str(committee)]
    assert str(task.what) == "1 siège à pourvoir, 1 mandat prend bientôt fin"
    assert (task.due_on, task.url) == (ending.ends_on, page("committee-detail", committee.slug))


@pytest.mark.skipif(not page("action-list"), reason="the list of actions")
def test_numbers_of_the_staff_home_are_the_lengths_of_their_lists(client_for: Browser) -> None:
    committee = make_committee()
    for _each in range(3):
        make_action(committee, due_in=-3)
    make_action(committee, state="declared")
    browser = client_for(make_user("officer"))
    tasks = [task for group in home_of(browser).groups for task in group.tasks if "actions" in task.url]
    assert len(tasks) == 2
    for task in tasks:
        assert str(task.what).startswith(f"{len(browser.get(task.url).context['page'].rows)} ")


@pytest.mark.parametrize("role", ["officer", "manager"])
def test_staff_home_asks_as_often_whatever_waits(client_for: Browser, role: str) -> None:
    browser = client_for(make_user(role))
    before = len(queries_of(browser, reverse("home")))
    committee = make_committee(seats=2)
    for _each in range(3):
        make_action(committee, due_in=-3)
        make_meeting(committee, "planned")
        make_plan(make_committee(), "review", actions=0, review_until=timezone.now() - timedelta(hours=1))
    assert len(queries_of(browser, reverse("home"))) <= before <= 22


def test_member_home_asks_as_often_whatever_waits(client_for: Browser) -> None:
    user = make_member_user()
    committee = make_committee(seats=1)
    seat = make_seat(committee, rank=2)
    make_mandate(seat, user=user)
    browser = client_for(user)
    make_action(committee, owner=seat.organisation)
    make_plan(committee, "review")
    make_meeting(committee, "convened")
    before = len(queries_of(browser, reverse("home")))
    for _each in range(3):
        make_action(committee, owner=seat.organisation)
        make_meeting(committee, "convened")
    assert len(queries_of(browser, reverse("home"))) <= before <= 16


def test_state_of_the_programme_says_which_governorates_have_no_cluster(client_for: Browser) -> None:
    cluster = make_cluster("published")
    make_action(due_in=-3)
    whole = make_recommendation(make_committee())
    make_recommendation(whole.committee, parent=whole)
    browser = client_for(make_user("manager"))
    assert reverse("programme-state") in [door.url for door in home_of(browser).doors]
    response = browser.get(reverse("programme-state"))
    assert [(place, count) for place, count, _iso in response.context["reached"]] == [(cluster.governorate, 1)]
    assert response.context["tiles"][0].of == 1, "a composite recommendation counts through its part"
    assert "plusieurs gouvernorats" in response.content.decode()
    assert len(response.context["empty"]) + 1 == response.context["places"]
    for tile in response.context["tiles"]:
        if tile.url and "sessions" not in tile.url:
            shown = browser.get(tile.url)
            assert shown.status_code == 200 and len(shown.context["page"].rows) == tile.value, tile.label
    assert len(queries_of(browser, reverse("programme-state"))) <= 12
