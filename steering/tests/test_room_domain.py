"""The rules of the room: who is there, who presides, when the sitting opens and ends, and what is refused in words."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from accounts.tests.factories import make_user
from core import journal
from core.errors import DomainError, IllegalMove, ReasonRequired
from core.saving import Invalid
from steering.domain import (
    chair,
    decisions,
    guests,
    items,
    presence,
    proxies,
    recusals,
    sitting_acts,
    votes,
)
from steering.domain.room import AlreadyDone, WrongHour
from steering.enums import Quality
from steering.errors import NotInOffice, RuleMissing
from steering.models import Decision, Presence, QuorumCount
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
