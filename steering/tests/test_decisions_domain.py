"""What is decided in the room, by which majority, what is refused in words, and what is mended afterwards."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from accounts.tests.factories import make_user
from core import journal
from core.errors import DomainError, IllegalMove, ReasonRequired
from core.saving import Invalid
from core.testing.races import errors_in, race
from steering.domain import (
    decisions,
    items,
    presence,
    proxies,
    reservations,
    sitting_acts,
    votes,
)
from steering.domain.room import AlreadyDone, MinutesSent, WrongHour
from steering.errors import RuleMissing
from steering.models import Ballot, Decision, Mandate, Minutes, QuorumCount
from steering.tests.room import Room

pytestmark = pytest.mark.django_db


def verbs(room: Room) -> list[str]:
    return [entry.verb for entry in journal.history_of(room.meeting)]


def decide(room: Room, mode: str = "consensus", **votes_of: str) -> Decision:
    """A decision of the first item, taken ten minutes after the hour."""
    items.start(item=room.items[0], **room.act(10))
    decision = decisions.prepare(item=room.items[0], mode=mode, text_fr="Le comité décide.", actor=room.actor)
    if votes_of:
        choices = {room.seats[int(index[1:])].pk: choice for index, choice in votes_of.items()}
        votes.cast(decision=decision, choices=choices, **room.act(12))
    return decisions.decide(decision=decision, **room.act(15))


# -- decisions ------------------------------------------------------------------------------------------------------
@pytest.mark.feature(61)
def test_a_consensus_keeps_the_quorum_of_its_hour() -> None:
    room = Room()
    room.open(0, 1, 2)
    decision = decide(room)
    assert decision.number == f"D-{room.meeting.day.year}-{room.meeting.number:02}-01"
    assert (decision.state, decision.quorum.counted, decision.quorum.cause) == ("adopted", 3, "decision")
    assert decision.votes_for is None
    with pytest.raises(IllegalMove, match=str(room.actor)):
        decisions.decide(decision=decision, at=room.now, actor=make_user("manager"), now=room.now)
    assert "meeting.decided" in verbs(room)


@pytest.mark.feature(61)
@pytest.mark.parametrize(
    ("choices", "state", "casting"),
    [
        ({"s0": "for", "s1": "for", "s2": "against"}, "adopted", False),
        ({"s0": "for", "s1": "against", "s2": "abstain"}, "adopted", True),
        ({"s0": "against", "s1": "for", "s2": "abstain"}, "rejected", True),
        ({"s1": "for", "s2": "against"}, "rejected", False),
    ],
)
def test_a_named_vote_follows_the_majority_and_the_casting_vote(
    choices: dict[str, str], state: str, casting: bool
) -> None:
    room = Room()
    room.open(0, 1, 2)
    decision = decide(room, "named", **choices)
    assert (decision.state, decision.by_casting_vote) == (state, casting)
    assert decision.votes_for == list(choices.values()).count("for")


def test_a_tie_asks_what_the_act_says_of_the_casting_vote() -> None:
    room = Room(casting_vote=None)
    room.open(0, 1, 2)
    with pytest.raises(RuleMissing):
        decide(room, "named", s0="for", s1="against")
    assert Decision.objects.get().state == "draft"


@pytest.mark.parametrize(("rule", "value"), [("majority", ""), ("power", "")])
def test_a_decision_waits_for_the_rules_that_it_needs(rule: str, value: str) -> None:
    room = Room(**{rule: value})
    room.open(0, 1, 2)
    with pytest.raises(RuleMissing):
        decide(room, "named", s0="for")


def test_nothing_is_decided_without_quorum_votes_or_an_open_item() -> None:
    room = Room()
    stays = room.arrive(0, 1, 2)
    room.meeting = sitting_acts.open_meeting(meeting=room.meeting, actor=room.actor, now=room.t(5))
    items.start(item=room.items[0], **room.act(10))
    decision = decisions.prepare(item=room.items[0], mode="named", text_fr="Texte", actor=room.actor)
    assert "Personne n’a encore voté" in decisions.why_not(decision, room.fresh(), at=room.t(11))
    with pytest.raises(decisions.NobodyVoted):
        decisions.decide(decision=decision, **room.act(11))
    votes.cast(decision=decision, choices={room.seats[0].pk: "for"}, **room.act(12))
    assert decisions.why_not(decision, room.meeting, at=room.t(12)) == ""
    presence.depart(presence=stays[2], **room.act(13))
    assert "quorum" in decisions.why_not(decision, room.meeting, at=room.t(14))
    with pytest.raises(sitting_acts.NoQuorum):
        decisions.decide(decision=decision, **room.act(14))
    with pytest.raises(items.DecisionWaits):
        items.treat(item=room.items[0], **room.act(15))
    with pytest.raises(ReasonRequired):
        decisions.withdraw(decision=decision, actor=room.actor)
    decisions.withdraw(decision=decision, actor=room.actor, reason="Retirée en séance")
    items.treat(item=room.items[0], **room.act(16))
    with pytest.raises(decisions.ItemClosed):
        decisions.prepare(item=room.items[0], mode="consensus", text_fr="Texte", actor=room.actor)


def test_a_vote_is_refused_in_words() -> None:
    room = Room()
    room.open(0, 1, 2)
    items.start(item=room.items[0], **room.act(10))
    decision = decisions.prepare(item=room.items[0], mode="named", text_fr="Texte", actor=room.actor)
    pks = [seat.pk for seat in room.seats]
    assert len(votes.cast(decision=decision, choices={pks[0]: "for"}, **room.act(11))) == 1
    assert votes.cast(decision=decision, choices={pks[0]: "for"}, **room.act(12)) == [], "the same again is nothing"
    with pytest.raises(AlreadyDone, match=str(room.actor)):
        votes.cast(decision=decision, choices={pks[0]: "against"}, **room.act(12))
    with pytest.raises(votes.VoteRefused, match="ni en séance"):
        votes.cast(decision=decision, choices={pks[4]: "for"}, **room.act(12))
    Mandate.objects.filter(pk=room.titular(1).pk).update(ends_on=room.meeting.day - timedelta(days=1))
    with pytest.raises(votes.VoteRefused, match="pris fin"):
        votes.cast(decision=decision, choices={pks[1]: "for"}, **room.act(12))
    decisions.decide(decision=decision, **room.act(13))
    with pytest.raises(IllegalMove):
        votes.cast(decision=decision, choices={pks[2]: "for"}, **room.act(14))
    consensus = decisions.prepare(item=room.items[0], mode="consensus", text_fr="Texte", actor=room.actor)
    with pytest.raises(votes.VoteRefused, match="consensus"):
        votes.cast(decision=consensus, choices={pks[2]: "for"}, **room.act(14))


@pytest.mark.feature(55)
def test_a_proxy_votes_through_the_holders_person() -> None:
    room = Room()
    room.arrive(0, 1, 2)
    proxies.give(meeting=room.meeting, giver=room.seats[3], holder=room.seats[1], **room.act(1))
    room.meeting = sitting_acts.open_meeting(meeting=room.meeting, actor=room.actor, now=room.t(5))
    decide(room, "named", s0="for", s3="against")
    ballot = Ballot.objects.get(seat=room.seats[3])
    assert (ballot.by_proxy, ballot.mandate) == (True, room.titular(1))


def test_a_departure_noted_too_early_would_lose_a_vote() -> None:
    room = Room()
    stays = room.arrive(0, 1, 2)
    room.meeting = sitting_acts.open_meeting(meeting=room.meeting, actor=room.actor, now=room.t(5))
    decide(room, "named", s0="for", s1="for")
    with pytest.raises(DomainError, match="a voté"):
        presence.depart(presence=stays[1], **room.act(8))
    presence.depart(presence=stays[1], **room.act(20))


@pytest.mark.feature(61)
def test_a_vote_is_corrected_with_a_reason_and_the_result_turns() -> None:
    room = Room()
    room.open(0, 1, 2)
    decision = decide(room, "named", s0="for", s1="for", s2="against")
    ballot = Ballot.objects.get(seat=room.seats[1])
    with pytest.raises(ReasonRequired):
        votes.correct(ballot=ballot, choice="against", actor=room.actor, reason="")
    corrected = votes.correct(ballot=ballot, choice="against", actor=room.actor, reason="Mal noté")
    assert (corrected.state, corrected.votes_for, corrected.votes_against) == ("rejected", 1, 2)
    assert corrected.decided_at == decision.decided_at
    with pytest.raises(votes.VoteRefused):
        votes.correct(ballot=ballot, choice="", actor=room.actor, reason="Retiré")
    entry = journal.history_of(room.meeting).first()
    assert (entry.verb, entry.reason.text) == ("meeting.vote_corrected", "Mal noté")


def test_a_reservation_is_named_after_whoever_sits_there() -> None:
    room = Room()
    room.open(0, 1, 2)
    decision = decide(room)
    made = reservations.record(
        decision=decision, seat=room.seats[1], text="Sous réserve.", actor=room.actor, now=room.now
    )
    assert made.mandate == room.titular(1)
    with pytest.raises(Invalid):
        reservations.record(decision=decision, seat=room.seats[1], text="Encore.", actor=room.actor, now=room.now)
    with pytest.raises(DomainError, match="Personne n’est en séance"):
        reservations.record(decision=decision, seat=room.seats[4], text="Absent.", actor=room.actor, now=room.now)
    line = decisions.of_meeting(room.meeting, None)[0]
    assert [one.text for one in line.reservations] == ["Sous réserve."]
    reservations.remove(reservation=made, actor=room.actor, reason="Retirée")


# -- afterwards -----------------------------------------------------------------------------------------------------
def held(room: Room) -> Decision:
    room.open(0, 1, 2)
    decision = decide(room, "named", s0="for", s1="for")
    items.treat(item=room.items[0], **room.act(20))
    sitting_acts.lift(meeting=room.meeting, **room.act(30))
    room.fresh()
    return decision


def test_until_the_minutes_are_sent_everything_is_mended_with_a_reason() -> None:
    room = Room()
    decision = held(room)
    with pytest.raises(ReasonRequired):
        presence.arrive(meeting=room.meeting, mandate=room.titular(3), **room.act(10))
    presence.arrive(meeting=room.meeting, mandate=room.titular(3), **room.act(10), reason="Oubli")
    with pytest.raises(WrongHour):
        presence.arrive(meeting=room.meeting, mandate=room.titular(4), **room.act(60), reason="Oubli")
    votes.correct(ballot=Ballot.objects.first(), choice="against", actor=room.actor, reason="Mal noté")
    items.reopen(item=room.items[0], actor=room.actor, now=room.now, reason="Texte à revoir")
    assert room.fresh().state == "opened"
    decisions.reopen(decision=decision, actor=room.actor, reason="Texte à revoir")
    assert Decision.objects.get().state == "draft"
    decisions.decide(decision=Decision.objects.get(), **room.act(18))
    items.treat(item=room.items[0], **room.act(20))
    sitting_acts.lift(meeting=room.meeting, **room.act(30))
    assert room.fresh().state == "held"


def test_once_the_minutes_are_sent_nothing_is_mended() -> None:
    room = Room()
    decision = held(room)
    Minutes.objects.create(meeting=room.meeting, state="remarks")
    acts: list[Any] = [
        lambda: presence.arrive(meeting=room.meeting, mandate=room.titular(3), **room.act(10), reason="Oubli"),
        lambda: votes.correct(ballot=Ballot.objects.first(), choice="against", actor=room.actor, reason="Mal noté"),
        lambda: items.reopen(item=room.items[0], actor=room.actor, now=room.now, reason="Texte"),
        lambda: sitting_acts.reopen(meeting=room.meeting, actor=room.actor, reason="Texte"),
        lambda: reservations.record(
            decision=decision, seat=room.seats[0], text="R", actor=room.actor, now=room.now, reason="Oubli"
        ),
    ]
    for act in acts:
        with pytest.raises(MinutesSent):
            act()


def test_a_presence_corrected_below_the_quorum_is_said_beside_the_decision() -> None:
    room = Room()
    stays = room.arrive(0, 1, 2)
    room.meeting = sitting_acts.open_meeting(meeting=room.meeting, actor=room.actor, now=room.t(5))
    decide(room)
    presence.remove(presence=stays[2], actor=room.actor, now=room.now, reason="N’était pas venu")
    assert decisions.of_meeting(room.meeting, None)[0].lost_quorum


# -- two at once ----------------------------------------------------------------------------------------------------
@pytest.mark.django_db(transaction=True)
def test_of_two_people_deciding_at_once_one_moves_and_the_other_is_told() -> None:
    room = Room()
    room.open(0, 1, 2)
    items.start(item=room.items[0], **room.act(10))
    decision = decisions.prepare(item=room.items[0], mode="consensus", text_fr="Texte", actor=room.actor)
    second = make_user("manager")

    def by(actor: Any) -> Any:
        return lambda: decisions.decide(
            decision=Decision.objects.get(pk=decision.pk), at=room.t(15), actor=actor, now=room.now
        )

    (error,) = errors_in(race(by(room.actor), by(second)))
    assert isinstance(error, IllegalMove) and any(str(who) in str(error) for who in (room.actor, second))
    assert QuorumCount.objects.filter(cause="decision").count() == 1
