"""Closing an action: proof, another institution, the evidence opened; due dates that move; what is refused."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from core import files, journal
from core.errors import DomainError, IllegalMove, NotAllowed, ReasonRequired
from core.saving import Invalid
from core.testing.papers import PDF
from steering.domain import actions, evidence, slips, verification
from steering.domain.verifiers import NotOpened, OwnWork
from steering.models import Action
from steering.tests.factories import make_mandate, make_member_user, make_recommendation, make_seat
from steering.tests.follow_up import (
    World,
    declared,
    given,
    make_decision,
    make_world,
    open_all,
    open_one,
    part_of,
    photograph,
    verified,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(settings: Any, tmp_path: Any) -> World:
    settings.MEDIA_ROOT = tmp_path
    return make_world()


def fresh(action: Action) -> Action:
    return Action.objects.get(pk=action.pk)


def confirm(action: Action, user: Any, note: str = "Pièce lue.") -> Action:
    return verification.confirm(action=action, note=note, actor=user, now=timezone.now())


# -- declared, verified, sent back -----------------------------------------------------------------------------------
def test_nothing_is_done_without_evidence(world: World) -> None:
    action = world.action()
    with pytest.raises(DomainError) as refused:
        verification.declare_done(action=action, note="Fait.", actor=world.owner_member, now=timezone.now())
    assert (refused.value.code, refused.value.field) == ("no_proof", "file")
    evidence.add(action=action, given=given(), actor=world.owner_member, now=timezone.now())
    verification.declare_done(action=action, note="Fait.", actor=world.owner_member, now=timezone.now())
    action = fresh(action)
    assert (action.state, action.progress) == ("declared", 100) and action.declared_at is not None
    with pytest.raises(IllegalMove):
        verification.declare_done(action=action, note="Fait.", actor=world.owner_member, now=timezone.now())
    assert action.declarations.count() == 1


@pytest.mark.feature(67)
def test_closing_ones_own_action_is_refused_whoever_tries(world: World) -> None:
    action = declared(world)
    open_all(action, world.owner_member)
    with pytest.raises(OwnWork) as refused:
        confirm(action, world.owner_member)
    assert "votre propre institution" in str(refused.value)
    colleague = make_member_user()
    make_mandate(world.owner_seat, kind="alternate", user=colleague)
    open_all(action, colleague)
    with pytest.raises(OwnWork):
        confirm(action, colleague)
    by_affiliation = make_member_user()
    person = make_mandate(make_seat(world.committee, rank=9), user=by_affiliation).person
    person.affiliations.create(organisation=world.owner)
    open_all(action, by_affiliation)
    with pytest.raises(OwnWork):
        confirm(action, by_affiliation)
    with pytest.raises(OwnWork):
        verification.send_back(action=action, note="Non.", actor=by_affiliation, now=timezone.now())
    assert fresh(action).state == "declared"


def test_staff_do_not_verify_what_they_declared_in_somebodys_name(world: World) -> None:
    action = declared(world, by=world.staff)
    open_all(action, world.staff)
    with pytest.raises(OwnWork) as refused:
        confirm(action, world.staff)
    assert "vous-même" in str(refused.value)
    open_all(action, world.second_staff)
    confirm(action, world.second_staff)


@pytest.mark.feature(67)
def test_the_secretariats_own_action_is_verified_by_the_named_seat_alone(world: World) -> None:
    action = declared(world, world.action(owner=world.secretariat), by=world.staff)
    for user in (world.second_staff, world.other_member):
        open_all(action, user)
        with pytest.raises(DomainError) as refused:
            confirm(action, user)
        assert refused.value.code == "no_verifier"
    world.committee.verifier = world.other_seat
    world.committee.save()
    action = fresh(action)
    for user in (world.second_staff, world.owner_member):
        open_all(action, user)
        with pytest.raises(OwnWork) as refused:
            confirm(action, user)
        assert str(world.other) in str(refused.value)
    confirm(action, world.other_member)
    row = action.verifications.get()
    assert (row.confirmed, row.organisation, row.by) == (True, world.other, world.other_member)


def test_a_seat_named_on_the_action_goes_before_the_committees(world: World) -> None:
    world.committee.verifier = world.other_seat
    world.committee.save()
    action = world.action(owner=world.secretariat, verifier=world.owner_seat)
    action = declared(world, action, by=world.staff)
    for user in (world.other_member, world.owner_member):
        open_all(action, user)
    with pytest.raises(OwnWork):
        confirm(action, world.other_member)
    confirm(action, world.owner_member)


def test_the_evidence_is_opened_before_it_is_confirmed(world: World) -> None:
    action = world.action()
    first = evidence.add(action=action, given=given(label="Premier"), actor=world.owner_member, now=timezone.now())
    action = declared(world, action)
    open_one(first, world.staff)
    with pytest.raises(NotOpened) as refused:
        confirm(action, world.staff)
    assert "Liste validée" in str(refused.value) and "Premier" not in str(refused.value)
    open_all(action, world.staff)
    with pytest.raises(Invalid) as bare:
        confirm(action, world.staff, note=" ")
    assert bare.value.field == "note"
    confirm(action, world.staff)
    assert fresh(action).verified_at is not None


def test_the_second_of_two_who_verify_is_told_who_and_when(world: World) -> None:
    action = verified(world)
    open_all(action, world.other_member)
    with pytest.raises(IllegalMove) as refused:
        confirm(action, world.other_member)
    assert str(world.staff) in str(refused.value)
    assert action.verifications.count() == 1


def test_without_a_secretariat_staff_verify_for_nobody(world: World) -> None:
    action = declared(world)
    world.committee.secretariat = None
    world.committee.save()
    open_all(action, world.staff)
    with pytest.raises(DomainError) as refused:
        confirm(fresh(action), world.staff)
    assert refused.value.code == "no_secretariat"


def test_strangers_and_auditors_verify_nothing(world: World) -> None:
    action = declared(world)
    for user in (world.stranger, world.auditor):
        open_all(action, user)
        with pytest.raises(NotAllowed):
            confirm(action, user)


def test_sent_back_with_a_reason_and_reopened_with_a_new_fact(world: World) -> None:
    action = declared(world)
    with pytest.raises(ReasonRequired):
        verification.send_back(action=action, note=" ", actor=world.staff, now=timezone.now())
    verification.send_back(action=action, note="Liste illisible.", actor=world.staff, now=timezone.now())
    action = fresh(action)
    assert (action.state, action.declared_at, action.verifications.get().confirmed) == ("running", None, False)
    with pytest.raises(IllegalMove):
        verification.send_back(action=action, note="Encore.", actor=world.staff, now=timezone.now())
    action = verified(world, action)
    for user in (world.owner_member, world.other_member):
        with pytest.raises(NotAllowed):
            verification.reopen(action=action, reason="Fait nouveau.", actor=user)
    with pytest.raises(ReasonRequired):
        verification.reopen(action=action, reason="", actor=world.staff)
    verification.reopen(action=action, reason="La liste a changé.", actor=world.staff)
    action = fresh(action)
    assert (action.state, action.verified_at) == ("running", None)
    entry = journal.history_of(action).filter(verb="action.running").first()
    assert entry is not None and entry.reason.text == "La liste a changé."


def test_given_up_with_its_parts_and_taken_up_again(world: World) -> None:
    whole = world.action()
    part = part_of(whole)
    with pytest.raises(NotAllowed):
        verification.drop(action=whole, reason="x", actor=world.owner_member)
    with pytest.raises(ReasonRequired):
        verification.drop(action=whole, reason=" ", actor=world.staff)
    verification.drop(action=whole, reason="Remplacée.", actor=world.staff)
    assert (fresh(whole).state, fresh(part).state) == ("dropped", "dropped")
    with pytest.raises(IllegalMove):
        verification.drop(action=whole, reason="Encore.", actor=world.staff)
    with pytest.raises(DomainError) as refused:
        verification.take_up(action=part, reason="x", actor=world.staff)
    assert refused.value.code == "whole_closed"
    verification.take_up(action=whole, reason="Le besoin revient.", actor=world.staff)
    assert fresh(whole).state == "todo"


def test_a_whole_is_done_once_its_parts_are(world: World) -> None:
    whole = world.action()
    part = part_of(whole)
    with pytest.raises(DomainError) as refused:
        declared(world, whole)
    assert refused.value.code == "open_parts" and part.code in str(refused.value)
    verified(world, part)
    verification.declare_done(action=whole, note="Tout.", actor=world.owner_member, now=timezone.now())
    assert fresh(whole).progress == 100, "the evidence of the parts proves the whole"
    with pytest.raises(DomainError):
        verification.reopen(action=part, reason="x", actor=world.staff)
    with pytest.raises(IllegalMove):
        part_of(fresh(whole))


def test_an_action_of_a_closed_recommendation_stays_closed(world: World) -> None:
    asked = make_recommendation(world.committee, state="running")
    action = verified(world, world.action(recommendation=asked))
    type(asked).objects.filter(pk=asked.pk).update(state="verified")
    with pytest.raises(DomainError) as refused:
        verification.reopen(action=fresh(action), reason="x", actor=world.staff)
    assert refused.value.code == "recommendation_closed"


# -- what is given as evidence ---------------------------------------------------------------------------------------
@pytest.mark.feature(67)
@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"MZ\x90\x00programme", "unknown_type"),
        (b"<html>pas un PDF</html>", "unknown_type"),
        (b"\x89PNG\r\n\x1a\nrien", "damaged"),
        (b"%PDF-1.4\n<html><script>alert(1)</script>", "damaged"),
        (b"%PDF-1.4\n%%EOF", "damaged"),
        (PDF + b"0" * (10 * 1024 * 1024), "too_big"),
    ],
)
def test_evidence_that_is_not_what_it_claims_is_refused(content: bytes, code: str, world: World) -> None:
    action = world.action()
    with pytest.raises(files.FileRefused) as refused:
        evidence.add(action=action, given=given("preuve.pdf", content), actor=world.owner_member, now=timezone.now())
    assert (refused.value.code, refused.value.field) == (code, "file")
    assert not action.evidence.exists()


def test_a_photograph_loses_what_its_camera_wrote(world: World) -> None:
    action = world.action()
    picture = photograph()
    assert b"AppareilSecret" in picture
    piece = evidence.add(action=action, given=given("photo.pdf", picture), actor=world.owner_member, now=timezone.now())
    assert piece.file.content_type == files.JPEG and piece.file.name == "photo.jpg"
    assert b"AppareilSecret" not in files.content_of(piece.file)


def test_who_gives_evidence_and_when(world: World) -> None:
    action = world.action()
    for user in (world.other_member, world.stranger, world.auditor):
        with pytest.raises(NotAllowed):
            evidence.add(action=action, given=given(), actor=user, now=timezone.now())
    evidence.add(action=action, given=given(), actor=world.staff, now=timezone.now())
    closed = verified(world)
    with pytest.raises(IllegalMove):
        evidence.add(action=closed, given=given(), actor=world.owner_member, now=timezone.now())


def test_withdrawn_evidence_stays_and_proves_nothing(world: World) -> None:
    action = world.action()
    piece = evidence.add(action=action, given=given(), actor=world.owner_member, now=timezone.now())
    with pytest.raises(ReasonRequired):
        evidence.withdraw(evidence=piece, reason=" ", actor=world.owner_member, now=timezone.now())
    with pytest.raises(NotAllowed):
        evidence.withdraw(evidence=piece, reason="x", actor=world.other_member, now=timezone.now())
    evidence.withdraw(evidence=piece, reason="Mauvais fichier.", actor=world.owner_member, now=timezone.now())
    before = journal.history_of(action).count()
    evidence.withdraw(evidence=piece, reason="Encore.", actor=world.owner_member, now=timezone.now())
    assert journal.history_of(action).count() == before
    piece.refresh_from_db()
    assert piece.withdrawn_because == "Mauvais fichier." and files.is_whole(piece.file)
    with pytest.raises(DomainError) as refused:
        verification.declare_done(action=action, note="Fait.", actor=world.owner_member, now=timezone.now())
    assert refused.value.code == "no_proof"
    done = declared(world)
    with pytest.raises(IllegalMove):
        evidence.withdraw(evidence=done.evidence.get(), reason="x", actor=world.owner_member, now=timezone.now())


# -- due dates, corrections ------------------------------------------------------------------------------------------
@pytest.mark.feature(66)
def test_every_slip_is_kept_and_the_first_due_date_stays(world: World) -> None:
    action = world.action()
    first = action.due_on
    for days in (10, 40):
        slips.move_due(
            action=action,
            to_on=first + timedelta(days=days),
            reason=f"Retard {days}",
            actor=world.staff,
            now=timezone.now(),
        )
    action = fresh(action)
    assert (action.first_due_on, action.due_on) == (first, first + timedelta(days=40))
    assert [(row.from_on, row.to_on, row.reason) for row in action.slips.all()] == [
        (first, first + timedelta(days=10), "Retard 10"),
        (first + timedelta(days=10), first + timedelta(days=40), "Retard 40"),
    ]
    assert journal.history_of(action).filter(verb="action.slip").count() == 2


def test_what_a_slip_is_refused_for(world: World) -> None:
    action = world.action()

    def refusal(**fields: Any) -> DomainError:
        values = {"to_on": action.due_on + timedelta(days=1), "reason": "x", "actor": world.staff, **fields}
        with pytest.raises(DomainError) as refused:
            slips.move_due(action=action, now=timezone.now(), **values)
        return refused.value

    assert refusal(to_on=action.starts_on - timedelta(days=1)).code == "before_start"
    assert refusal(to_on=action.due_on).code == "same_day"
    assert refusal(reason=" ").field == "reason"
    assert isinstance(refusal(actor=world.owner_member), NotAllowed)
    declared(world, action)
    assert isinstance(refusal(), IllegalMove)


@pytest.mark.feature(65)
def test_codes_follow_one_another_in_each_committee(world: World) -> None:
    today = timezone.localdate()

    def make(committee: Any) -> str:
        return actions.create(
            committee=committee, title_fr="x", owner=world.owner, starts_on=today, due_on=today, actor=world.staff
        ).code

    other = make_recommendation().committee
    assert [make(world.committee), make(world.committee), make(other)] == ["A-01", "A-02", "A-01"]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        (lambda world: {"due_on": timezone.localdate() - timedelta(days=1)}, "due_on"),
        (lambda world: {"weight": 0}, "weight"),
        (lambda world: {"weight": 101}, "weight"),
        (lambda world: {"owner_person": world.other_member.person}, "owner_person"),
        (lambda world: {"verifier": world.owner_seat}, "verifier"),
        (lambda world: {"recommendation": make_recommendation()}, "recommendation"),
        (lambda world: {"recommendation": make_recommendation(world.committee, state="rejected")}, "recommendation"),
        (lambda world: {"decision": make_decision()}, "decision"),
    ],
)
def test_an_action_that_is_wrong_is_refused_beside_its_field(change: Any, field: str, world: World) -> None:
    today = timezone.localdate()
    values = {"title_fr": "x", "owner": world.owner, "starts_on": today, "due_on": today, **change(world)}
    with pytest.raises(DomainError) as refused:
        actions.create(committee=world.committee, actor=world.staff, **values)
    assert refused.value.field == field
    assert not Action.objects.exists()


def test_a_correction_reaches_the_parts_and_the_shares(world: World) -> None:
    whole = world.action()
    one, other = part_of(whole), part_of(whole)
    verified(world, one)
    assert fresh(whole).progress == 50
    actions.update(action=other, version=None, actor=world.staff, weight=3)
    assert fresh(whole).progress == 25
    asked = make_recommendation(world.committee)
    actions.update(action=whole, version=None, actor=world.staff, recommendation=asked)
    assert fresh(other).recommendation == asked
    before = journal.history_of(whole).count()
    actions.update(action=whole, version=None, actor=world.staff, recommendation=asked)
    assert journal.history_of(whole).count() == before
    with pytest.raises(IllegalMove):
        actions.update(action=fresh(one), version=None, actor=world.staff, weight=9)


def test_an_action_answers_a_part_not_the_whole(world: World) -> None:
    whole = make_recommendation(world.committee)
    make_recommendation(world.committee, parent=whole)
    with pytest.raises(DomainError) as refused:
        actions.update(action=world.action(), version=None, actor=world.staff, recommendation=whole)
    assert (refused.value.code, refused.value.field) == ("composite", "recommendation")
