"""The rules of the room: who is there, who presides, what is decided, and what is refused in words."""

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
    chair,
    decisions,
    guests,
    items,
    presence,
    proxies,
    recusals,
    reservations,
    sitting_acts,
    votes,
)
from steering.domain.room import AlreadyDone, MinutesSent, WrongHour
from steering.enums import Quality
from steering.errors import NotInOffice, RuleMissing
from steering.models import Ballot, Decision, Mandate, Minutes, Presence, QuorumCount
from steering.tests.factories import make_act, make_mandate, make_seat
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


# -- presence -------------------------------------------------------------------------------------------------------
@pytest.mark.feature(56)
def test_an_arrival_is_noted_once_and_the_second_is_told_who_and_when() -> None:
    room = Room()
    (first,) = room.arrive(0)
    with pytest.raises(AlreadyDone, match=str(room.actor)):
        presence.arrive(
            meeting=room.meeting, mandate=room.titular(0), at=room.now, actor=make_user("manager"), now=room.now
        )
    assert Presence.objects.get() == first
    assert verbs(room) == ["meeting.arrive"]
    presence.depart(presence=first, **room.act(20))
    with pytest.raises(AlreadyDone, match=str(room.actor)):
        presence.depart(presence=first, **room.act(30))
    presence.arrive(meeting=room.meeting, mandate=room.titular(0), **room.act(40))
    assert Presence.objects.count() == 2, "who comes back has another line"


def test_only_whoever_holds_a_mandate_that_day_takes_a_seat() -> None:
    room, other = Room(), Room()
    ended = make_mandate(room.seats[0], kind="alternate", ends_on=room.meeting.day - timedelta(days=1))
    for mandate in (ended, other.titular(0)):
        with pytest.raises(NotInOffice):
            presence.arrive(meeting=room.meeting, mandate=mandate, **room.act(0))


def test_an_alternate_comes_only_where_the_act_says_so() -> None:
    silent, strict = Room(alternates=None), Room(alternates=False)
    with pytest.raises(RuleMissing):
        presence.arrive(meeting=silent.meeting, mandate=silent.alternate(0), **silent.act(0))
    with pytest.raises(presence.AlternatesExcluded):
        presence.arrive(meeting=strict.meeting, mandate=strict.alternate(0), **strict.act(0))


@pytest.mark.parametrize(("minutes", "message"), [(500, "à venir"), (-900, "bien avant")])
def test_an_hour_outside_the_meeting_is_refused(minutes: int, message: str) -> None:
    room = Room()
    with pytest.raises(WrongHour, match=message):
        presence.arrive(meeting=room.meeting, mandate=room.titular(0), **room.act(minutes))


def test_a_departure_before_the_arrival_is_refused() -> None:
    room = Room()
    (row,) = room.arrive(0, at=10)
    with pytest.raises(WrongHour):
        presence.depart(presence=row, **room.act(5))


def test_a_corrected_hour_corrects_the_kept_quorum_too() -> None:
    room = Room()
    room.open(0, 1, 2)
    late = presence.arrive(meeting=room.meeting, mandate=room.titular(3), **room.act(30))
    items.start(item=room.items[0], **room.act(20))
    assert QuorumCount.objects.get(item=room.items[0], cause="item").counted == 3
    presence.correct(presence=late, arrived_at=room.t(15), left_at=None, actor=room.actor, now=room.now)
    assert QuorumCount.objects.get(item=room.items[0], cause="item").counted == 4
    presence.remove(presence=late, actor=room.actor, now=room.now, reason="Erreur de personne")
    assert QuorumCount.objects.get(item=room.items[0], cause="item").counted == 3
    with pytest.raises(ReasonRequired):
        presence.remove(presence=Presence.objects.first(), actor=room.actor, now=room.now, reason=" ")


def test_guests_never_count() -> None:
    room = Room(seats=2)
    guest = guests.add(meeting=room.meeting, name="Personne 9", arrived_at=room.t(0), actor=room.actor, now=room.now)
    room.arrive(0)
    assert QuorumCount.objects.order_by("-id").first().counted == 1
    guests.change(guest=guest, function="Experte", actor=room.actor, now=room.now)
    guests.leave(guest=guest, **room.act(30))
    with pytest.raises(AlreadyDone):
        guests.leave(guest=guest, **room.act(40))
    guests.remove(guest=guest, actor=room.actor, reason="Erreur")
    assert verbs(room)[:3] == ["meeting.guest_removed", "meeting.guest_left", "meeting.guest_changed"]


