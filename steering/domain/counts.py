"""The quorum as it is kept: counted at every change, per item at its opening and at each decision.

What is kept stays equal to a recount: whoever corrects a presence afterwards corrects the counts of these hours too
(the snapshots hold what was kept before).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext

from core.errors import DomainError
from steering.domain import quorum, room, rules, sitting
from steering.enums import Cause, MandateKind, Voice, Voters
from steering.errors import NoAct, RuleMissing
from steering.models import AgendaItem, Ballot, FoundingAct, Meeting, Presence, Proxy, QuorumCount, Recusal, Seat


class VoteLost(DomainError):
    """The change would leave a vote of a seat that was not in the room when it voted."""

    code = "vote_lost"

    def __init__(self, ballot: Ballot) -> None:
        text = gettext("%(seat)s has voted on %(number)s at that hour: correct that vote first.")
        super().__init__(text % {"seat": ballot.seat, "number": ballot.decision.number})


@dataclass(frozen=True)
class Facts:
    """All that the quorum of a meeting is counted from."""

    rules: quorum.Rules
    voting: frozenset[int]
    stays: tuple[quorum.Stay, ...]
    proxies: tuple[quorum.Given, ...]
    recused: tuple[tuple[int, int, datetime], ...]
    """Item, seat, since when."""

    def count(self, at: datetime, item: int | None = None) -> quorum.Count:
        """The quorum at an instant, in an item or in the meeting as a whole."""
        recused = {seat for of_item, seat, since in self.recused if of_item == item and since <= at}
        return quorum.count(
            voting=self.voting, rules=self.rules, stays=self.stays, proxies=self.proxies, recused=recused, at=at
        )


def voting_seats(meeting: Meeting, act: FoundingAct) -> list[Seat]:
    """The seats in office on the day that vote, by rank. Raises RuleMissing, also where a voice is not known."""
    seats = list(sitting.seats_on(meeting.committee, on=meeting.day))
    if rules.needed(act, "voters") != Voters.DELIBERATIVE:
        return seats
    unknown = [seat for seat in seats if seat.voice == Voice.UNKNOWN]
    if unknown:
        raise RuleMissing(*(gettext("voice of %(seat)s") % {"seat": seat} for seat in unknown))
    return [seat for seat in seats if seat.voice == Voice.DELIBERATIVE]


def facts_of(meeting: Meeting) -> Facts:
    """Everything that the counting needs. Raises NoAct, and RuleMissing where the act is silent on what is needed."""
    act = room.act_of(meeting)
    presences = list(Presence.objects.filter(meeting=meeting).select_related("mandate"))
    given = list(Proxy.objects.filter(meeting=meeting))
    prefix = "second" if meeting.second_call_of_id else "quorum"
    names = [f"{prefix}_numerator", f"{prefix}_denominator", "voters"]
    if any(each.mandate.kind == MandateKind.ALTERNATE for each in presences):
        names.append("alternates")
    if given:
        names += ["proxies", "proxies_in_quorum"]
    numerator, denominator, *_rest = rules.needed(act, *names)
    return Facts(
        rules=quorum.Rules(
            numerator, denominator, bool(act.alternates), bool(act.proxies), bool(act.proxies_in_quorum)
        ),
        voting=frozenset(seat.pk for seat in voting_seats(meeting, act)),
        stays=tuple(
            quorum.Stay(each.seat_id, each.mandate.kind == MandateKind.TITULAR, each.arrived_at, each.left_at)
            for each in presences
        ),
        proxies=tuple(quorum.Given(each.giver_id, each.holder_id, each.arrived_at, each.left_at) for each in given),
        recused=tuple(
            Recusal.objects.filter(item__meeting=meeting)
            .order_by("id")
            .values_list("item_id", "seat_id", "declared_at")
        ),
    )


def keep(meeting: Meeting, *, at: datetime, cause: Cause, item: AgendaItem | None = None) -> QuorumCount:
    """Count at `at` and keep it. Raises NoAct, RuleMissing."""
    return _kept(meeting, facts_of(meeting), at=at, cause=cause, item_id=item.pk if item else None)


def changed(meeting: Meeting, *instants: datetime, cause: Cause) -> None:
    """Somebody came or went, or a proxy or a recusal changed, at `instants`: correct later counts, keep new ones.

    Where the act does not say the quorum nothing is counted yet: the opening will say so. Raises VoteLost.
    """
    try:
        facts = facts_of(meeting)
    except (NoAct, RuleMissing):
        return
    _correct(meeting, facts, since=min(instants))
    _votes_stand(meeting, facts)
    for at in sorted(set(instants)):
        _kept(meeting, facts, at=at, cause=cause, item_id=None)
        for item_id in _items_open_at(meeting, at):
            _kept(meeting, facts, at=at, cause=cause, item_id=item_id)


def newest(meeting: Meeting, item: AgendaItem | None = None) -> QuorumCount | None:
    """What was kept last, of an item or of the meeting as a whole."""
    return QuorumCount.objects.filter(meeting=meeting, item=item).order_by("-at", "-id").first()


def _values(count: quorum.Count, facts: Facts) -> dict[str, object]:
    given = [giver for giver, _holder in count.proxies] if facts.rules.proxies_in_quorum else []
    return {
        "in_office": count.in_office,
        "required": count.required,
        "counted": count.counted,
        "voices": count.voices,
        "seats": sorted([*count.seats, *given]),
    }


def _kept(meeting: Meeting, facts: Facts, *, at: datetime, cause: Cause, item_id: int | None) -> QuorumCount:
    values = _values(facts.count(at, item_id), facts)
    return QuorumCount.objects.create(meeting=meeting, item_id=item_id, at=at, cause=cause, **values)


def _correct(meeting: Meeting, facts: Facts, *, since: datetime) -> None:
    """Bring what was kept at `since` or later to what a recount says now."""
    for row in QuorumCount.objects.filter(meeting=meeting, at__gte=since):
        values = _values(facts.count(row.at, row.item_id), facts)
        names = [name for name, value in values.items() if getattr(row, name) != value]
        for name in names:
            setattr(row, name, values[name])
        if names:
            row.save(update_fields=names)


def _votes_stand(meeting: Meeting, facts: Facts) -> None:
    ballots = Ballot.objects.filter(decision__item__meeting=meeting)
    for ballot in ballots.select_related("decision", "seat__organisation").order_by("id"):
        count = facts.count(ballot.cast_at, ballot.decision.item_id)
        if ballot.seat_id not in {*count.seats, *(giver for giver, _holder in count.proxies)}:
            raise VoteLost(ballot)


def _items_open_at(meeting: Meeting, at: datetime) -> Iterable[int]:
    rows = AgendaItem.objects.filter(meeting=meeting, opened_at__lte=at)
    return rows.filter(Q(treated_at__isnull=True) | Q(treated_at__gt=at)).values_list("pk", flat=True).order_by("pk")
