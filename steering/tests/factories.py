"""Committees, meetings and plans for tests, as they lie in the database: no verb's checks, journal or messages.

`make_committee(seats=5)` has a founding act whose rules are all set and five voting seats with a titular each, the
first presiding. To show a rule, call the rule's own verb.
"""

from __future__ import annotations

import itertools
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from accounts.models import RoleGrant, User
from directory.models import Organisation, Person
from steering.models import (
    Action,
    AgendaItem,
    Answer,
    Committee,
    FoundingAct,
    Mandate,
    Meeting,
    Recommendation,
    Seat,
    Tenure,
)

SINCE = date(2020, 1, 1)
ALL_RULES: dict[str, Any] = {
    "power": "decides",
    "meetings_a_year": 4,
    "notice_days": 7,
    "notice_count": "calendar",
    "quorum_numerator": 1,
    "quorum_denominator": 2,
    "second_call_days": 10,
    "second_numerator": 0,
    "second_denominator": 1,
    "majority": "cast",
    "casting_vote": True,
    "voters": "deliberative",
    "chair_substitute": "rank",
    "alternates": True,
    "proxies": True,
    "proxies_each": 1,
    "proxies_in_quorum": False,
    "minutes_days": 15,
    "language": "ar",
    "written_procedure": False,
}
_numbers = itertools.count(1)


def make_organisation(**fields: Any) -> Organisation:
    number = next(_numbers)
    values = {"name_fr": f"Institution {number}", "name_ar": f"مؤسسة {number}", "kind": "agency", **fields}
    return Organisation.objects.create(**values)


def make_person(*, user: User | None = None, **fields: Any) -> Person:
    number = next(_numbers)
    values = {
        "name_latin": f"Personne {number}",
        "name_ar": f"شخص {number}",
        "email": f"membre{number}@exemple.tn",
        "created_at": timezone.now(),
        **fields,
    }
    return Person.objects.create(user=user, **values)


def make_member_user(**fields: Any) -> User:
    """An account with the role of a committee member."""
    number = next(_numbers)
    values = {"email": f"compte{number}@exemple.tn", "full_name": f"Compte {number}", **fields}
    user = User.objects.create_user(**values)
    RoleGrant.objects.create(user=user, role="member", starts_on=SINCE)
    return user


def make_committee(*, seats: int = 0, act: dict[str, Any] | None = None, **fields: Any) -> Committee:
    """A committee with an act (`act={"majority": ""}` leaves a rule out) and voting seats with a titular each."""
    number = next(_numbers)
    values = {
        "name_fr": f"Comité {number}",
        "name_ar": f"لجنة {number}",
        "slug": f"comite-{number}",
        "created_at": timezone.now(),
        **fields,
    }
    committee = Committee.objects.create(**values)
    make_act(committee, **(act or {}))
    for index in range(seats):
        make_mandate(make_seat(committee, rank=index + 1, presides=index == 0))
    return committee


def make_act(committee: Committee, **rules: Any) -> FoundingAct:
    values = {"title_fr": "Arrêté", "title_ar": "قرار", "in_force_from": SINCE, **ALL_RULES, **rules}
    return FoundingAct.objects.create(committee=committee, **values)


def make_seat(committee: Committee, *, organisation: Organisation | None = None, **fields: Any) -> Seat:
    organisation = organisation or make_organisation()
    values = {"rank": 1, "voice": "deliberative", "starts_on": SINCE, **fields}
    seat = Seat.objects.create(committee=committee, organisation=organisation, **values)
    Tenure.objects.create(seat=seat, organisation=organisation, starts_on=seat.starts_on, ends_on=seat.ends_on)
    return seat


def make_mandate(seat: Seat, *, kind: str = "titular", user: User | None = None, **fields: Any) -> Mandate:
    person = fields.pop("person", None) or make_person(user=user)
    values = {"starts_on": seat.starts_on, **fields}
    return Mandate.objects.create(seat=seat, person=person, kind=kind, **values)


def make_meeting(
    committee: Committee | None = None, state: str = "planned", *, starts_at: datetime | None = None, **fields: Any
) -> Meeting:
    """A meeting in three weeks; an opened or later one has its act and its opening."""
    committee = committee or make_committee(seats=3)
    starts_at = starts_at or timezone.now().replace(minute=0, second=0, microsecond=0) + timedelta(days=21)
    values: dict[str, Any] = {
        "number": committee.meetings.count() + 1,
        "ends_at": starts_at + timedelta(hours=3),
        "place_fr": "Salle 1",
        "place_ar": "القاعة 1",
        **fields,
    }
    if state != "planned":
        values.setdefault("act", committee.acts.first())
        values.setdefault("convened_at", starts_at - timedelta(days=14))
    if state in ("opened", "held", "closed"):
        values.setdefault("opened_at", starts_at)
    if state in ("held", "closed"):
        values.setdefault("lifted_at", starts_at + timedelta(hours=2))
    return Meeting.objects.create(committee=committee, state=state, starts_at=starts_at, **values)


def make_item(meeting: Meeting, **fields: Any) -> AgendaItem:
    number = meeting.items.count() + 1
    values = {"position": number, "title_fr": f"Point {number}", "title_ar": f"النقطة {number}", **fields}
    return AgendaItem.objects.create(meeting=meeting, **values)


def make_answer(meeting: Meeting, seat: Seat, reply: str = "present", **fields: Any) -> Answer:
    values = {"for_on": meeting.day, "at": timezone.now(), **fields}
    return Answer.objects.create(meeting=meeting, seat=seat, reply=reply, **values)


def make_recommendation(committee: Committee | None = None, **fields: Any) -> Recommendation:
    number = next(_numbers)
    values = {
        "code": f"R{number}",
        "origin_kind": "meeting",
        "text_fr": f"Recommandation {number}",
        "text_ar": f"توصية {number}",
        "given_on": SINCE,
        **fields,
    }
    return Recommendation.objects.create(committee=committee or make_committee(), **values)


def make_action(committee: Committee | None = None, *, due_in: int = 30, **fields: Any) -> Action:
    """An action due in `due_in` days (negative: overdue)."""
    number = next(_numbers)
    due_on = fields.pop("due_on", timezone.localdate() + timedelta(days=due_in))
    recommendation = fields.pop("recommendation", None)
    committee = committee or (recommendation.committee if recommendation else make_committee())
    values = {
        "code": f"A-{number:02}",
        "title_fr": f"Action {number}",
        "title_ar": f"إجراء {number}",
        "owner": fields.pop("owner", None) or make_organisation(),
        "starts_on": min(due_on, timezone.localdate()) - timedelta(days=30),
        "due_on": due_on,
        "first_due_on": due_on,
        **fields,
    }
    return Action.objects.create(committee=committee, recommendation=recommendation, **values)
