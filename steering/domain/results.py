"""Decisions as they are read: by item, with votes, reservations and the quorum of their hour, masked by right."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import pgettext

from accounts.models import User
from directory.models import Organisation, Person
from steering.domain import presence, sitting
from steering.domain.majority import Tally
from steering.enums import BallotChoice, DecisionMode, DecisionState, Power
from steering.models import AgendaItem, Ballot, Decision, Meeting, QuorumCount, Reservation
from steering.permissions import can_see_people


@dataclass(frozen=True)
class BallotLine:
    """The vote of one seat; `person` is None for a reader who sees no names."""

    pk: int
    seat_id: int
    holder: str
    person: Person | None
    choice: BallotChoice
    by_proxy: bool


@dataclass(frozen=True)
class ReservationLine:
    """The reservation of one seat."""

    pk: int
    seat_id: int
    holder: str
    person: Person | None
    text: str


@dataclass(frozen=True)
class DecisionLine:
    """One decision with all that a paper says of it. `result` is its state in the words of the committee's power."""

    pk: int
    item: AgendaItem
    number: str
    mode: DecisionMode
    state: DecisionState
    result: str
    text_fr: str
    text_ar: str
    text: str
    owner: Organisation | None
    due_on: date | None
    decided_at: datetime | None
    quorum: QuorumCount | None
    tally: Tally | None
    by_casting_vote: bool
    ballots: list[BallotLine]
    reservations: list[ReservationLine]
    decision: Decision

    @property
    def is_draft(self) -> bool:
        return self.state == DecisionState.DRAFT

    @property
    def lost_quorum(self) -> bool:
        """A correction of the presence showed afterwards that too few were there."""
        return self.quorum is not None and not self.quorum.is_met


def of_meeting(meeting: Meeting, reader: User | None) -> list[DecisionLine]:
    """The decisions of the items that `reader` may read, in the order of the agenda; None reads everything.

    As many queries for twelve decisions as for one.
    """
    items = AgendaItem.objects.filter(meeting=meeting)
    if reader is not None:
        items = items.filter(pk__in=AgendaItem.objects.visible_to(reader).values("pk"))
    rows = list(
        Decision.objects.filter(item__in=items)
        .select_related("item", "owner", "quorum")
        .order_by("item__position", "item_id", "id")
    )
    names = reader is None or can_see_people(reader)
    holders = presence.holders_of(list(sitting.seats_on(meeting.committee, on=meeting.day)), on=meeting.day)
    ballots = defaultdict(list)
    cast = Ballot.objects.filter(decision__in=rows).select_related("seat__organisation", "mandate__person")
    for each in cast.order_by("seat__rank", "id"):
        who = each.mandate.person if names else None
        holder = holders.get(each.seat_id, str(each.seat))
        choice = BallotChoice(each.choice)
        ballots[each.decision_id].append(BallotLine(each.pk, each.seat_id, holder, who, choice, each.by_proxy))
    reservations = defaultdict(list)
    said = Reservation.objects.filter(decision__in=rows).select_related("seat__organisation", "mandate__person")
    for one in said.order_by("seat__rank", "id"):
        who = one.mandate.person if names else None
        holder = holders.get(one.seat_id, str(one.seat))
        reservations[one.decision_id].append(ReservationLine(one.pk, one.seat_id, holder, who, one.text))
    power = _power(meeting)
    return [_line(row, power, ballots[row.pk], reservations[row.pk]) for row in rows]


def _line(row: Decision, power: str, ballots: list[BallotLine], reservations: list[ReservationLine]) -> DecisionLine:
    state = DecisionState(row.state)
    tally = None
    if row.votes_for is not None:
        tally = Tally(row.votes_for, row.votes_against or 0, row.abstentions or 0)
    return DecisionLine(
        pk=row.pk,
        item=row.item,
        number=row.number,
        mode=DecisionMode(row.mode),
        state=state,
        result=result_words(state, power),
        text_fr=row.text_fr,
        text_ar=row.text_ar,
        text=row.text,
        owner=row.owner,
        due_on=row.due_on,
        decided_at=row.decided_at,
        quorum=row.quorum,
        tally=tally,
        by_casting_vote=row.by_casting_vote,
        ballots=ballots,
        reservations=reservations,
        decision=row,
    )


def _power(meeting: Meeting) -> str:
    act = meeting.act or meeting.committee.act_on(meeting.day)
    return act.power if act else ""


def result_words(state: DecisionState, power: str) -> str:
    """The state of a decision, of a recommendation or of an advice, as the committee's power names it."""
    words = {
        (Power.RECOMMENDS, DecisionState.ADOPTED): pgettext("result", "Recommended"),
        (Power.RECOMMENDS, DecisionState.REJECTED): pgettext("result", "Not recommended"),
        (Power.ADVISES, DecisionState.ADOPTED): pgettext("result", "Favourable advice"),
        (Power.ADVISES, DecisionState.REJECTED): pgettext("result", "Unfavourable advice"),
    }
    found = {(str(one), str(two)): text for (one, two), text in words.items()}
    return found.get((power, str(state)), str(state.label))


def act_words(power: str, mode: str) -> str:
    """The button by which the committee settles a text, by its power."""
    by_vote = mode == DecisionMode.NAMED
    if power == Power.RECOMMENDS:
        return (
            pgettext("button", "Close the vote on the recommendation")
            if by_vote
            else pgettext("button", "Adopt the recommendation")
        )
    if power == Power.ADVISES:
        return pgettext("button", "Close the vote on the advice") if by_vote else pgettext("button", "Give the advice")
    return pgettext("button", "Close the vote on the decision") if by_vote else pgettext("button", "Adopt the decision")
