"""Persons in charge: what passes on when somebody leaves, and who stays reachable; what waits on the home pages."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.domain import leaving
from accounts.errors import CannotPass
from accounts.tests.factories import make_user
from directory.domain import retention
from steering.domain import worklist
from steering.models import Action
from steering.tests.factories import make_mandate, make_member_user, make_person, make_recommendation
from steering.tests.follow_up import World, declared, make_world, part_of, verified

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(settings: Any, tmp_path: Any) -> World:
    settings.MEDIA_ROOT = tmp_path
    return make_world()


def leave(world: World, heir: Any) -> None:
    leaving.leave(
        user=world.owner_member, successor=heir, actor=make_user("manager"), reason="Départ", now=timezone.now()
    )


def test_actions_pass_to_a_successor_of_the_institution(world: World) -> None:
    person = world.owner_member.person
    open_one, done = world.action(owner_person=person), world.action(owner_person=person, state="dropped")
    groups = {group.kind.code: group for group in leaving.open_of(world.owner_member, now=timezone.now())}
    assert [thing.name for thing in groups["steering.actions"].things] == [str(open_one)]
    heir = make_member_user()
    make_mandate(world.owner_seat, kind="alternate", user=heir)
    leave(world, heir)
    open_one.refresh_from_db()
    done.refresh_from_db()
    assert (open_one.owner_person, done.owner_person) == (heir.person, person)


def test_a_successor_of_another_institution_takes_no_action(world: World) -> None:
    world.action(owner_person=world.owner_member.person)
    stranger = make_user("officer")
    make_person(user=stranger)
    with pytest.raises(CannotPass) as refused:
        leave(world, stranger)
    assert str(world.owner) in str(refused.value)


def test_a_person_in_charge_stays_reachable_while_the_action_is_open(world: World) -> None:
    long_ago = timezone.now() - timedelta(days=4000)
    needed, silent = make_person(created_at=long_ago), make_person(created_at=long_ago)
    action = world.action(owner_person=needed)
    retention.purge_contacts(timezone.now())
    needed.refresh_from_db()
    silent.refresh_from_db()
    assert needed.email is not None and silent.email is None
    Action.objects.filter(pk=action.pk).update(state="dropped")
    retention.purge_contacts(timezone.now())
    needed.refresh_from_db()
    assert needed.email is None


# -- what waits ------------------------------------------------------------------------------------------------------
def test_what_waits_for_staff_and_for_members(world: World) -> None:
    today = timezone.localdate()
    late, soon = world.action(due_in=-3), world.action(due_in=9)
    world.action(due_in=40)
    proved = declared(world, world.action())
    told = declared(world, world.action(), by=world.staff)
    own = declared(world, world.action(owner=world.secretariat), by=world.second_staff)
    work = worklist.of_staff(user=world.staff, on=today)
    assert [row.pk for row in work.overdue] == [late.pk] and work.overdue_count == 1
    assert [row.pk for row in work.due_soon] == [soon.pk]
    assert [row.pk for row in work.to_verify] == [proved.pk], "neither what one declared nor the secretariat's own"
    assert {row.pk for row in worklist.of_staff(user=world.second_staff, on=today).to_verify} == {proved.pk, told.pk}

    mine = worklist.of_member(user=world.owner_member, on=today)
    assert [row.pk for row in mine.overdue] == [late.pk] and not mine.to_verify
    world.committee.verifier = world.other_seat
    world.committee.save()
    other = worklist.of_member(user=world.other_member, on=today)
    assert [row.pk for row in other.to_verify] == [own.pk] and not other.overdue
    assert not worklist.of_member(user=world.stranger, on=today).overdue


def test_the_state_in_numbers_counts_parts_not_wholes(world: World) -> None:
    whole = world.action()
    part_of(whole)
    verified(world, world.action())
    world.action(due_in=-1)
    asked = make_recommendation(world.committee)
    make_recommendation(world.committee, parent=asked)
    make_recommendation(world.committee, state="verified")
    state = worklist.state_of(user=world.staff, on=timezone.localdate())
    assert (state.actions, state.open, state.overdue, state.verified) == (3, 2, 1, 1)
    assert (state.recommendations, state.recommendations_open, state.recommendations_verified) == (2, 1, 1)
