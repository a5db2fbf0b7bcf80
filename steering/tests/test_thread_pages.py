"""The red thread and its loose ends."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.tests.factories import make_user
from core.testing.queries import assert_flat_queries
from steering.domain import orphans, thread
from steering.models import Committee, Decision, QuorumCount, Slip
from steering.tests.factories import (
    make_action,
    make_committee,
    make_item,
    make_mandate,
    make_meeting,
    make_member_user,
    make_recommendation,
    make_seat,
)

pytestmark = pytest.mark.django_db
Browser = Callable[..., Any]


def make_decision(committee: Committee, **item: Any) -> Decision:
    row = make_item(make_meeting(committee, "held"), **item)
    now = timezone.now()
    quorum = QuorumCount.objects.create(
        meeting=row.meeting, item=row, cause="decision", at=now, in_office=3, required=2, counted=3, voices=3
    )
    return Decision.objects.create(
        item=row,
        number=f"D-{row.pk}",
        mode="consensus",
        text_fr="Lancer le vivier",
        state="adopted",
        decided_at=now,
        quorum=quorum,
    )


def test_chain_is_drawn_both_ways_from_any_of_its_links(client_for: Browser) -> None:
    committee = make_committee(seats=2)
    recommendation = make_recommendation(committee)
    decision = make_decision(committee)
    action = make_action(committee, recommendation=recommendation, decision=decision, due_in=-4)
    part = make_action(committee, parent=action)
    browser = client_for(make_user("auditor"))
    for query in (
        f"committee={committee.slug}",
        f"recommendation={recommendation.pk}",
        f"decision={decision.pk}",
        f"action={action.pk}",
        f"action={part.pk}",
    ):
        page = browser.get(f"{reverse('steering:thread')}?{query}")
        cells = [cell.thing for row in page.context["rows"] for cell in row]
        assert cells == [recommendation, decision, action], query
        assert "4 jours de retard" in page.content.decode()
    for wrong in ("action=0", "action=x", "decision=999999", "committee=nulle-part"):
        assert browser.get(f"{reverse('steering:thread')}?{wrong}").status_code == 404


def test_lines_of_the_drawing_fork_where_several_things_hang_on_one() -> None:
    committee = make_committee()
    recommendation = make_recommendation(committee)
    decision = make_decision(committee)
    for _each in range(2):
        make_action(committee, recommendation=recommendation, decision=decision)
    make_action(committee, recommendation=recommendation)
    strands = thread.of_committee(committee=committee, user=make_user("officer"))
    drawn = [[cell.css for cell in row] for row in thread.rows_of(strands, on=timezone.localdate())]
    assert drawn == [
        ["start", "in tee first", "in tee first"],
        ["", "pass", "in ell fork"],
        ["", "in ell fork in-wait", "in"],
    ]


def test_what_is_missing_is_drawn_and_listed(client_for: Browser) -> None:
    committee = make_committee(seats=1)
    accepted = make_recommendation(committee, state="accepted")
    make_recommendation(committee, state="rejected")
    idle = make_decision(committee)
    loose = make_action(committee)
    found = orphans.of(committee=committee, user=make_user("officer"))
    assert (found.decisions, found.recommendations, found.actions) == ([idle], [accepted], [loose])
    browser = client_for(make_user("officer"))
    page = browser.get(reverse("steering:thread"))
    marks = [(cell.kind, cell.mark) for row in page.context["rows"] for cell in row if cell.mark]
    assert marks == [("nothing", "gap"), ("decision", "gap"), ("action", "gap")]
    html = browser.get(f"{reverse('steering:orphans')}?committee={committee.slug}").content.decode()
    for code in (accepted.code, idle.number, loose.code):
        assert code in html
    assert f"?decision={idle.pk}" in html
    make_action(committee, recommendation=accepted, decision=idle)
    loose.delete()
    assert orphans.of(committee=committee, user=make_user("officer")).count == 0


def test_decision_that_moved_a_due_date_is_carried_out(client_for: Browser) -> None:
    committee = make_committee(seats=1)
    decision = make_decision(committee)
    action = make_action(committee, recommendation=make_recommendation(committee, state="running"))
    Slip.objects.create(
        action=action, from_on=action.due_on, to_on=action.due_on, reason="Délai", decision=decision, at=timezone.now()
    )
    officer = make_user("officer")
    assert orphans.of(committee=committee, user=officer).count == 0
    page = client_for(officer).get(reverse("steering:thread"))
    last = page.context["rows"][-1]
    assert [cell.thing for cell in last] == [None, decision, action] and last[2].moved
    assert "échéance déplacée par cette décision" in page.content.decode()


def test_recommendation_that_waits_for_its_answer_is_no_loose_end(client_for: Browser) -> None:
    committee = make_committee(seats=1)
    make_recommendation(committee, state="proposed")
    make_recommendation(committee, state="accepted")
    officer = make_user("officer")
    page = client_for(officer).get(reverse("steering:thread"))
    drawn = [cell for row in page.context["rows"] for cell in row if cell.mark == "gap"]
    assert len(drawn) == orphans.of(committee=committee, user=officer).count == 1


def test_the_approval_of_minutes_is_no_loose_end(client_for: Browser) -> None:
    committee = make_committee(seats=1)
    decision = make_decision(committee)
    decision.item.kind = "minutes"
    decision.item.save()
    officer = make_user("officer")
    assert orphans.of(committee=committee, user=officer).count == 0
    assert thread.of_committee(committee=committee, user=officer) == []


def test_composite_recommendation_is_answered_through_its_parts() -> None:
    committee = make_committee()
    whole = make_recommendation(committee, state="accepted")
    part = make_recommendation(committee, parent=whole, state="accepted")
    assert orphans.of(committee=committee, user=make_user("officer")).recommendations == [part]
    make_action(committee, recommendation=part)
    assert orphans.of(committee=committee, user=make_user("officer")).recommendations == []


def test_decision_of_a_confidential_item_shows_its_number_alone(client_for: Browser) -> None:
    user = make_member_user()
    committee = make_committee()
    make_mandate(make_seat(committee), user=user)
    decision = make_decision(committee, audience="staff")
    make_action(committee, decision=decision)
    browser = client_for(user)
    html = browser.get(reverse("steering:thread")).content.decode()
    assert decision.number in html and decision.text_fr not in html
    assert browser.get(f"{reverse('steering:thread')}?decision={decision.pk}").status_code == 404
    assert decision not in orphans.of(committee=committee, user=user).decisions


def test_member_follows_the_threads_of_own_committees_only(client_for: Browser) -> None:
    other = make_action(make_committee())
    user = make_member_user()
    browser = client_for(user)
    assert browser.get(f"{reverse('steering:thread')}?action={other.pk}").status_code == 404
    assert browser.get(f"{reverse('steering:thread')}?committee={other.committee.slug}").status_code == 404
    assert browser.get(reverse("steering:thread")).context["committee"] is None


def test_thread_asks_as_often_for_three_actions_as_for_one(client_for: Browser) -> None:
    committee = make_committee()
    recommendation = make_recommendation(committee)
    assert_flat_queries(
        client_for(make_user("officer")),
        reverse("steering:thread"),
        lambda: make_action(committee, recommendation=recommendation, decision=make_decision(committee)),
        limit=14,
    )