# -- proxies and recusals -------------------------------------------------------------------------------------------
@pytest.mark.feature(55)
def test_a_proxy_follows_the_act() -> None:
    room = Room(proxies_each=1)
    room.arrive(0, 1)
    give = {"meeting": room.meeting, **room.act(5)}
    with pytest.raises(proxies.ProxyRefused, match="lui-même"):
        proxies.give(giver=room.seats[1], holder=room.seats[0], **give)
    with pytest.raises(proxies.ProxyRefused, match="Personne n’est en séance"):
        proxies.give(giver=room.seats[2], holder=room.seats[3], **give)
    proxies.give(giver=room.seats[2], holder=room.seats[0], **give)
    with pytest.raises(AlreadyDone, match=str(room.actor)):
        proxies.give(giver=room.seats[2], holder=room.seats[0], **give)
    with pytest.raises(proxies.ProxyRefused, match="autant de pouvoirs"):
        proxies.give(giver=room.seats[3], holder=room.seats[0], **give)
    with pytest.raises(Invalid, match="déjà"):
        proxies.give(giver=room.seats[2], holder=room.seats[1], **give)
    line = presence.sheet(room.meeting).lines[2]
    assert (line.quality, line.proxy_holder) == (Quality.PROXY, str(room.seats[0]))


@pytest.mark.parametrize(
    ("act", "error"),
    [
        ({"proxies": None}, RuleMissing),
        ({"proxies": False}, proxies.ProxyRefused),
        ({"proxies_each": None}, RuleMissing),
        ({"proxies_in_quorum": None}, RuleMissing),
    ],
)
def test_a_proxy_that_the_act_does_not_allow_is_refused(act: dict[str, Any], error: type[Exception]) -> None:
    room = Room(**act)
    room.arrive(0)
    with pytest.raises(error):
        proxies.give(meeting=room.meeting, giver=room.seats[1], holder=room.seats[0], **room.act(5))


def test_a_consultative_seat_neither_gives_nor_holds_a_proxy() -> None:
    room = Room()
    guest_seat = make_seat(room.committee, rank=9, voice="consultative")
    presence.arrive(meeting=room.meeting, mandate=make_mandate(guest_seat), **room.act(0))
    with pytest.raises(proxies.ProxyRefused):
        proxies.give(meeting=room.meeting, giver=room.seats[1], holder=guest_seat, **room.act(5))
    with pytest.raises(NotInOffice):
        proxies.give(meeting=room.meeting, giver=guest_seat, holder=room.seats[0], **room.act(5))


@pytest.mark.feature(63)
def test_a_recusal_takes_the_seat_out_of_the_item_alone() -> None:
    room = Room(items=2)
    room.open(0, 1, 2)
    items.start(item=room.items[0], **room.act(10))
    recusal = recusals.declare(item=room.items[0], seat=room.seats[2], interest="Candidat", **room.act(11))
    kept = QuorumCount.objects.filter(item=room.items[0]).order_by("-at", "-id").first()
    assert (kept.in_office, kept.required, kept.counted) == (4, 2, 2)
    with pytest.raises(AlreadyDone):
        recusals.declare(item=room.items[0], seat=room.seats[2], interest="Candidat", **room.act(12))
    decision = decisions.prepare(item=room.items[0], mode="named", text_fr="Texte", actor=room.actor)
    with pytest.raises(votes.VoteRefused, match="récusé"):
        votes.cast(decision=decision, choices={room.seats[2].pk: "for"}, **room.act(13))
    votes.cast(decision=decision, choices={room.seats[1].pk: "for"}, **room.act(13))
    with pytest.raises(DomainError, match="a voté"):
        recusals.declare(item=room.items[0], seat=room.seats[1], interest="Candidat", **room.act(14))
    recusals.withdraw(recusal=recusal, actor=room.actor, now=room.now, reason="Erreur")
    kept.refresh_from_db()
    assert kept.in_office == 5


# -- the sitting ----------------------------------------------------------------------------------------------------
@pytest.mark.feature(57)
def test_a_meeting_opens_with_its_quorum_and_its_chair() -> None:
    room = Room()
    room.arrive(0)
    with pytest.raises(sitting_acts.NoQuorum, match="1 siège"):
        sitting_acts.open_meeting(meeting=room.meeting, actor=room.actor, now=room.now)
    room.arrive(1, 2, at=1)
    opened = sitting_acts.open_meeting(meeting=room.meeting, actor=room.actor, now=room.now)
    assert (opened.state, opened.chaired_by) == ("opened", room.titular(0))
    with pytest.raises(IllegalMove, match=str(room.actor)):
        sitting_acts.open_meeting(meeting=room.meeting, actor=make_user("manager"), now=room.now)
    assert QuorumCount.objects.filter(cause="opening", item=None).count() == 1


@pytest.mark.parametrize(
    ("rule", "who"), [("rank", 1), ("alternate", None), ("nobody", None)], ids=["rank", "alternate", "nobody"]
)
def test_who_presides_when_the_chair_is_absent(rule: str, who: int | None) -> None:
    room = Room(chair_substitute=rule)
    room.arrive(1, 2, 3)
    if who is None:
        with pytest.raises(chair.NobodyPresides):
            sitting_acts.open_meeting(meeting=room.meeting, actor=room.actor, now=room.now)
    else:
        opened = sitting_acts.open_meeting(meeting=room.meeting, actor=room.actor, now=room.now)
        assert opened.chaired_by == room.titular(who)
        presence.arrive(meeting=room.meeting, mandate=room.titular(0), at=room.now, actor=room.actor, now=room.now)
        assert room.fresh().chaired_by == room.titular(0), "the titular takes the chair"


