"""Plans in versions: drafted, reviewed, adopted, closed; one open version at a time."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from accounts.tests.factories import make_user
from core import journal
from core.errors import IllegalMove, ReasonRequired
from core.models import Message, MessageBatch
from core.saving import Invalid
from steering.domain import plans
from steering.enums import PlanState
from steering.errors import NotReady, WrongChoice
from steering.models import Decision, Plan, PlanVersion, QuorumCount
from steering.tests.factories import (
    make_action,
    make_committee,
    make_item,
    make_mandate,
    make_meeting,
    make_person,
    make_seat,
)
from steering.tests.plan_factories import make_plan

pytestmark = pytest.mark.django_db


def soon() -> datetime:
    return timezone.now() + timedelta(days=10)


def verbs(obj: object) -> list[str]:
    return [entry.verb for entry in journal.history_of(obj)]  # type: ignore[arg-type]


def test_plan_begins_with_an_empty_draft() -> None:
    officer = make_user("officer")
    version = plans.create(committee=make_committee(), name_fr="Plan d’action", name_ar="خطة العمل", actor=officer)
    assert (version.number, version.state, version.plan.slug) == (1, "draft", "plan-daction")
    assert verbs(version.plan) == ["plan.create"] and verbs(version) == ["planversion.open"]


def test_two_plans_of_a_committee_have_two_names_and_two_addresses() -> None:
    committee = make_committee()
    plans.create(committee=committee, name_fr="Plan", actor=None)
    with pytest.raises(Invalid):
        plans.create(committee=committee, name_fr="Plan", actor=None)
    other = plans.create(committee=make_committee(), name_fr="Plan", actor=None)
    assert other.plan.slug == "plan-2"


def test_name_is_corrected_once() -> None:
    plan = make_plan().plan
    plans.update(plan=plan, version=1, name_fr="Autre nom", actor=None)
    plans.update(plan=plan, version=2, name_fr="Autre nom", actor=None)
    plan.refresh_from_db()
    assert (plan.name_fr, plan.version, verbs(plan)) == ("Autre nom", 2, ["plan.edit"])


def test_draft_holds_exactly_the_chosen_actions() -> None:
    version = make_plan(actions=2)
    committee = version.plan.committee
    third = make_action(committee)
    kept = version.entries.first().action
    assert plans.choose(plan_version=version, actions=[kept, third], actor=None) == 2
    assert {entry.action for entry in version.entries.all()} == {kept, third}
    assert plans.choose(plan_version=version, actions=[third, kept], actor=None) == 0
    assert verbs(version) == ["planversion.choose"]


def test_action_of_another_committee_or_given_up_or_a_part_is_refused() -> None:
    version = make_plan(actions=1)
    committee = version.plan.committee
    whole = version.entries.first().action
    for wrong in (make_action(), make_action(committee, state="dropped"), make_action(committee, parent=whole)):
        with pytest.raises(WrongChoice) as refusal:
            plans.choose(plan_version=version, actions=[wrong], actor=None)
        assert refusal.value.field == "actions"
    with pytest.raises(IllegalMove):
        plans.choose(plan_version=make_plan(state="review"), actions=[], actor=None)


def test_review_fixes_the_entries_and_asks_every_titular() -> None:
    version = make_plan(actions=1, seats=3)
    action = version.entries.first().action
    type(action).objects.filter(pk=action.pk).update(title_fr="Titre d’aujourd’hui", weight=7)
    asked = plans.send_to_review(plan_version=version, until=soon(), actor=None, now=timezone.now())
    assert (asked.count, asked.without_address) == (3, 0)
    entry = version.entries.get()
    assert (entry.title_fr, entry.weight, version.state) == ("Titre d’aujourd’hui", 7, PlanState.REVIEW)
    assert Message.objects.filter(kind="steering.review").count() == 3
    type(action).objects.filter(pk=action.pk).update(title_fr="Titre d’après")
    assert version.entries.get().title_fr == "Titre d’aujourd’hui"
    with pytest.raises(IllegalMove):
        plans.send_to_review(plan_version=version, until=soon(), actor=None, now=timezone.now())


def test_many_messages_of_a_review_wait_as_one_batch() -> None:
    version = make_plan(seats=7)
    plans.send_to_review(plan_version=version, until=soon(), actor=make_user("officer"), now=timezone.now())
    assert MessageBatch.objects.get().messages.count() == 7


def test_seat_without_titular_is_asked_through_its_alternates_and_a_missing_address_is_counted() -> None:
    committee = make_committee()
    seat = make_seat(committee)
    make_mandate(seat, kind="alternate")
    make_mandate(make_seat(committee, rank=2), person=make_person(email=None))
    version = make_plan(committee)
    asked = plans.send_to_review(plan_version=version, until=soon(), actor=None, now=timezone.now())
    assert (asked.count, asked.without_address) == (2, 1)
    assert version.requests.count() == 2 and Message.objects.count() == 1


def test_review_is_refused_without_actions_or_members_and_with_a_past_deadline() -> None:
    now = timezone.now()
    for version in (make_plan(actions=0), make_plan(seats=0)):
        with pytest.raises(NotReady):
            plans.send_to_review(plan_version=version, until=soon(), actor=None, now=now)
        version.refresh_from_db()
        assert version.state == "draft"
    with pytest.raises(WrongChoice) as refusal:
        plans.send_to_review(plan_version=make_plan(), until=now - timedelta(hours=1), actor=None, now=now)
    assert refusal.value.field == "until"


def test_deadline_moves_to_later_only_and_once() -> None:
    version, now = make_plan(state="review"), timezone.now()
    with pytest.raises(WrongChoice):
        plans.extend(plan_version=version, until=now + timedelta(days=1), actor=None, now=now)
    later = soon()
    assert plans.extend(plan_version=version, until=later, actor=None, now=now).count == 3
    assert plans.extend(plan_version=version, until=later, actor=None, now=now).count == 0
    assert version.review_until == later and verbs(version) == ["planversion.extend"]
    with pytest.raises(IllegalMove):
        plans.extend(plan_version=make_plan(), until=later, actor=None, now=now)


def test_back_to_draft_needs_a_reason_and_withdraws_what_waits() -> None:
    version = make_plan()
    plans.send_to_review(plan_version=version, until=soon(), actor=None, now=timezone.now())
    with pytest.raises(ReasonRequired):
        plans.back_to_draft(plan_version=version, reason=" ", actor=None)
    plans.back_to_draft(plan_version=version, reason="Une action manque", actor=None)
    assert (version.state, version.review_until) == ("draft", None)
    assert set(Message.objects.values_list("state", flat=True)) == {"cancelled"}
    with pytest.raises(IllegalMove):
        plans.back_to_draft(plan_version=version, reason="Encore", actor=None)
    plans.send_to_review(plan_version=version, until=soon(), actor=None, now=timezone.now())
    assert Message.objects.filter(state="queued").count() == 3


def decision_of(version: PlanVersion, state: str = "adopted") -> Decision:
    item = make_item(make_meeting(version.plan.committee, "held"))
    now = timezone.now()
    quorum = QuorumCount.objects.create(
        meeting=item.meeting, item=item, cause="decision", at=now, in_office=3, required=2, counted=3, voices=3
    )
    decided = {"decided_at": now, "quorum": quorum}
    return Decision.objects.create(
        item=item, number=f"D-{item.pk}", mode="consensus", text_fr="Adopté", state=state, **decided
    )


def test_adoption_names_the_day_and_the_decision_and_closes_the_version_before() -> None:
    first = make_plan(state="adopted")
    second = make_plan(plan=first.plan, state="review", number=2)
    decision, now = decision_of(second), timezone.now()
    plans.adopt(plan_version=second, on=timezone.localdate(), decision=decision, actor=None, now=now)
    first.refresh_from_db()
    assert (first.state, second.state, second.adopted_by) == ("closed", "adopted", decision)
    assert verbs(second) == ["planversion.adopted"] and verbs(first) == ["planversion.closed"]
    with pytest.raises(IllegalMove):
        plans.adopt(plan_version=second, on=timezone.localdate(), actor=None, now=now)


def test_adoption_refuses_a_wrong_day_or_decision() -> None:
    version, now, today = make_plan(state="review"), timezone.now(), timezone.localdate()
    for on in (today + timedelta(days=1), today - timedelta(days=60)):
        with pytest.raises(WrongChoice) as refusal:
            plans.adopt(plan_version=version, on=on, actor=None, now=now)
        assert refusal.value.field == "on"
    for decision in (decision_of(version, "rejected"), decision_of(make_plan())):
        with pytest.raises(WrongChoice) as refusal:
            plans.adopt(plan_version=version, on=today, decision=decision, actor=None, now=now)
        assert refusal.value.field == "decision"


def test_next_version_begins_with_what_is_not_done_and_only_once() -> None:
    version = make_plan(state="adopted", actions=2)
    done = version.entries.last().action
    type(done).objects.filter(pk=done.pk).update(state="verified", verified_at=timezone.now())
    second = plans.new_version(plan=version.plan, actor=None)
    assert second.number == 2 and [e.action_id for e in second.entries.all()] == [version.entries.first().action_id]
    with pytest.raises(NotReady):
        plans.new_version(plan=version.plan, actor=None)


def test_close_ends_the_plan_once() -> None:
    version = make_plan(state="adopted")
    plans.close(plan_version=version, actor=None)
    with pytest.raises(IllegalMove):
        plans.close(plan_version=version, actor=None)


def test_only_an_adopted_plan_is_published_and_a_second_click_changes_nothing() -> None:
    with pytest.raises(NotReady):
        plans.publish(plan=make_plan(state="review").plan, actor=None)
    plan = make_plan(state="adopted").plan
    for _each in range(2):
        plans.publish(plan=plan, actor=None)
    assert plan in Plan.objects.public() and verbs(plan) == ["plan.publish"]
    for _each in range(2):
        plans.withdraw(plan=plan, actor=None)
    assert plan not in Plan.objects.public() and verbs(plan) == ["plan.withdraw", "plan.publish"]
