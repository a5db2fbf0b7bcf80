"""The moves of a recommendation: a grid of states, verbs and people; what each needs; a second call changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import User
from core import journal
from core.errors import DomainError, IllegalMove, NotAllowed, ReasonRequired
from steering.domain import acceptance, actions, progress, recommendations, rulings, verification
from steering.domain.recommendations import Part
from steering.domain.rulings import Said
from steering.domain.verifiers import NotOpened, OwnWork
from steering.enums import RecommendationState as State
from steering.models import Action, Recommendation
from steering.tests.factories import make_committee, make_recommendation
from steering.tests.follow_up import World, declared, make_world, open_all, verified

pytestmark = pytest.mark.django_db
SAID = Said("Parce que.")


@pytest.fixture
def world(settings: Any, tmp_path: Any) -> World:
    settings.MEDIA_ROOT = tmp_path
    return make_world()


def verb(name: str) -> Callable[..., Recommendation]:
    if name == "accept_partly":
        return lambda **given: rulings.accept_partly(retained="Le vivier seul.", **given)
    return getattr(rulings, name)  # type: ignore[no-any-return]


TO = {
    "accept": State.ACCEPTED,
    "accept_partly": State.PARTLY,
    "reject": State.REJECTED,
    "start": State.RUNNING,
    "declare": State.DECLARED,
    "verify": State.VERIFIED,
    "send_back": State.RUNNING,
    "drop": State.DROPPED,
    "reopen": State.REOPENED,
}
LEGAL = {
    State.PROPOSED: {"accept", "accept_partly", "reject", "drop"},
    State.ACCEPTED: {"start", "drop"},
    State.PARTLY: {"start", "drop"},
    State.REJECTED: {"reopen"},
    State.RUNNING: {"declare", "drop"},
    State.DECLARED: {"verify", "send_back", "drop"},
    State.VERIFIED: {"reopen"},
    State.DROPPED: {"reopen"},
    State.REOPENED: {"accept", "start", "reject", "drop"},
}
WHO = {
    "accept": {"staff", "owner"},
    "accept_partly": {"staff"},
    "reject": {"staff"},
    "start": {"staff", "owner"},
    "declare": {"staff", "owner"},
    "verify": {"staff", "other"},
    "send_back": {"staff", "other"},
    "drop": {"staff"},
    "reopen": {"staff"},
}
PEOPLE = ("staff", "owner", "other", "stranger", "auditor")


def person(world: World, name: str) -> User:
    return {
        "staff": world.staff,
        "owner": world.owner_member,
        "other": world.other_member,
        "stranger": world.stranger,
        "auditor": world.auditor,
    }[name]


def ready(world: World, state: str, name: str, user: User) -> Recommendation:
    """A recommendation to the owner in a state, with whatever the verb needs but the right person."""
    asked = make_recommendation(world.committee, state=state, addressee=world.owner)
    if name in ("reject", "drop", "reopen") or name not in LEGAL[State(state)]:
        return asked
    action = world.action(recommendation=asked, state="running")
    if name == "start":
        progress.Progress.objects.create(action=action, percent=10, note="x", at=timezone.now())
    if name in ("declare", "verify", "send_back"):
        closed = verified if name != "declare" else declared
        closed(world, action)
        open_all(action, user)
        asked.steps.all().delete()  # the words about the action brought it into progress
        Recommendation.objects.filter(pk=asked.pk).update(state=state)
        asked.refresh_from_db()
    return asked


@pytest.mark.feature(64)
@pytest.mark.parametrize("name", list(TO))
@pytest.mark.parametrize("state", State.values)
def test_grid_of_states_verbs_and_people(state: str, name: str, world: World) -> None:
    """Every state × verb × person: it moves, or nothing changes and the refusal has words."""
    for who in PEOPLE:
        user = person(world, who)
        asked = ready(world, state, name, user)
        act = verb(name)
        if name in LEGAL[State(state)] and who in WHO[name]:
            act(recommendation=asked, said=SAID, actor=user, now=timezone.now())
            asked.refresh_from_db()
            assert asked.state == TO[name], who
            assert asked.steps.count() == 1 and asked.steps.get().by == user
            assert journal.history_of(asked).filter(verb=f"recommendation.{TO[name]}").exists()
        else:
            with pytest.raises(DomainError) as refused:
                act(recommendation=asked, said=SAID, actor=user, now=timezone.now())
            assert str(refused.value)
            legal = name in LEGAL[State(state)]
            assert isinstance(refused.value, (NotAllowed, OwnWork) if legal else IllegalMove), (who, refused.value)
            asked.refresh_from_db()
            assert asked.state == state and not asked.steps.exists()


@pytest.mark.parametrize(("name", "state"), [("reject", "proposed"), ("drop", "running"), ("reopen", "verified")])
def test_a_reason_is_compulsory(name: str, state: str, world: World) -> None:
    asked = make_recommendation(world.committee, state=state)
    with pytest.raises(ReasonRequired):
        verb(name)(recommendation=asked, said=Said("  "), actor=world.staff, now=timezone.now())


def test_partly_needs_what_is_retained_and_why(world: World) -> None:
    asked = make_recommendation(world.committee)
    for retained, note, field in (("", "x", "retained"), ("Le vivier.", "", "note")):
        with pytest.raises(DomainError) as refused:
            rulings.accept_partly(
                recommendation=asked, retained=retained, said=Said(note), actor=world.staff, now=timezone.now()
            )
        assert refused.value.field == field
    rulings.accept_partly(
        recommendation=asked, retained="Le vivier.", said=Said("Pas de budget."), actor=world.staff, now=timezone.now()
    )
    asked.refresh_from_db()
    assert (asked.state, asked.retained) == ("partly", "Le vivier.")


@pytest.mark.feature(64)
def test_an_accepted_one_has_an_action_with_its_institution_and_due_date(world: World) -> None:
    asked = make_recommendation(world.committee, addressee=world.owner)
    with pytest.raises(DomainError) as refused:
        rulings.accept(recommendation=asked, said=Said(), actor=world.owner_member, now=timezone.now())
    assert refused.value.code == "no_action"
    today = timezone.localdate()
    first = actions.ActionFields(title_fr="Recenser", owner=world.owner, starts_on=today)
    acceptance.accept(
        recommendation=asked, said=Said(), first=first, due_on=today, actor=world.owner_member, now=timezone.now()
    )
    asked.refresh_from_db()
    assert asked.state == "accepted" and asked.actions.get().owner == world.owner
    with pytest.raises(IllegalMove):
        acceptance.accept(
            recommendation=asked, said=Said(), first=first, due_on=today, actor=world.owner_member, now=timezone.now()
        )
    assert asked.actions.count() == 1, "the second of two clicks enters nothing"


def test_a_first_word_about_an_action_brings_it_into_progress(world: World) -> None:
    asked = make_recommendation(world.committee, state="accepted")
    action = world.action(recommendation=asked)
    progress.declare(action=action, percent=5, note="Commencé.", actor=world.owner_member, now=timezone.now())
    asked.refresh_from_db()
    assert asked.state == "running"
    reopened = make_recommendation(world.committee, state="verified")
    old = world.action(recommendation=reopened, state="running")
    progress.Progress.objects.create(action=old, percent=10, note="x", at=timezone.now())
    rulings.reopen(recommendation=reopened, said=SAID, actor=world.staff, now=timezone.now())
    with pytest.raises(DomainError) as refused:
        rulings.start(recommendation=reopened, said=Said(), actor=world.staff, now=timezone.now())
    assert refused.value.code == "no_progress", "the word of before the reopening is no new one"


def test_nothing_is_declared_without_evidence_nor_while_an_action_runs(world: World) -> None:
    asked = make_recommendation(world.committee, state="running")
    with pytest.raises(NotAllowed):
        rulings.declare(recommendation=asked, said=Said(), actor=world.owner_member, now=timezone.now())
    action = world.action(recommendation=asked)
    with pytest.raises(DomainError) as refused:
        rulings.declare(recommendation=asked, said=Said(), actor=world.owner_member, now=timezone.now())
    assert refused.value.code == "action_running"
    Action.objects.filter(pk=action.pk).update(state="declared")
    with pytest.raises(DomainError) as refused:
        rulings.declare(recommendation=asked, said=Said(), actor=world.owner_member, now=timezone.now())
    assert refused.value.code == "no_proof"


@pytest.mark.feature(67)
def test_it_is_closed_by_another_institution_that_opened_the_evidence(world: World) -> None:
    asked = make_recommendation(world.committee, state="running")
    action = declared(world, world.action(recommendation=asked))
    rulings.declare(recommendation=asked, said=Said(), actor=world.owner_member, now=timezone.now())
    with pytest.raises(OwnWork):
        rulings.verify(recommendation=asked, said=SAID, actor=world.owner_member, now=timezone.now())
    with pytest.raises(DomainError) as refused:
        rulings.verify(recommendation=asked, said=SAID, actor=world.staff, now=timezone.now())
    assert refused.value.code == "action_open"
    open_all(action, world.staff)
    verification.confirm(action=action, note="Lu.", actor=world.staff, now=timezone.now())
    with pytest.raises(NotOpened):
        rulings.verify(recommendation=asked, said=SAID, actor=world.other_member, now=timezone.now())
    rulings.verify(recommendation=asked, said=SAID, actor=world.staff, now=timezone.now())
    step = asked.steps.first()
    assert step is not None and (step.state, step.organisation) == ("verified", world.secretariat)


def test_who_declared_it_does_not_verify_it(world: World) -> None:
    asked = make_recommendation(world.committee, state="running")
    action = verified(world, world.action(recommendation=asked))
    rulings.declare(recommendation=asked, said=Said(), actor=world.staff, now=timezone.now())
    with pytest.raises(OwnWork):
        rulings.verify(recommendation=asked, said=SAID, actor=world.staff, now=timezone.now())
    open_all(action, world.second_staff)
    rulings.verify(recommendation=asked, said=SAID, actor=world.second_staff, now=timezone.now())


def test_open_actions_are_given_up_before_it_is_rejected_or_dropped(world: World) -> None:
    asked = make_recommendation(world.committee)
    action = world.action(recommendation=asked)
    for name in ("reject", "drop"):
        with pytest.raises(DomainError) as refused:
            verb(name)(recommendation=asked, said=SAID, actor=world.staff, now=timezone.now())
        assert refused.value.code == "actions_open" and action.code in str(refused.value)


# -- composite ones --------------------------------------------------------------------------------------------------
def two() -> list[Part]:
    return [Part("R1a", "Partenaires identifiés", "Liste validée"), Part("R1b", "Vivier", "Liste classée")]


@pytest.mark.feature(64)
def test_a_composite_one_is_divided_and_follows_its_parts(world: World) -> None:
    whole = make_recommendation(world.committee, code="R1", addressee=world.owner)
    one, other = recommendations.split(recommendation=whole, parts=two(), actor=world.staff)
    assert (one.code, one.parent, one.addressee, one.closure_fr) == ("R1a", whole, world.owner, "Liste validée")
    for name in TO:
        with pytest.raises(rulings.Composite) as refused:
            verb(name)(recommendation=whole, said=SAID, actor=world.staff, now=timezone.now())
        assert "R1a, R1b" in str(refused.value)
    world.action(recommendation=one)
    rulings.accept(recommendation=one, said=Said(), actor=world.staff, now=timezone.now())
    whole.refresh_from_db()
    assert whole.state == "proposed", "a part waits for its answer"
    rulings.reject(recommendation=other, said=SAID, actor=world.staff, now=timezone.now())
    whole.refresh_from_db()
    assert whole.state == "partly"
    assert journal.history_of(whole).filter(verb="recommendation.follow").count() == 1


@pytest.mark.parametrize(
    ("states", "shown"),
    [
        (["verified", "verified"], "verified"),
        (["verified", "dropped"], "verified"),
        (["rejected", "dropped"], "dropped"),
        (["rejected", "rejected"], "rejected"),
        (["declared", "verified"], "declared"),
        (["running", "proposed"], "running"),
        (["verified", "proposed"], "running"),
        (["accepted", "proposed"], "proposed"),
        (["accepted", "partly"], "partly"),
        (["accepted", "rejected"], "partly"),
        (["reopened", "dropped"], "running"),
    ],
)
def test_state_of_the_whole_from_its_parts(states: list[str], shown: str) -> None:
    assert recommendations.shown(states) == shown


def test_what_is_refused_when_a_recommendation_is_divided(world: World) -> None:
    whole = make_recommendation(world.committee, code="R1")

    def refusal(asked: Recommendation, parts: list[Part]) -> DomainError:
        with pytest.raises(DomainError) as refused:
            recommendations.split(recommendation=asked, parts=parts, actor=world.staff)
        return refused.value

    assert refusal(whole, two()[:1]).code == "too_few"
    twice = refusal(whole, [*two(), Part("R1a", "x", "y")])
    assert isinstance(twice, recommendations.PartError) and (twice.number, twice.field) == (2, "code")
    bare = refusal(whole, [*two(), Part("R1c", "x", " ")])
    assert isinstance(bare, recommendations.PartError) and (bare.number, bare.field) == (2, "closure_fr")
    assert not whole.parts.exists(), "all or nothing"
    recommendations.split(recommendation=whole, parts=two(), actor=world.staff)
    assert refusal(whole.parts.get(code="R1a"), two()).code in ("too_deep", "illegal_move")
    assert isinstance(refusal(make_recommendation(world.committee, state="accepted"), two()), IllegalMove)
    busy = make_recommendation(world.committee)
    world.action(recommendation=busy)
    assert refusal(busy, two()).code == "has_actions"


def test_a_recommendation_is_not_its_own_part_nor_a_part_of_its_part(world: World) -> None:
    whole = make_recommendation(world.committee, code="R1", addressee=world.owner, reference="PV")
    part = make_recommendation(world.committee, code="R1a", parent=whole, addressee=world.owner, reference="PV")
    foreign = make_recommendation(make_committee())
    for child, parent in ((whole, whole), (whole, part), (part, foreign)):
        with pytest.raises(DomainError) as refused:
            recommendations.update(recommendation=child, version=None, parent=parent, actor=world.staff)
        assert refused.value.field == "parent"
    third = make_recommendation(world.committee, addressee=world.owner, reference="PV")
    with pytest.raises(DomainError) as refused:
        recommendations.update(recommendation=third, version=None, parent=part, actor=world.staff)
    assert "est elle-même une partie" in str(refused.value)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"addressee": None}, "addressee"),
        ({"reference": " "}, "reference"),
        ({"text_fr": ""}, "text_fr"),
        ({"origin_kind": "session", "reference": ""}, "session"),
    ],
)
def test_a_recommendation_has_text_origin_and_addressee(fields: dict[str, Any], field: str, world: World) -> None:
    values = {
        "code": "R9",
        "text_fr": "Faire",
        "origin_kind": "audit",
        "reference": "Rapport 7",
        "addressee": world.owner,
        "given_on": timezone.localdate(),
    }
    with pytest.raises(DomainError) as refused:
        recommendations.create(committee=world.committee, actor=world.staff, **{**values, **fields})
    assert refused.value.field == field
    made = recommendations.create(committee=world.committee, actor=world.staff, **values)
    assert made.state == "proposed"
    with pytest.raises(DomainError) as refused:
        recommendations.create(committee=world.committee, actor=world.staff, **values)
    assert refused.value.field == "code"
