"""Rules of committees and their founding acts."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.tests.factories import make_user
from core import journal
from core.errors import DomainError, ReasonRequired, StaleObject
from core.saving import Invalid
from steering.domain import acts, blocked, committees, rules
from steering.models import Committee, FoundingAct
from steering.tests.factories import SINCE, make_committee, make_meeting, make_organisation, make_seat

pytestmark = pytest.mark.django_db


def verbs_of(obj: Any) -> list[str]:
    return [entry.verb for entry in journal.history_of(obj)]


@pytest.mark.feature(50)
def test_a_committee_has_an_address_of_its_own_and_sub_committees() -> None:
    actor = make_user("officer")
    first = committees.create(actor=actor, now=timezone.now(), name_fr="Comité de pilotage")
    second = committees.create(actor=actor, now=timezone.now(), name_fr="Comité de pilotage !", parent=first)
    taken = committees.create(actor=actor, now=timezone.now(), name_fr="New")

    assert (first.slug, second.slug, taken.slug) == ("comite-de-pilotage", "comite-de-pilotage-2", "new-2")
    assert list(first.children.all()) == [second]
    assert verbs_of(first) == ["committee.create"]
    with pytest.raises(Invalid):
        committees.create(actor=actor, now=timezone.now(), name_fr="Comité de pilotage")


def test_an_update_writes_what_changed_once_and_guards_against_stale_forms() -> None:
    committee = make_committee()
    changed = committees.update(committee=committee, version=1, actor=None, source="Arrêté")
    committees.update(committee=committee, version=changed.version, actor=None, source="Arrêté")
    assert verbs_of(committee) == ["committee.edit"]
    with pytest.raises(StaleObject):
        committees.update(committee=committee, version=1, actor=None, source="Autre")


def test_a_committee_does_not_hang_under_itself_however_far() -> None:
    top = make_committee()
    middle = make_committee(parent=top)
    low = make_committee(parent=middle)
    with pytest.raises(DomainError) as refused:
        committees.update(committee=top, version=None, actor=None, parent=low)
    assert (refused.value.code, refused.value.field) == ("circle", "parent")
    with pytest.raises(Invalid):
        committees.update(committee=top, version=None, actor=None, parent=top)


def test_the_secretariat_does_not_verify_its_own_actions() -> None:
    committee = make_committee()
    agency = make_organisation()
    own, other, elsewhere = make_seat(committee, organisation=agency), make_seat(committee), make_seat(make_committee())
    for verifier, code in ((own, "own_eyes"), (elsewhere, "elsewhere")):
        with pytest.raises(DomainError) as refused:
            committees.update(committee=committee, version=None, actor=None, secretariat=agency, verifier=verifier)
        assert (refused.value.code, refused.value.field) == (code, "verifier")
    committees.update(committee=committee, version=None, actor=None, secretariat=agency, verifier=other)
    committee.refresh_from_db()
    assert committee.verifier == other


def entered(committee: Committee, **fields: Any) -> FoundingAct:
    values: dict[str, Any] = {"title_fr": "Arrêté", "in_force_from": date(2024, 1, 1), **fields}
    return acts.enter(committee=committee, actor=None, **values)


@pytest.mark.feature(50)
def test_versions_follow_each_other_and_what_is_not_set_is_named() -> None:
    committee = make_committee()
    second = entered(committee, notice_days=10)
    assert committee.act_on(date(2023, 12, 31)) == committee.acts.last()
    assert rules.in_force(committee, on=date(2024, 1, 1)) == second
    assert "majority" in rules.missing(second) and "notice_days" not in rules.missing(second)
    assert str(blocked.VOTE) in [str(words) for words in blocked.blocked_by(second)]
    assert acts.versions_of(committee)[0] == second
    assert verbs_of(committee) == ["committee.act"]
    with pytest.raises(Invalid):
        entered(committee)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"quorum_numerator": 2}, "quorum_numerator"),
        ({"quorum_denominator": 3}, "quorum_numerator"),
        ({"quorum_numerator": 4, "quorum_denominator": 3}, "quorum_numerator"),
        ({"second_numerator": 1}, "second_numerator"),
        ({"second_numerator": 2, "second_denominator": 1}, "second_numerator"),
    ],
)
def test_half_a_fraction_is_no_quorum(wrong: dict[str, int], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        entered(make_committee(), **wrong)
    assert field in refused.value.errors


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"proxies": False, "proxies_each": 1}, "proxies_each"),
        ({"proxies": False, "proxies_in_quorum": False}, "proxies_in_quorum"),
        ({"written_procedure": False, "silence": "consent"}, "silence"),
        ({"notice_count": "working"}, "notice_days"),
    ],
)
def test_rules_that_contradict_each_other_are_refused_beside_the_field(wrong: dict[str, Any], field: str) -> None:
    with pytest.raises(DomainError) as refused:
        entered(make_committee(), **wrong)
    assert refused.value.field == field


@pytest.mark.feature(50)
def test_a_version_on_which_meetings_rest_is_corrected_with_a_reason_that_the_history_keeps() -> None:
    committee = make_committee(seats=1)
    act = committee.acts.get()
    make_meeting(committee)
    held = make_meeting(committee, "held", starts_at=timezone.now() - timedelta(days=30))
    assert list(acts.resting_on(act)) == [held]

    with pytest.raises(ReasonRequired):
        acts.correct(act=act, version=1, actor=None, reason=" ", notice_days=10)
    with pytest.raises(DomainError) as refused:
        acts.correct(act=act, version=1, actor=None, reason="Coquille", in_force_from=timezone.localdate())
    assert refused.value.field == "in_force_from"

    changed = acts.correct(act=act, version=1, actor=None, reason="Coquille", notice_days=10)
    assert acts.correct(act=act, version=changed.version, actor=None, reason="", notice_days=10) == changed
    entry = journal.history_of(committee)[0]
    assert (entry.verb, entry.reason.text) == ("committee.act_edit", "Coquille")
    assert entry.data == {"act": act.pk, "fields": "notice_days", "meetings": 1}
    with pytest.raises(StaleObject):
        acts.correct(act=act, version=1, actor=None, reason="Encore", notice_days=5)


def test_every_rule_stands_in_one_chapter_and_has_its_words() -> None:
    act = make_committee().acts.get()
    named = [rule.name for chapter in blocked.chapters(act) for rule in chapter.rules]
    fractions = list(blocked.FRACTIONS.values())
    assert sorted([*named, *fractions]) == sorted(rules.RULES)
    assert all(rule.value and rule.label for chapter in blocked.chapters(act) for rule in chapter.rules)
    assert blocked.blocked_by(act) == []
    assert len(blocked.blocked_by(None)) == len(set(map(str, blocked.BLOCKS.values())))


def test_what_does_not_arise_blocks_nothing() -> None:
    committee = make_committee(act={"proxies": False, "proxies_each": None, "proxies_in_quorum": None, "silence": ""})
    act = committee.act_on(SINCE)
    assert act is not None and blocked.blocked_by(act) == []
    assert blocked.left_open(act) == []
    act.majority, act.meetings_a_year = "", None
    assert blocked.left_open(act) == [rules.label_of("majority")]