def test_the_alternate_of_the_presiding_seat_presides_where_the_act_says_so() -> None:
    room = Room(chair_substitute="alternate")
    room.arrive(1, 2)
    presence.arrive(meeting=room.meeting, mandate=room.alternate(0), **room.act(0))
    opened = sitting_acts.open_meeting(meeting=room.meeting, actor=room.actor, now=room.now)
    assert opened.chaired_by == room.alternate(0)


@pytest.mark.parametrize("missing", ["quorum_numerator", "voters", "chair_substitute"])
def test_what_the_act_does_not_say_blocks_the_opening(missing: str) -> None:
    act = {missing: "" if missing != "quorum_numerator" else None}
    if missing == "quorum_numerator":
        act["quorum_denominator"] = None
    room = Room(**act)
    room.arrive(1, 2, 3)
    with pytest.raises(RuleMissing):
        sitting_acts.open_meeting(meeting=room.meeting, actor=room.actor, now=room.now)


def test_a_failed_quorum_is_kept_and_ends_the_meeting() -> None:
    room = Room()
    room.arrive(0, 1)
    failed = sitting_acts.fail_quorum(meeting=room.meeting, **room.act(30))
    assert failed.state == "no_quorum"
    kept = QuorumCount.objects.order_by("-id").first()
    assert (kept.counted, kept.required) == (2, 3)
    with pytest.raises(IllegalMove):
        sitting_acts.open_meeting(meeting=room.meeting, actor=room.actor, now=room.now)


def test_a_met_quorum_is_not_noted_as_failed() -> None:
    room = Room()
    room.arrive(0, 1, 2)
    with pytest.raises(DomainError, match="atteint"):
        sitting_acts.fail_quorum(meeting=room.meeting, **room.act(30))


def test_a_second_call_has_its_own_fraction() -> None:
    first = Room()
    second = Room()
    second.meeting.second_call_of = first.meeting
    second.meeting.save()
    second.arrive(0)
    opened = sitting_acts.open_meeting(meeting=second.meeting, actor=second.actor, now=second.now)
    assert opened.state == "opened"


def test_lifting_names_the_items_that_are_left() -> None:
    room = Room(items=2)
    room.open(0, 1, 2)
    with pytest.raises(sitting_acts.ItemsLeft, match=r"1\. Point 1, 2\. Point 2"):
        sitting_acts.lift(meeting=room.meeting, **room.act(60))
    items.start(item=room.items[0], **room.act(10))
    with pytest.raises(items.AnotherItemOpen):
        items.start(item=room.items[1], **room.act(11))
    items.treat(item=room.items[0], **room.act(20))
    items.postpone(item=room.items[1], **room.act(21))
    with pytest.raises(WrongHour):
        sitting_acts.lift(meeting=room.meeting, **room.act(15))
    held = sitting_acts.lift(meeting=room.meeting, **room.act(60))
    assert (held.state, held.lifted_at) == ("held", room.t(60))
    with pytest.raises(IllegalMove):
        sitting_acts.lift(meeting=room.meeting, **room.act(61))


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


# -- from paper -----------------------------------------------------------------------------------------------------
def test_a_meeting_is_entered_from_paper_with_typed_hours() -> None:
    room = Room(state="planned")
    entered = sitting_acts.enter_from_paper(meeting=room.meeting, opened_at=room.t(5), actor=room.actor, now=room.now)
    assert (entered.state, entered.from_paper, entered.act) == ("opened", True, room.committee.acts.get())
    room.fresh()
    room.arrive(2, at=3)
    room.arrive(0, 1, at=1)
    assert room.fresh().chaired_by == room.titular(0)
    assert QuorumCount.objects.get(at=room.t(5)).counted == 3, "the opening is counted again"
    assert decide(room).decided_at == room.t(15)
    assert "meeting.from_paper" in verbs(room)
    with pytest.raises(IllegalMove):
        sitting_acts.enter_from_paper(meeting=room.meeting, opened_at=room.t(5), actor=room.actor, now=room.now)


def test_a_meeting_to_come_is_not_entered_from_paper() -> None:
    room = Room(state="planned")
    with pytest.raises(WrongHour, match="eu lieu"):
        sitting_acts.enter_from_paper(
            meeting=room.meeting, opened_at=room.now + timedelta(days=1), actor=room.actor, now=room.now
        )
    with pytest.raises(WrongHour):
        sitting_acts.enter_from_paper(
            meeting=room.meeting, opened_at=room.start - timedelta(days=1), actor=room.actor, now=room.now
        )


# -- the papers -----------------------------------------------------------------------------------------------------
def test_the_sheet_names_the_person_and_the_institution_of_that_day() -> None:
    room = Room()
    room.open(0, 1, 2)
    name = str(room.seats[0])
    make_act(room.committee, in_force_from=room.meeting.day + timedelta(days=1), voters="all")
    organisation = room.seats[0].organisation
    organisation.former_names.create(name_fr=name, valid_to=room.meeting.day)
    type(organisation).objects.filter(pk=organisation.pk).update(name_fr="Nouveau nom")
    line = presence.sheet(room.fresh()).lines[0]
    assert (line.holder, line.person, line.quality) == (name, room.titular(0).person, Quality.TITULAR)


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
