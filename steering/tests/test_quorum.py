"""The quorum and the majority: by example, and against an independent recount for whatever may happen."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.errors import DomainError
from steering.domain import counts, items, presence, proxies, quorum, recusals, sitting_acts
from steering.domain.majority import Outcome, Tally, outcome
from steering.domain.quorum import Given, Rules, Stay
from steering.enums import Majority
from steering.errors import RuleMissing
from steering.models import Presence, Proxy, QuorumCount, Recusal
from steering.tests.factories import make_committee, make_meeting
from steering.tests.room import Room

START = datetime(2026, 6, 19, 9, tzinfo=UTC)
HALF = Rules(1, 2, alternates=True, proxies=True, proxies_in_quorum=False)


def at(minutes: int) -> datetime:
    return START + timedelta(minutes=minutes)


def stay(seat: int, since: int = 0, until: int | None = None, *, titular: bool = True) -> Stay:
    return Stay(seat, titular, at(since), None if until is None else at(until))


def count(
    stays: list[Stay], *, rules: Rules = HALF, given_: list[Given] | None = None, when: int = 10, **rest: object
) -> quorum.Count:
    values = {"voting": {1, 2, 3, 4, 5}, "recused": set(), **rest}
    return quorum.count(rules=rules, stays=stays, proxies=given_ or [], at=at(when), **values)


# -- by example -----------------------------------------------------------------------------------------------------
@pytest.mark.feature(57)
def test_the_fraction_is_rounded_up() -> None:
    assert count([stay(1), stay(2)]).required == 3
    assert not count([stay(1), stay(2)]).is_met
    assert count([stay(1), stay(2), stay(3)]).is_met


def test_two_thirds_of_thirteen_are_nine() -> None:
    rules = Rules(2, 3, alternates=True, proxies=True, proxies_in_quorum=False)
    assert count([], rules=rules, voting=set(range(13))).required == 9


def test_a_second_call_that_is_valid_whatever_the_number_wants_somebody_there() -> None:
    rules = Rules(0, 1, alternates=True, proxies=True, proxies_in_quorum=False)
    assert count([], rules=rules).required == 1
    assert not count([], rules=rules).is_met
    assert count([stay(4)], rules=rules).is_met


def test_a_seat_counts_once_with_its_titular_and_its_alternate() -> None:
    assert count([stay(1), stay(1, titular=False)]).counted == 1


def test_an_alternate_counts_for_an_absent_titular_where_the_act_allows_it() -> None:
    assert count([stay(1, titular=False)]).counted == 1
    forbidden = Rules(1, 2, alternates=False, proxies=True, proxies_in_quorum=False)
    assert count([stay(1, titular=False)], rules=forbidden).counted == 0


def test_a_seat_without_a_vote_never_counts() -> None:
    assert count([stay(9), stay(1)]).seats == (1,)


def test_who_leaves_no_longer_counts_from_that_instant_on() -> None:
    assert count([stay(1, 0, 10)], when=9).counted == 1
    assert count([stay(1, 0, 10)], when=10).counted == 0
    assert count([stay(1, 10)], when=9).counted == 0


def test_a_proxy_is_a_voice_and_counts_for_the_quorum_only_where_the_act_says_so() -> None:
    given_ = [Given(2, 1, at(0))]
    found = count([stay(1)], given_=given_)
    assert (found.counted, found.voices) == (1, 2)
    counted = Rules(1, 2, alternates=True, proxies=True, proxies_in_quorum=True)
    assert count([stay(1)], given_=given_, rules=counted).counted == 2


def test_a_proxy_rests_while_its_giver_is_in_the_room_and_falls_with_its_holder() -> None:
    given_ = [Given(2, 1, at(0))]
    assert count([stay(1), stay(2)], given_=given_).proxies == ()
    assert count([], given_=given_).voices == 0
    assert count([stay(1)], given_=given_, recused={1}).voices == 0
    assert count([stay(1)], given_=given_, recused={2}).voices == 1


def test_a_recused_seat_is_on_neither_side() -> None:
    found = count([stay(1), stay(2)], recused={1, 3})
    assert (found.in_office, found.required, found.counted) == (3, 2, 1)


# -- against a recount ----------------------------------------------------------------------------------------------
MINUTES = st.integers(0, 120)
SEATS = st.integers(1, 7)
STAYS = st.lists(
    st.builds(lambda s, a, d, t: stay(s, a, a + d, titular=t), SEATS, MINUTES, st.integers(1, 60), st.booleans())
)
PROXIES = st.lists(
    st.builds(lambda g, h, a, d: Given(g, h, at(a), at(a + d)), SEATS, SEATS, MINUTES, st.integers(1, 60))
)
RULES = st.builds(
    lambda n, extra, a, p, q: Rules(n, n + extra, a, p, q),
    st.integers(1, 5),
    st.integers(0, 5),
    st.booleans(),
    st.booleans(),
    st.booleans(),
)


@pytest.mark.feature(57)
@given(stays=STAYS, given_=PROXIES, rules=RULES, voting=st.sets(SEATS), recused=st.sets(SEATS), when=MINUTES)
@settings(max_examples=400, deadline=None)
def test_the_count_equals_a_recount_seat_by_seat(
    stays: list[Stay], given_: list[Given], rules: Rules, voting: set[int], recused: set[int], when: int
) -> None:
    moment = at(when)
    found = quorum.count(voting=voting, rules=rules, stays=stays, proxies=given_, recused=recused, at=moment)

    def is_in_room(seat: int) -> bool:
        titular = any(s.seat == seat and s.is_titular and s.since <= moment < s.until for s in stays)
        alternate = any(s.seat == seat and not s.is_titular and s.since <= moment < s.until for s in stays)
        return titular or (rules.alternates and alternate)

    office = [seat for seat in range(1, 8) if seat in voting and seat not in recused]
    here = [seat for seat in office if is_in_room(seat)]
    represented = [
        seat
        for seat in office
        if rules.proxies
        and not is_in_room(seat)
        and any(g.giver == seat and g.holder in here and g.since <= moment < g.until for g in given_)
    ]
    assert list(found.seats) == here
    assert [giver for giver, _holder in found.proxies] == represented
    assert found.counted == len(here) + (len(represented) if rules.proxies_in_quorum else 0)
    assert found.voices == len(here) + len(represented)
    assert found.required >= Fraction(len(office) * rules.numerator, rules.denominator) > found.required - 1 or (
        found.required == 1
    )
    assert len({giver for giver, _holder in found.proxies}) == len(found.proxies), "one voice a seat"


COMINGS = st.lists(
    st.tuples(
        st.sampled_from(["arrive", "alternate", "depart", "correct", "proxy", "end", "recuse", "remove"]),
        st.integers(0, 4),
        st.integers(1, 150),
    ),
    min_size=3,
    max_size=10,
)


def do(room: Room, what: str, index: int, minute: int) -> None:
    """One thing that may happen in the room; what the rules refuse changes nothing."""
    rows = list(Presence.objects.filter(meeting=room.meeting).order_by("id"))
    row = rows[index % len(rows)] if rows else None
    if what in ("arrive", "alternate"):
        mandate = room.titular(index) if what == "arrive" else room.alternate(index)
        presence.arrive(meeting=room.meeting, mandate=mandate, **room.act(minute))
    elif what == "depart" and row:
        presence.depart(presence=row, **room.act(minute))
    elif what == "correct" and row:
        presence.correct(presence=row, arrived_at=room.t(minute), left_at=row.left_at, actor=room.actor, now=room.now)
    elif what == "remove" and row:
        presence.remove(presence=row, actor=room.actor, now=room.now, reason="Erreur")
    elif what == "proxy":
        holder = room.seats[(index + 1) % len(room.seats)]
        proxies.give(meeting=room.meeting, giver=room.seats[index], holder=holder, **room.act(minute))
    elif what == "end":
        proxy = Proxy.objects.filter(meeting=room.meeting).order_by("id").first()
        if proxy:
            proxies.end(proxy=proxy, **room.act(minute))
    elif what == "recuse":
        recusals.declare(item=room.items[0], seat=room.seats[index], interest="Partie", **room.act(minute))


def recount(room: Room, row: QuorumCount) -> tuple[int, int, int]:
    """Counted by hand from the rows, not by the portal's functions."""
    recused = set(
        Recusal.objects.filter(item=row.item_id or 0, declared_at__lte=row.at).values_list("seat_id", flat=True)
    )
    office = {seat.pk for seat in room.seats} - recused
    stays = [
        each
        for each in Presence.objects.filter(meeting=room.meeting)
        if each.arrived_at <= row.at < (each.left_at or row.at + timedelta(1))
    ]
    here = {each.seat_id for each in stays}
    given_ = [
        each
        for each in Proxy.objects.filter(meeting=room.meeting)
        if each.arrived_at <= row.at < (each.left_at or row.at + timedelta(1))
    ]
    through = {each.giver_id for each in given_ if each.giver_id in office - here and each.holder_id in office & here}
    return -(-len(office) // 2), len(office & here), len(office & here) + len(through)


@pytest.mark.feature(57)
@pytest.mark.feature(63)
@pytest.mark.django_db
@given(comings=COMINGS)
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_kept_equals_a_recount_whatever_comes_in_whatever_order(comings: list[tuple[str, int, int]]) -> None:
    room = Room(items=1, state="convened")
    room.meeting = sitting_acts.enter_from_paper(
        meeting=room.meeting, opened_at=room.t(0), actor=room.actor, now=room.now
    )
    items.start(item=room.items[0], **room.act(30))
    for what, index, minute in comings:
        try:
            do(room, what, index, minute)
        except DomainError:
            continue
    for row in QuorumCount.objects.filter(meeting=room.meeting):
        required, counted, voices = recount(room, row)
        assert (row.required, row.counted, row.voices) == (max(1, required), counted, voices)
    assert counts.newest(room.meeting, room.items[0]) is not None, "the item keeps its own"


# -- majority -------------------------------------------------------------------------------------------------------
@pytest.mark.feature(61)
@pytest.mark.parametrize(
    ("rule", "votes", "present", "seats", "adopted"),
    [
        (Majority.CAST, (3, 2, 4), 9, 13, True),
        (Majority.CAST, (2, 2, 0), 4, 13, False),
        (Majority.CAST, (0, 0, 5), 5, 13, False),
        (Majority.PRESENT, (5, 0, 4), 9, 13, True),
        (Majority.PRESENT, (4, 0, 5), 9, 13, False),
        (Majority.SEATS, (7, 2, 0), 9, 13, True),
        (Majority.SEATS, (6, 0, 3), 9, 13, False),
        (Majority.TWO_THIRDS, (6, 3, 0), 9, 13, True),
        (Majority.TWO_THIRDS, (5, 3, 1), 9, 13, False),
        (Majority.TWO_THIRDS, (0, 0, 9), 9, 13, False),
    ],
)
def test_each_majority(rule: Majority, votes: tuple[int, int, int], present: int, seats: int, adopted: bool) -> None:
    assert outcome(rule, Tally(*votes), present=present, seats=seats).is_adopted is adopted


def test_the_casting_vote_breaks_a_tie_by_the_voice_of_whoever_presides() -> None:
    tie = Tally(4, 4, 0)
    assert outcome(Majority.CAST, tie, present=8, seats=8, casting=True, chair="for") == Outcome(True, True)
    assert outcome(Majority.CAST, tie, present=8, seats=8, casting=True, chair="against") == Outcome(False, True)
    assert outcome(Majority.CAST, tie, present=8, seats=8, casting=True, chair="abstain") == Outcome(False)
    assert outcome(Majority.CAST, tie, present=8, seats=8, casting=False, chair="for") == Outcome(False)
    assert outcome(Majority.PRESENT, Tally(3, 3, 2), present=8, seats=8, casting=True, chair="for") == Outcome(
        False, True
    )


VOTES = st.builds(Tally, st.integers(0, 15), st.integers(0, 15), st.integers(0, 15))


@pytest.mark.feature(61)
@given(
    rule=st.sampled_from(list(Majority)),
    tally=VOTES,
    casting=st.booleans(),
    chair=st.sampled_from(["for", "against", "abstain", None]),
)
@settings(max_examples=400, deadline=None)
def test_a_majority_is_more_than_half_of_what_its_rule_names(
    rule: Majority, tally: Tally, casting: bool, chair: str | None
) -> None:
    present = tally.cast + tally.abstentions
    seats = present + 2
    found = outcome(rule, tally, present=present, seats=seats, casting=casting, chair=chair)
    share = {
        Majority.CAST: Fraction(tally.votes_for, max(1, tally.cast)),
        Majority.PRESENT: Fraction(tally.votes_for, max(1, present)),
        Majority.SEATS: Fraction(tally.votes_for, seats),
        Majority.TWO_THIRDS: Fraction(tally.votes_for, max(1, tally.cast)),
    }[rule]
    bare = share >= Fraction(2, 3) if rule == Majority.TWO_THIRDS and tally.cast else share > Fraction(1, 2)
    if not found.by_casting_vote:
        assert found.is_adopted == bare
    else:
        assert tally.votes_for == tally.votes_against and casting and chair in ("for", "against")
        assert not (found.is_adopted and chair == "against")
    more = Tally(tally.votes_for + 1, tally.votes_against, tally.abstentions)
    if bare:
        assert outcome(rule, more, present=present + 1, seats=seats + 1).is_adopted, (
            "one more in favour never undoes it"
        )


@pytest.mark.django_db
def test_a_voice_that_is_not_documented_blocks_the_count_and_says_so() -> None:
    meeting = make_meeting(make_committee(seats=2), "convened")
    counts.facts_of(meeting)
    meeting.committee.seats.filter(rank=2).update(voice="unknown")
    with pytest.raises(RuleMissing, match="voix du siège"):
        counts.facts_of(meeting)
