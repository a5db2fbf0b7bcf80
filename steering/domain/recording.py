"""From the rows of a meeting to the record of its minutes: nothing is typed twice."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any

from django.db import models
from django.db.models import Prefetch

from directory.models import Organisation, Person
from steering.domain import rules, sitting
from steering.domain.record import (
    Attendant,
    BallotLine,
    Chair,
    DecisionLine,
    GuestLine,
    ItemLine,
    Passage,
    Quorum,
    RecommendationLine,
    Record,
    RecusalLine,
    ReservationLine,
    SeatLine,
    Stay,
    named,
    original,
)
from steering.enums import DecisionState, MandateKind, MeetingKind, Reply
from steering.models import (
    AgendaItem,
    Answer,
    Ballot,
    Decision,
    Meeting,
    Presence,
    Proxy,
    QuorumCount,
    Recommendation,
    Recusal,
    Reservation,
    Seat,
    Tenure,
)


def of(meeting: Meeting) -> Record:
    """The minutes as today's rows make them; institutions bear the name of the meeting's day."""
    names = _Names(meeting)
    act = meeting.act or meeting.committee.act_on(meeting.day)
    chair = meeting.chaired_by
    return Record(
        meeting_id=meeting.pk,
        number=meeting.number,
        committee=Passage(meeting.committee.name_fr, meeting.committee.name_ar),
        kind=str(MeetingKind(meeting.kind)),
        day=meeting.day,
        opened_at=meeting.opened_at,
        lifted_at=meeting.lifted_at,
        place=Passage(meeting.place_fr, meeting.place_ar),
        is_second_call=meeting.second_call_of_id is not None,
        from_paper=meeting.from_paper,
        is_fictional=meeting.is_fictional or meeting.committee.is_fictional,
        act=Passage(act.title_fr, act.title_ar) if act else Passage(),
        power=act.power if act else "",
        language=act.language if act and rules.is_set(act, "language") else "",
        chair=Chair(person_name(chair.person), names.of_seat(chair.seat_id)) if chair else None,
        seats=_seats(meeting, names),
        guests=tuple(
            GuestLine(guest.name, guest.function, guest.institution, guest.arrived_at, guest.left_at)
            for guest in meeting.guests.order_by("arrived_at", "name", "id")
        ),
        quorum=_quorum(QuorumCount.objects.filter(meeting=meeting, cause="opening").order_by("-at", "-id").first()),
        items=_items(meeting, names),
    )


def person_name(person: Person) -> Passage:
    return named(person.name_latin, person.name_ar)


def institution_name(organisation: Organisation, day: date) -> Passage:
    """The name that an institution bore on a day, in both languages."""
    return named(organisation.name_on(day, "fr"), organisation.name_on(day, "ar"))


class _Names:
    """What the institutions of the seats were called on the day: who held the seat then, under the name of then."""

    def __init__(self, meeting: Meeting) -> None:
        self.day = meeting.day
        rows = Tenure.objects.in_force(on=self.day).filter(seat__committee=meeting.committee_id)
        held = {row.seat_id: row.organisation for row in self._with_names(rows)}
        seats = Seat.objects.filter(committee=meeting.committee_id)
        self._by_seat = {
            seat.pk: institution_name(held.get(seat.pk, seat.organisation), self.day)
            for seat in self._with_names(seats)
        }

    @staticmethod
    def _with_names(rows: models.QuerySet[Any]) -> models.QuerySet[Any]:
        return rows.select_related("organisation").prefetch_related("organisation__former_names")

    def of_seat(self, seat_id: int) -> Passage:
        return self._by_seat.get(seat_id, Passage())

    def of(self, organisation: Organisation | None) -> Passage:
        return institution_name(organisation, self.day) if organisation else Passage()


# -- presence --------------------------------------------------------------------------------------------------------
def _seats(meeting: Meeting, names: _Names) -> tuple[SeatLine, ...]:
    day = meeting.day
    stays: dict[int, list[Presence]] = defaultdict(list)
    rows = Presence.objects.filter(meeting=meeting).select_related("mandate__person").order_by("arrived_at", "id")
    for row in rows:
        stays[row.seat_id].append(row)
    proxies = {row.giver_id: row for row in Proxy.objects.filter(meeting=meeting).order_by("arrived_at", "id")}
    answers: dict[int, str] = {}
    for answer in Answer.objects.filter(meeting=meeting, for_on=meeting.day).order_by("at", "id"):
        answers[answer.seat_id] = answer.reply
    seats = sitting.seated(sitting.seats_on(meeting.committee, on=day), on=day)
    return tuple(_seat(seat, stays[seat.pk], proxies.get(seat.pk), answers.get(seat.pk, ""), names) for seat in seats)


def _seat(seat: Any, stays: list[Presence], proxy: Proxy | None, reply: str, names: _Names) -> SeatLine:
    """`seat` as `sitting.seated` gives it."""
    kinds = {row.mandate.kind for row in stays}
    if MandateKind.TITULAR in kinds:
        how = "titular"
    elif stays:
        how = "alternate"
    elif proxy is not None:
        how = "proxy"
    elif reply == Reply.EXCUSED:
        how = "excused"
    else:
        how = "absent" if seat.is_held else "vacant"
    return SeatLine(
        institution=names.of_seat(seat.pk),
        voice=seat.voice,
        presides=seat.presides,
        how=how,
        people=_people(stays),
        holder=person_name(seat.titular.person) if seat.titular else Passage(),
        proxy_to=names.of_seat(proxy.holder_id) if proxy else Passage(),
    )


def _people(stays: list[Presence]) -> tuple[Attendant, ...]:
    """The persons of a seat, titular first, each with every coming and going."""
    by_mandate: dict[int, list[Presence]] = defaultdict(list)
    for row in stays:
        by_mandate[row.mandate_id].append(row)
    groups = sorted(by_mandate.values(), key=lambda rows: rows[0].mandate.kind != MandateKind.TITULAR)
    return tuple(
        Attendant(
            name=person_name(rows[0].mandate.person),
            kind=rows[0].mandate.kind,
            stays=tuple(Stay(row.arrived_at, row.left_at) for row in rows),
        )
        for rows in groups
    )


def _quorum(count: QuorumCount | None) -> Quorum | None:
    if count is None:
        return None
    return Quorum(count.counted, count.required, count.in_office, count.voices)


# -- items -----------------------------------------------------------------------------------------------------------
def _items(meeting: Meeting, names: _Names) -> tuple[ItemLine, ...]:
    decided = (DecisionState.ADOPTED, DecisionState.REJECTED, DecisionState.REVOKED)
    ballots = Ballot.objects.select_related("mandate__person").order_by("seat__rank", "seat_id", "id")
    reservations = Reservation.objects.select_related("mandate__person").order_by("seat__rank", "seat_id", "id")
    decisions = (
        Decision.objects.filter(state__in=decided)
        .select_related("owner")
        .prefetch_related(
            Prefetch("ballots", queryset=ballots),
            Prefetch("reservations", queryset=reservations),
            "owner__former_names",
        )
        .order_by("id")
    )
    rows = (
        AgendaItem.objects.filter(meeting=meeting)
        .select_related("rapporteur", "note")
        .prefetch_related(
            "rapporteur__former_names",
            Prefetch("decisions", queryset=decisions),
            Prefetch("recusals", queryset=Recusal.objects.order_by("declared_at", "id")),
            Prefetch(
                "recommendations",
                queryset=Recommendation.objects.filter(parent__isnull=True)
                .select_related("addressee")
                .prefetch_related("addressee__former_names")
                .order_by("code", "id"),
            ),
        )
        .order_by("position", "id")
    )
    counts: dict[int | None, QuorumCount] = {}
    for count in QuorumCount.objects.filter(meeting=meeting, item__isnull=False).order_by("at", "id"):
        counts[count.item_id] = count
    return tuple(_item(row, counts.get(row.pk), names) for row in rows)


def _item(item: AgendaItem, count: QuorumCount | None, names: _Names) -> ItemLine:
    note = getattr(item, "note", None)
    return ItemLine(
        id=item.pk,
        number=item.position,
        title=Passage(item.title_fr, item.title_ar),
        state=item.state,
        expected=item.expected,
        is_confidential=item.is_confidential,
        rapporteur=names.of(item.rapporteur),
        quorum=_quorum(count),
        notes=Passage(note.text_fr, note.text_ar) if note else Passage(),
        recusals=tuple(RecusalLine(names.of_seat(row.seat_id), original(row.interest)) for row in item.recusals.all()),
        decisions=tuple(_decision(row, names) for row in item.decisions.all()),
        recommendations=tuple(
            RecommendationLine(row.pk, row.code, Passage(row.text_fr, row.text_ar), names.of(row.addressee))
            for row in item.recommendations.all()
        ),
    )


def _decision(decision: Decision, names: _Names) -> DecisionLine:
    """As it was settled that day: that a later meeting revoked it stands in the minutes of that one."""
    return DecisionLine(
        id=decision.pk,
        number=decision.number,
        mode=decision.mode,
        state=DecisionState.ADOPTED if decision.state == DecisionState.REVOKED else decision.state,
        text=Passage(decision.text_fr, decision.text_ar),
        votes_for=decision.votes_for,
        votes_against=decision.votes_against,
        abstentions=decision.abstentions,
        by_casting_vote=decision.by_casting_vote,
        owner=names.of(decision.owner),
        due_on=decision.due_on,
        ballots=tuple(
            BallotLine(names.of_seat(row.seat_id), person_name(row.mandate.person), row.choice, row.by_proxy)
            for row in decision.ballots.all()
        ),
        reservations=tuple(
            ReservationLine(names.of_seat(row.seat_id), person_name(row.mandate.person), original(row.text))
            for row in decision.reservations.all()
        ),
    )
