"""Rules of seats, mandates, and what must be seen coming."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from core import journal
from core.errors import DomainError, ObjectGone, ReasonRequired, StaleObject
from core.saving import Invalid
from directory.models import Person
from steering.domain import mandates, seats, sitting, terms
from steering.enums import AlertKind
from steering.errors import RuleMissing
from steering.models import Mandate, Presence, Seat
from steering.tests.factories import (
    SINCE,
    make_committee,
    make_mandate,
    make_meeting,
    make_organisation,
    make_person,
    make_seat,
)
from steering.tests.test_committees import verbs_of

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 1)


def taken(**fields: Any) -> Seat:
    committee = fields.pop("committee", None) or make_committee()
    organisation = fields.pop("organisation", None) or make_organisation()
    values: dict[str, Any] = {"rank": 1, "voice": "deliberative", "starts_on": SINCE, **fields}
    return seats.create(committee=committee, organisation=organisation, actor=None, **values)


def appointed(seat: Seat, person: Person | None = None, **fields: Any) -> Mandate:
    values: dict[str, Any] = {"kind": "titular", "starts_on": SINCE, **fields}
    return mandates.appoint(seat=seat, person=person or make_person(), actor=None, **values)


# -- seats ----------------------------------------------------------------------------------------------------------
@pytest.mark.feature(51)
def test_a_seat_belongs_to_an_institution_from_its_first_day() -> None:
    seat = taken()
    tenure = seat.tenures.get()
    assert (tenure.organisation, tenure.starts_on, tenure.ends_on) == (seat.organisation, SINCE, None)
    assert verbs_of(seat.committee) == ["committee.seat"]


def test_a_second_seat_of_one_institution_is_confirmed_first() -> None:
    seat = taken()
    with pytest.raises(DomainError) as refused:
        taken(committee=seat.committee, organisation=seat.organisation)
    assert (refused.value.code, refused.value.field) == ("second_seat", "second")
    taken(committee=seat.committee, organisation=seat.organisation, second=True)
    assert seat.committee.seats.count() == 2


def test_one_seat_presides_at_a_time() -> None:
    seat = taken(presides=True)
    with pytest.raises(Invalid) as refused:
        taken(committee=seat.committee, presides=True)
    assert "presides" in refused.value.errors


def test_a_seat_is_corrected_with_its_tenure_and_not_after_its_mandates() -> None:
    seat = taken()
    appointed(seat, starts_on=SINCE + timedelta(days=10))
    changed = seats.correct(seat=seat, version=1, actor=None, rank=4, starts_on=SINCE + timedelta(days=5))
    assert (changed.rank, seat.tenures.get().starts_on) == (4, SINCE + timedelta(days=5))
    seats.correct(seat=seat, version=None, actor=None, rank=4)
    assert verbs_of(seat.committee)[0] == "committee.seat_edit"
    assert verbs_of(seat.committee).count("committee.seat_edit") == 1
    with pytest.raises(DomainError) as refused:
        seats.correct(seat=seat, version=None, actor=None, starts_on=DAY)
    assert refused.value.field == "starts_on"
    with pytest.raises(StaleObject):
        seats.correct(seat=seat, version=1, actor=None, rank=9)


def test_a_seat_ends_with_its_tenure_and_mandates_once() -> None:
    seat = taken()
    long, short = appointed(seat), appointed(seat, kind="alternate", ends_on=SINCE + timedelta(days=30))
    for _time in range(2):
        seats.end(seat=seat, version=None, ends_on=DAY, actor=None)
    long.refresh_from_db()
    short.refresh_from_db()
    assert (long.ends_on, short.ends_on, seat.tenures.get().ends_on) == (DAY, SINCE + timedelta(days=30), DAY)
    assert verbs_of(seat.committee)[0] == "committee.seat_end"
    assert verbs_of(seat.committee).count("committee.seat_end") == 1

    other = taken()
    appointed(other, starts_on=DAY + timedelta(days=1))
    with pytest.raises(DomainError) as refused:
        seats.end(seat=other, version=None, ends_on=DAY, actor=None)
    assert refused.value.field == "ends_on"


# -- mandates -------------------------------------------------------------------------------------------------------
@pytest.mark.feature(51)
def test_no_two_titulars_at_once_and_nobody_twice() -> None:
    seat = taken()
    first = appointed(seat, ends_on=DAY)
    with pytest.raises(Invalid) as refused:
        appointed(seat, starts_on=DAY)
    assert "starts_on" in refused.value.errors
    with pytest.raises(Invalid):
        appointed(seat, first.person, kind="alternate")
    appointed(seat, starts_on=DAY + timedelta(days=1))
    assert verbs_of(seat.committee)[:2] == ["committee.mandate", "committee.mandate"]


def test_an_alternate_needs_the_rule_of_the_act() -> None:
    unknown = taken(committee=make_committee(act={"alternates": None}))
    with pytest.raises(RuleMissing):
        appointed(unknown, kind="alternate")
    excluded = taken(committee=make_committee(act={"alternates": False}))
    with pytest.raises(DomainError) as refused:
        appointed(excluded, kind="alternate")
    assert refused.value.field == "kind"
    titular = appointed(excluded)
    with pytest.raises(DomainError):
        mandates.correct(mandate=titular, version=None, actor=None, kind="alternate")


@pytest.mark.parametrize(
    ("days", "field"),
    [
        ({"starts_on": SINCE - timedelta(days=1), "ends_on": DAY}, "starts_on"),
        ({"starts_on": DAY + timedelta(days=1)}, "starts_on"),
        ({"starts_on": SINCE}, "ends_on"),
        ({"starts_on": SINCE, "ends_on": DAY + timedelta(days=1)}, "ends_on"),
    ],
)
def test_a_mandate_lies_within_its_seat(days: dict[str, date], field: str) -> None:
    seat = taken(ends_on=DAY)
    with pytest.raises(DomainError) as refused:
        appointed(seat, **days)
    assert refused.value.field == field


def test_a_mandate_is_corrected_and_ended_once() -> None:
    mandate = appointed(taken())
    changed = mandates.correct(mandate=mandate, version=1, actor=None, letter="2026/12", letter_on=DAY)
    mandates.correct(mandate=mandate, version=changed.version, actor=None, letter="2026/12", letter_on=DAY)
    for _time in range(2):
        mandates.end(mandate=mandate, version=None, ends_on=DAY, actor=None)
    done = verbs_of(mandate.seat.committee)[:2]
    assert done == ["committee.mandate_end", "committee.mandate_edit"]
    with pytest.raises(StaleObject):
        mandates.end(mandate=mandate, version=1, ends_on=DAY, actor=None)
    with pytest.raises(Invalid):
        mandates.end(mandate=mandate, version=None, ends_on=SINCE - timedelta(days=1), actor=None)


@pytest.mark.feature(51)
def test_replacing_a_person_ends_one_mandate_and_begins_the_next_and_changes_no_past_row() -> None:
    committee = make_committee(seats=1)
    seat = committee.seats.get()
    old = seat.mandates.get()
    meeting = make_meeting(committee, "held")
    presence = Presence.objects.create(meeting=meeting, seat=seat, mandate=old, arrived_at=meeting.starts_at)
    new = mandates.replace(
        mandate=old, version=1, person=make_person(), on=DAY, function="Directeur", letter="12", actor=None
    )

    old.refresh_from_db()
    assert (old.ends_on, new.starts_on, new.kind) == (DAY - timedelta(days=1), DAY, "titular")
    assert sitting.titular_of(seat, on=DAY) == new
    assert sitting.titular_of(seat, on=DAY - timedelta(days=1)) == old
    presence.refresh_from_db()
    assert presence.mandate == old
    assert journal.history_of(committee)[0].data["before"] == old.pk
    with pytest.raises(StaleObject):
        mandates.replace(mandate=old, version=1, person=make_person(), on=DAY, actor=None)


def test_a_replacement_is_refused_for_the_same_person_and_the_first_day() -> None:
    mandate = appointed(taken())
    for values, field in (
        ({"person": mandate.person, "on": DAY}, "person"),
        ({"person": make_person(), "on": SINCE}, "on"),
    ):
        with pytest.raises(DomainError) as refused:
            mandates.replace(mandate=mandate, version=None, actor=None, **values)
        assert refused.value.field == field
    other = appointed(mandate.seat, kind="alternate")
    with pytest.raises(Invalid) as twice:
        mandates.replace(mandate=mandate, version=None, person=other.person, on=DAY, actor=None)
    assert "on" in twice.value.errors
    mandate.refresh_from_db()
    assert mandate.ends_on is None


def test_a_mandate_entered_by_mistake_is_taken_back_where_nothing_stands_on_it() -> None:
    committee = make_committee(seats=1)
    used = committee.seats.get().mandates.get()
    meeting = make_meeting(committee, "held")
    Presence.objects.create(meeting=meeting, seat=used.seat, mandate=used, arrived_at=meeting.starts_at)
    with pytest.raises(DomainError) as refused:
        mandates.take_back(mandate=used, actor=None, reason="Erreur")
    assert refused.value.code == "in_use"

    mistake = appointed(taken(committee=committee))
    with pytest.raises(ReasonRequired):
        mandates.take_back(mandate=mistake, actor=None, reason="")
    for _time in range(2):
        mandates.take_back(mandate=mistake, actor=None, reason="Homonyme")
    assert verbs_of(committee)[0] == "committee.mandate_remove"
    assert verbs_of(committee).count("committee.mandate_remove") == 1
    with pytest.raises(ObjectGone):
        mandates.end(mandate=Mandate(pk=mistake.pk, seat=mistake.seat), version=None, ends_on=DAY, actor=None)


# -- alerts ---------------------------------------------------------------------------------------------------------
@pytest.mark.feature(52)
def test_alerts_name_vacant_votes_seats_without_titular_and_mandates_that_end() -> None:
    today = timezone.localdate()
    committee = make_committee()
    make_seat(committee, rank=1, voice="consultative")
    vacant = make_seat(committee, rank=2)
    only_alternate = make_mandate(make_seat(committee, rank=3), kind="alternate").seat
    soon = make_mandate(make_seat(committee, rank=4), ends_on=today + timedelta(days=60))
    make_mandate(make_seat(committee, rank=5), ends_on=today + timedelta(days=61))
    followed = make_mandate(make_seat(committee, rank=6), ends_on=today + timedelta(days=5))
    make_mandate(followed.seat, starts_on=today + timedelta(days=6))
    make_mandate(make_seat(committee, rank=7, ends_on=today + timedelta(days=5)), ends_on=today + timedelta(days=5))
    make_seat(committee, rank=8, ends_on=today - timedelta(days=1))

    found = [(alert.kind, alert.seat.rank) for alert in terms.of_committee(committee, on=today)]
    assert found == [
        (AlertKind.VACANT, vacant.rank),
        (AlertKind.WITHOUT_TITULAR, 1),
        (AlertKind.WITHOUT_TITULAR, only_alternate.rank),
        (AlertKind.ENDING, soon.seat.rank),
    ]
    assert [alert.kind for alert in terms.everywhere(on=today)] == [kind for kind, _rank in found]
    assert terms.of_committee(committee, on=today)[-1].ends_on == soon.ends_on
    assert terms.is_vacant(vacant, on=today) and not terms.is_vacant(soon.seat, on=today)
