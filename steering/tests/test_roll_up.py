"""The progress of an action: rolled up from its parts by weight, or newest declared; never typed alone."""

from __future__ import annotations

import random
from fractions import Fraction
from typing import Any

import pytest
from django.utils import timezone

from core import journal
from core.errors import DomainError, NotAllowed
from core.saving import Invalid
from steering.domain import progress, verification
from steering.models import Action, Progress
from steering.tests.factories import make_action
from steering.tests.follow_up import World, declared, given, make_world, part_of, verified

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(settings: Any, tmp_path: Any) -> World:
    settings.MEDIA_ROOT = tmp_path
    return make_world()


def told(action: Action, percent: int, world: World, note: str = "Avancé.") -> Progress:
    return progress.declare(action=action, percent=percent, note=note, actor=world.owner_member, now=timezone.now())


def fresh(action: Action) -> Action:
    return Action.objects.get(pk=action.pk)


def by_hand(action: Action) -> Fraction:
    """The same figure, computed otherwise: from the rows, one at a time, downwards."""
    parts = [part for part in Action.objects.filter(parent=action) if part.state != "dropped"]
    if not parts:
        if action.state in ("declared", "verified"):
            return Fraction(100)
        rows = list(Progress.objects.filter(action=action, is_final=False))
        rows.sort(key=lambda row: (row.at, row.pk))
        return Fraction(rows[-1].percent if rows else 0)
    weights = sum(part.weight for part in parts)
    return sum((Fraction(part.weight, weights) * by_hand(part) for part in parts), Fraction(0))


@pytest.mark.parametrize("seed", range(12))
def test_progress_equals_an_independent_computation_whatever_the_tree(seed: int, world: World) -> None:
    """Random trees of up to three levels, weights that sum to anything, words, proofs and parts given up."""
    chance = random.Random(seed)
    root = world.action()
    level, everything = [root], [root]
    for _depth in range(2):
        level = [part_of(whole, weight=chance.randint(1, 100)) for whole in level for _n in range(chance.randint(0, 3))]
        everything += level
    for _turn in range(14):
        action = fresh(chance.choice(everything))
        act = chance.choice(["told", "told", "told", "done", "verified", "dropped", "again"])
        try:
            if act == "told":
                told(action, chance.randint(0, 100), world)
            elif act == "done":
                declared(world, action)
            elif act == "verified":
                verified(world, action)
            elif act == "dropped":
                verification.drop(action=action, reason="Sans objet.", actor=world.staff)
            else:
                verification.send_back(action=action, note="Illisible.", actor=world.staff, now=timezone.now())
        except DomainError:
            pass
        for one in everything:
            row = fresh(one)
            assert 0 <= row.progress <= 100
            assert row.progress == progress.shown(by_hand(row)), f"{row.code} after {act} on {action.code}"


@pytest.mark.feature(65)
def test_weights_that_sum_to_anything_are_shares_of_their_sum(world: World) -> None:
    whole = world.action()
    parts = [part_of(whole, weight=weight) for weight in (1, 1, 1, 7)]
    told(parts[3], 50, world)
    assert fresh(whole).progress == 35
    assert [share.of_whole for share in progress.shares(whole.parts.order_by("id"))] == [10.0, 10.0, 10.0, 70.0]
    verification.drop(action=parts[3], reason="Sans objet.", actor=world.staff)
    assert fresh(whole).progress == 0
    assert [share.of_whole for share in progress.shares(whole.parts.order_by("id"))] == [33.3, 33.3, 33.3, 0.0]


def test_a_whole_takes_no_declaration_and_says_where_it_is_made(world: World) -> None:
    whole = world.action()
    part_of(whole)
    with pytest.raises(progress.HasParts):
        told(whole, 40, world)
    assert not whole.declarations.exists()


@pytest.mark.parametrize("percent", [-1, 101, 1000])
def test_a_percentage_lies_between_0_and_100(percent: int, world: World) -> None:
    with pytest.raises(Invalid) as refused:
        told(world.action(), percent, world)
    assert refused.value.field == "percent"


def test_a_bare_percentage_is_refused(world: World) -> None:
    action = world.action()
    with pytest.raises(Invalid) as refused:
        told(action, 40, world, note="  ")
    assert refused.value.field == "note"
    assert fresh(action).progress == 0 and fresh(action).state == "todo"


@pytest.mark.feature(66)
def test_the_newest_word_counts_and_every_word_stays(world: World) -> None:
    action = world.action()
    told(action, 60, world)
    told(action, 40, world, note="Deux gouvernorats manquent.")
    action = fresh(action)
    assert (action.progress, action.state) == (40, "running")
    assert [row.percent for row in action.declarations.all()] == [40, 60]
    verbs = list(journal.history_of(action).values_list("verb", flat=True))
    assert verbs.count("action.progress") == 2 and "action.running" in verbs


def test_a_refused_proof_brings_the_last_word_before_it_back(world: World) -> None:
    action = world.action()
    told(action, 70, world)
    declared(world, action)
    assert fresh(action).progress == 100
    verification.send_back(action=fresh(action), note="Illisible.", actor=world.staff, now=timezone.now())
    assert fresh(action).progress == 70


def test_who_does_not_speak_for_the_institution_reports_nothing(world: World) -> None:
    action = world.action()
    for user in (world.other_member, world.stranger, world.auditor):
        with pytest.raises(NotAllowed):
            progress.declare(action=action, percent=10, note="x", actor=user, now=timezone.now())
    assert not action.declarations.exists()


def test_staff_write_down_what_somebody_of_the_institution_told(world: World) -> None:
    action = world.action()
    teller = world.owner_member.person
    row = progress.declare(
        action=action, percent=30, note="Au téléphone.", actor=world.staff, person=teller, now=timezone.now()
    )
    assert (row.by, row.person) == (world.staff, teller)
    with pytest.raises(DomainError) as refused:
        progress.declare(
            action=action, percent=30, note="x", actor=world.staff, person=world.other_member.person, now=timezone.now()
        )
    assert refused.value.field == "person"


def test_a_word_with_a_file_keeps_both(world: World) -> None:
    action = world.action()
    row = progress.declare(
        action=action, percent=30, note="Liste.", given=given(), actor=world.owner_member, now=timezone.now()
    )
    assert row.evidence is not None and row.evidence.label == "Liste validée"
    assert list(action.evidence.all()) == [row.evidence]


def test_the_first_word_brings_the_whole_and_the_parts_into_progress(world: World) -> None:
    whole = world.action()
    part = part_of(whole)
    below = part_of(part)
    told(below, 10, world)
    assert [fresh(row).state for row in (whole, part, below)] == ["running"] * 3


def test_an_action_is_divided_twice_not_further_nor_into_another_committees(world: World) -> None:
    below = part_of(part_of(world.action()))
    with pytest.raises(DomainError) as refused:
        part_of(below)
    assert refused.value.code == "too_deep"
    foreign = make_action()
    with pytest.raises(DomainError) as refused:
        from steering.domain import actions  # noqa: PLC0415

        actions.create(
            committee=world.committee,
            parent=foreign,
            title_fr="x",
            owner=world.owner,
            starts_on=foreign.starts_on,
            due_on=foreign.due_on,
            actor=None,
        )
    assert refused.value.code == "other_committee"
