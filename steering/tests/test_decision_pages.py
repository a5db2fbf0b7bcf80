"""Decisions in a browser: mode first, one line a seat, corrected with a reason until the minutes are sent."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from accounts.tests.factories import make_user
from steering.models import Ballot, Decision, Minutes, Presence
from steering.tests.room import Room, lifted, opened, read, url, words

pytestmark = pytest.mark.django_db
Browse = Callable[..., Any]


@pytest.fixture
def officer(client_for: Browse) -> Any:
    return client_for(make_user("officer"))


# -- decisions ------------------------------------------------------------------------------------------------------
@pytest.mark.feature(61)
def test_the_mode_comes_first_and_what_was_typed_is_not_lost(officer: Any) -> None:
    room = opened(Room(), 0, 1, 2)
    page = read(officer, room)
    assert page.index("Par consensus") < page.index("Par vote nominatif") < page.index("Texte en français")
    prepare = url("decision-prepare", room.items[0].pk)
    wrong = officer.post(prepare, {"mode": "", "text_fr": "Le comité décide.", "due_on": "hier"})
    assert {"mode", "due_on"} <= set(wrong.context["form"].errors)
    assert "Le comité décide." in wrong.content.decode()
    assert "text_fr" in officer.post(prepare, {"mode": "consensus"}).context["form"].errors
    officer.post(prepare, {"mode": "consensus", "text_ar": "تقرّر اللجنة.", "owner": room.seats[1].organisation_id})
    decision = Decision.objects.get()
    assert "Adopter la décision" in read(officer, room)
    officer.post(url("decision-decide", decision.pk))
    page = words(read(officer, room))
    assert "Adoptée" in page and "quorum : 3 sur 5 sièges, 3 requis" in page


@pytest.mark.feature(61)
def test_a_named_vote_seat_by_seat_with_the_button_that_says_why_it_is_closed(officer: Any) -> None:
    room = opened(Room(), 0, 1, 2)
    officer.post(url("decision-prepare", room.items[0].pk), {"mode": "named", "text_fr": "Texte"})
    decision = Decision.objects.get()
    page = words(read(officer, room))
    assert "Personne n’a encore voté" in page and str(room.titular(1).person) in page
    vote = url("decision-vote", decision.pk)
    officer.post(vote, {f"vote-{room.seats[0].pk}": "for", f"vote-{room.seats[1].pk}": "against"})
    refused = officer.post(vote, {f"vote-{room.seats[4].pk}": "for"})
    assert "ni en séance ni représenté" in refused.content.decode()
    again = officer.post(vote, {f"vote-{room.seats[0].pk}": "against"}, follow=True).content.decode()
    assert "a déjà voté" in again
    officer.post(url("decision-decide", decision.pk))
    page = words(read(officer, room))
    assert "1 pour, 1 contre, 0 abstention" in page and "voix prépondérante" in page


@pytest.mark.feature(61)
@pytest.mark.parametrize(
    ("power", "button", "result"),
    [
        ("decides", "Adopter la décision", "Adoptée"),
        ("recommends", "Adopter la recommandation", "Recommandé"),
        ("advises", "Rendre l’avis", "Avis favorable"),
    ],
)
def test_the_power_of_the_committee_changes_the_words(officer: Any, power: str, button: str, result: str) -> None:
    room = opened(Room(power=power), 0, 1, 2)
    officer.post(url("decision-prepare", room.items[0].pk), {"mode": "consensus", "text_fr": "Texte"})
    assert button in read(officer, room)
    officer.post(url("decision-decide", Decision.objects.get().pk))
    assert result in words(read(officer, room))


def test_a_lost_quorum_closes_the_button_and_says_so(officer: Any) -> None:
    room = opened(Room(), 0, 1, 2)
    officer.post(url("decision-prepare", room.items[0].pk), {"mode": "consensus", "text_fr": "Texte"})
    officer.post(url("room-depart", Presence.objects.last().pk))
    page = read(officer, room)
    assert "Le quorum n’est pas atteint" in page
    answer = officer.post(url("decision-decide", Decision.objects.get().pk), follow=True).content.decode()
    assert "Le quorum n’est pas atteint" in answer
    assert Decision.objects.get().state == "draft"


def test_a_stale_decision_is_merged_or_shown_twice(officer: Any) -> None:
    room = opened(Room(), 0, 1, 2)
    officer.post(url("decision-prepare", room.items[0].pk), {"mode": "consensus", "text_fr": "Texte"})
    decision = Decision.objects.get()
    values = {"mode": "consensus", "text_fr": "Un", "text_ar": "", "version": decision.version}
    officer.post(url("decision-edit", decision.pk), values)
    answer = officer.post(url("decision-edit", decision.pk), {**values, "text_fr": "Deux"})
    assert answer.status_code == 409 and "Deux" in answer.content.decode()
    officer.post(url("decision-withdraw", decision.pk), {"reason": "Retirée"})
    assert not Decision.objects.exists()


@pytest.mark.feature(63)
def test_a_recusal_is_declared_and_counted_out(officer: Any) -> None:
    room = opened(Room(), 0, 1, 2)
    declare = url("recusal-declare", room.items[0].pk)
    assert {"seat", "interest"} <= set(officer.post(declare, {"hour": ""}).context["form"].errors)
    officer.post(declare, {"seat": room.seats[2].pk, "interest": "Institution candidate", "hour": ""})
    page = words(read(officer, room))
    assert "Institution candidate" in page and "récusés sur le point 1" in page
    assert "2 présents sur 4 sièges" in page


# -- afterwards -----------------------------------------------------------------------------------------------------
@pytest.mark.feature(61)
def test_until_the_minutes_are_sent_a_vote_is_corrected_with_a_reason(officer: Any) -> None:
    room = Room()
    decision = lifted(room, officer)
    ballot = Ballot.objects.first()
    form = url("ballot-correct", ballot.pk)
    assert "reason" in officer.post(form, {"choice": "against", "reason": ""}).context["form"].errors
    officer.post(form, {"choice": "against", "reason": "Mal noté"})
    decision.refresh_from_db()
    assert (decision.votes_for, decision.votes_against) == (1, 1)
    reopen = url("item-reopen", room.items[0].pk)
    assert "reason" in officer.post(reopen, {"reason": ""}).context["form"].errors
    officer.post(reopen, {"reason": "Texte à revoir"})
    assert room.fresh().state == "opened"
    assert "Rouvrir la décision" in read(officer, room)


def test_afterwards_nothing_is_changed_any_more(officer: Any) -> None:
    room = Room()
    lifted(room, officer)
    Minutes.objects.create(meeting=room.meeting, state="remarks")
    page = read(officer, room)
    assert "Le PV a été envoyé" in page and "Rouvrir" not in page and "Corriger" not in page
    answer = officer.post(url("ballot-correct", Ballot.objects.first().pk), {"choice": "against", "reason": "Non"})
    assert "Le PV de cette réunion a été envoyé" in answer.content.decode()
    answer = officer.post(url("room-reopen", room.meeting.pk), {"reason": "Non"}, follow=True)
    assert "Le PV de cette réunion a été envoyé" in answer.content.decode()


@pytest.mark.feature(56)
def test_a_meeting_is_entered_from_paper_hour_by_hour(officer: Any) -> None:
    room = Room(state="planned")
    assert "Saisir d’après le papier" in read(officer, room)
    paper = url("room-paper", room.meeting.pk)
    assert "hour" in officer.post(paper, {"hour": ""}).context["form"].errors

    def hour(minutes: int) -> dict[str, str]:
        return {"hour": f"{timezone.localtime(room.t(minutes)):%H:%M}"}

    officer.post(paper, hour(5))
    arrive = url("room-arrive", room.meeting.pk, room.titular(0).pk)
    assert "hour" in officer.post(arrive, {"hour": ""}).context["form"].errors, "from paper an hour is typed"
    for index in range(3):
        officer.post(url("room-arrive", room.meeting.pk, room.titular(index).pk), hour(index))
    page = words(read(officer, room))
    assert "saisie après coup d’après le papier" in page and "Quorum atteint" in page
    officer.post(url("item-start", room.items[0].pk), hour(6))
    officer.post(url("decision-prepare", room.items[0].pk), {"mode": "consensus", "text_fr": "Texte"})
    officer.post(url("decision-decide", Decision.objects.get().pk), hour(8))
    assert Decision.objects.get().decided_at == room.t(8)
    officer.post(url("item-treat", room.items[0].pk), hour(10))
    officer.post(url("room-lift", room.meeting.pk), hour(20))
    assert (room.fresh().state, room.meeting.lifted_at) == ("held", room.t(20))


def test_a_failed_quorum_leads_to_the_second_call(officer: Any) -> None:
    room = Room()
    room.arrive(0)
    assert "Quorum non atteint : 1 sur 3" in words(read(officer, room))
    officer.post(url("room-no-quorum", room.meeting.pk), {"hour": ""})
    assert room.fresh().state == "no_quorum"
    page = read(officer, room)
    assert "1 compté(s), 3 requis" in page and url("second-call", room.meeting.pk) in page
