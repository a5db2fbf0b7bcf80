"""The pages of plans: a board whose numbers are its rows, versions from draft to adoption, what everybody reads."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.tests.factories import make_user
from core.testing.queries import assert_flat_queries, queries_of
from steering.domain import plans
from steering.models import PlanVersion, Progress, Visit
from steering.tests.factories import (
    make_action,
    make_committee,
    make_mandate,
    make_member_user,
    make_recommendation,
    make_seat,
)
from steering.tests.plan_factories import add_entry, make_plan

pytestmark = pytest.mark.django_db
Browser = Callable[..., Any]


def board_url(version: PlanVersion) -> str:
    return reverse("steering:plan-detail", args=[version.plan.slug])


def rich_plan(state: str = "adopted") -> PlanVersion:
    """Two late, one declared, one verified, one of them with steps."""
    committee = make_committee(seats=2)
    whole = make_recommendation(committee, code="R1")
    part = make_recommendation(committee, code="R1a", parent=whole)
    late = [make_action(committee, due_in=-days, recommendation=part, state="running") for days in (3, 9)]
    declared = make_action(committee, recommendation=part, state="declared")
    verified = make_action(committee, state="verified", verified_at=timezone.now())
    for state_of_part in ("verified", "todo"):
        at = timezone.now() if state_of_part == "verified" else None
        make_action(committee, parent=late[0], state=state_of_part, verified_at=at)
    return make_plan(committee, state, actions=[*late, declared, verified])


def rows(response: Any) -> int:
    return len(response.context["page"].rows)


@pytest.mark.feature(65)
def test_every_number_above_the_board_leads_to_as_many_rows(client_for: Browser) -> None:
    version = rich_plan()
    browser = client_for(make_user("officer"))
    figures = browser.get(board_url(version)).context["figures"]
    assert (figures.actions, figures.overdue, figures.to_verify, figures.verified) == (4, 2, 1, 1)
    assert (figures.steps, figures.steps_done, figures.recommendations) == (2, 1, 1)
    for query, number in (("late=on", 2), ("state=declared", 1), ("state=verified", 1), ("", 4)):
        assert rows(browser.get(f"{board_url(version)}?{query}")) == number, query


def test_board_filters_by_institution_and_by_a_composite_recommendation(client_for: Browser) -> None:
    version = rich_plan()
    browser = client_for(make_user("officer"))
    owner = version.entries.first().action.owner
    assert rows(browser.get(f"{board_url(version)}?owner={owner.pk}")) == 1
    assert rows(browser.get(f"{board_url(version)}?recommendation=R1")) == 3
    grouped = browser.get(f"{board_url(version)}?view=owner")
    assert len(grouped.context["groups"]) == 4 and grouped.context["tab"] == "owner"
    wrong = browser.get(f"{board_url(version)}?owner=abc&state=nonsense")
    assert rows(wrong) == 4 and wrong.context["has_errors"]


def test_board_shows_recommendations_over_their_parts_over_actions(client_for: Browser) -> None:
    version = rich_plan()
    html = client_for(make_user("auditor")).get(board_url(version)).content.decode()
    assert html.index("R1") < html.index("R1a") < html.index(version.entries.first().action.code)
    assert "jours de retard" in html and "1 / 2" in html


def test_board_asks_as_often_for_three_actions_as_for_one(client_for: Browser) -> None:
    version = make_plan(state="adopted", actions=0)
    browser = client_for(make_user("officer"))
    assert_flat_queries(
        browser, board_url(version), lambda: add_entry(version, make_action(version.plan.committee)), limit=14
    )


def test_list_asks_as_often_for_three_plans_as_for_one(client_for: Browser) -> None:
    assert_flat_queries(client_for(make_user("officer")), reverse("steering:plan-list"), make_plan)


def test_board_as_a_file_has_the_filtered_rows(client_for: Browser) -> None:
    version = rich_plan()
    browser = client_for(make_user("auditor"))
    response = browser.post(f"{board_url(version)}?late=on", {"export": "csv"})
    lines = b"".join(response.streaming_content).decode("utf-8-sig").strip().splitlines()
    assert len(lines) == 3 and "R1a" in lines[1]


def test_what_changed_since_the_last_visit_is_marked(client_for: Browser) -> None:
    version = make_plan(state="adopted")
    user = make_user("officer")
    browser = client_for(user)
    browser.get(board_url(version))
    action = version.entries.first().action

    Visit.objects.filter(user=user).update(seen_at=timezone.now() - timedelta(days=2))
    Progress.objects.create(action=action, percent=40, note="Fait", at=timezone.now() - timedelta(days=1))
    changed = browser.get(board_url(version)).context["changed"]
    assert [line.action for line in changed] == [action]
    assert "40 %" in browser.get(board_url(version)).content.decode()


def test_from_the_draft_to_the_adoption_through_the_pages(client_for: Browser) -> None:
    committee = make_committee(seats=2)
    actions = [make_action(committee) for _each in range(2)]
    browser = client_for(make_user("officer"))
    response = browser.post(
        reverse("steering:plan-create"), {"committee": committee.pk, "name_fr": "Plan 2027", "name_ar": "خطة"}
    )
    version = PlanVersion.objects.get(plan__name_fr="Plan 2027")
    args = [version.plan.slug, 1]
    assert response.url == reverse("steering:version-choose", args=args)
    browser.post(response.url, {"actions": [action.pk for action in actions]})
    assert version.entries.count() == 2
    past = browser.post(reverse("steering:version-ask", args=args), {"until": "01/01/2020 17:00"})
    assert past.status_code == 200 and "until" in past.context["form"].errors
    until = f"{timezone.localdate() + timedelta(days=9):%d/%m/%Y} 17:00"
    browser.post(reverse("steering:version-ask", args=args), {"until": until})
    page = browser.get(reverse("steering:version-detail", args=args))
    assert len(page.context["summary"].missing) == 2
    browser.post(reverse("steering:version-adopt", args=args), {"on": f"{timezone.localdate():%d/%m/%Y}"})
    version.refresh_from_db()
    assert version.state == "adopted"
    second = browser.post(reverse("steering:version-adopt", args=args), {"on": f"{timezone.localdate():%d/%m/%Y}"})
    assert second.status_code == 200 and second.context["form"].errors


def test_two_versions_are_compared_field_by_field(client_for: Browser) -> None:
    first = make_plan(state="adopted", actions=2)
    kept, removed = (entry.action for entry in first.entries.all())
    second = make_plan(plan=first.plan, state="review", number=2, actions=[kept, make_action(first.plan.committee)])
    moved = kept.due_on + timedelta(days=30)
    second.entries.filter(action=kept).update(due_on=moved)
    response = client_for(make_user("officer")).get(reverse("steering:version-diff", args=[first.plan.slug, 2]))
    changes = {change.how: change for change in response.context["changes"]}
    assert changes["removed"].said.code == removed.code
    assert [(field.name, field.after) for field in changes["changed"].fields] == [("due_on", moved)]
    assert set(changes) == {"added", "removed", "changed"}
    assert (
        client_for(make_user("officer"))
        .get(reverse("steering:version-diff", args=[first.plan.slug, 2]) + "?with=9")
        .status_code
        == 404
    )


def test_member_sees_neither_a_draft_nor_the_summary(client_for: Browser) -> None:
    user = make_member_user()
    committee = make_committee(seats=1)
    make_mandate(make_seat(committee, rank=2), user=user)
    browser = client_for(user)
    draft = make_plan(committee)
    assert browser.get(board_url(draft)).status_code == 404
    plans.send_to_review(plan_version=draft, until=timezone.now() + timedelta(days=3), actor=None, now=timezone.now())
    page = browser.get(reverse("steering:version-detail", args=[draft.plan.slug, 1]))
    assert page.context["summary"] is None and page.context["may_review"]


@pytest.mark.feature(72)
def test_accountability_page_names_no_person_and_says_what_is_late(client: Any, client_for: Browser) -> None:
    version = rich_plan()
    action = version.entries.first().action
    person = make_mandate(make_seat(version.plan.committee, rank=7)).person
    type(action).objects.filter(pk=action.pk).update(owner_person=person)
    url = reverse("steering:accountability", args=[version.plan.slug])
    assert client.get(url).status_code == 404
    officer = client_for(make_user("officer"))
    for _each in range(2):
        officer.post(reverse("steering:plan-publish", args=[version.plan.slug]))
    html = client.get(url).content.decode()
    assert person.name not in html and "jours de retard" in html and action.title in html
    for language in ("/ar", "/en"):
        assert client.get(language + url).status_code == 200
    assert version.plan.slug in client.get(reverse("steering:accountability-list")).content.decode()
    assert reverse("steering:accountability-list") in client.get(reverse("front")).content.decode()
    officer.post(reverse("steering:plan-withdraw", args=[version.plan.slug]))
    assert client.get(url).status_code == 404


def test_accountability_page_asks_few_questions(client: Any) -> None:
    version = rich_plan()
    type(version.plan).objects.filter(pk=version.plan.pk).update(is_published=True)
    assert len(queries_of(client, reverse("steering:accountability", args=[version.plan.slug]))) <= 6
