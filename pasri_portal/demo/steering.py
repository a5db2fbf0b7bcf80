"""The steering of the fictional season: a committee of fictional institutions, a meeting held, one to convene.

Everybody in it is fictional and called so; the demo account of the role member holds a mandate in it.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from accounts.models import User
from core import journal
from directory.domain import organisations, persons
from directory.enums import OrganisationKind, Origin
from directory.models import Organisation, Person, Programme
from pasri_portal.demo import committee_2014, follow_up, meeting
from pasri_portal.demo.scene import Scene
from steering.domain import acts, committees, mandates, seats
from steering.enums import MandateKind, Voice
from steering.models import Mandate, Seat

NEW_BODIES = (
    ("Ministère Exemple", "الوزارة المثال", OrganisationKind.MINISTRY),
    ("Agence Exemple", "الوكالة المثال", OrganisationKind.AGENCY),
)
TITULARS = (
    ("Directrice générale Exemple", "المديرة العامة المثال", "Directrice générale"),
    ("Secrétaire du comité Exemple", "كاتب اللجنة المثال", "Secrétaire du comité"),
    ("", "", "Directeur du pôle"),
    ("Directrice du pôle Exemple 2", "مديرة القطب المثال 2", "Directrice du pôle"),
    ("Chef de service Exemple", "رئيس مصلحة المثال", "Chef de service"),
    ("Présidente Exemple", "رئيسة الجمعية المثال", "Présidente de l’association"),
)
ALTERNATES = {
    1: ("Sous-directeur Exemple", "كاهية المدير المثال", "Sous-directeur"),
    3: ("Chargé de projet Exemple", "مكلف بمشروع المثال", "Chargé de projet"),
    5: ("Trésorier Exemple", "أمين المال المثال", "Trésorier de l’association"),
}


def load(*, now: datetime, officer: User, member: User, bodies: list[Organisation]) -> None:
    """The documented committee of 2014, then the fictional one with all that it did."""
    committee_2014.load(now=now)
    with journal.told_at(now - timedelta(days=400)):
        scene = _committee(now=now, officer=officer, member=member, bodies=bodies)
    work = follow_up.begin(scene)
    held = meeting.hold(scene)
    follow_up.go_on(scene, work, held)
    meeting.convened(scene)
    meeting.to_convene(scene)


def _committee(*, now: datetime, officer: User, member: User, bodies: list[Organisation]) -> Scene:
    since = timezone.localdate(now) - timedelta(days=400)
    new = [
        organisations.create(actor=officer, name_fr=fr, name_ar=ar, kind=kind, origin=Origin.FICTIONAL)
        for fr, ar, kind in NEW_BODIES
    ]
    committee = committees.create(
        actor=officer,
        now=now - timedelta(days=400),
        name_fr="Comité de pilotage Exemple",
        name_ar="لجنة القيادة المثال",
        name_en="Example steering committee",
        programme=Programme.objects.get(code="demonstration"),
        secretariat=new[1],
        origin=Origin.FICTIONAL,
    )
    act = acts.enter(committee=committee, actor=officer, in_force_from=since, signed_on=since, **RULES)
    made = [
        seats.create(
            committee=committee,
            organisation=body,
            actor=officer,
            rank=rank,
            voice=Voice.CONSULTATIVE if rank == 7 else Voice.DELIBERATIVE,
            presides=rank == 1,
            starts_on=since,
        )
        for rank, body in enumerate([*new, *bodies], start=1)
    ]
    committees.update(committee=committee, version=None, actor=officer, verifier=made[0])
    committee.refresh_from_db()
    titulars = [_sit(seat, row, member, now=now, officer=officer) for seat, row in zip(made, TITULARS, strict=False)]
    alternates = {
        rank: _sit(made[rank], row, member, now=now, officer=officer, kind=MandateKind.ALTERNATE)
        for rank, row in ALTERNATES.items()
    }
    return Scene(now, officer, member, committee, act, made, titulars, alternates)


def _sit(
    seat: Seat,
    row: tuple[str, str, str],
    member: User,
    *,
    now: datetime,
    officer: User,
    kind: str = MandateKind.TITULAR,
) -> Mandate:
    """A mandate without an end; that of the last titular ends soon, so that its alert shows."""
    latin, arabic, function = row
    person = _person(latin, arabic, function, seat, kind, now=now) if latin else _member(member, function, now=now)
    ends_on = timezone.localdate(now) + timedelta(days=35) if seat.rank == 6 and kind == MandateKind.TITULAR else None
    return mandates.appoint(
        seat=seat,
        person=person,
        actor=officer,
        kind=kind,
        function=function,
        starts_on=seat.starts_on,
        ends_on=ends_on,
        letter=f"EX-{seat.rank:02}",
        letter_on=seat.starts_on,
    )


def _person(latin: str, arabic: str, function: str, seat: Seat, kind: str, *, now: datetime) -> Person:
    return persons.create(
        actor=None,
        now=now,
        name_latin=latin,
        name_ar=arabic,
        function=function,
        email=f"siege{seat.rank}.{kind}@exemple.invalid",
        origin=Origin.FICTIONAL,
    )


def _member(user: User, function: str, *, now: datetime) -> Person:
    """The file of the demo account of the role member."""
    person = persons.create(
        actor=None,
        now=now,
        name_latin=f"{user.full_name} Exemple",
        name_ar=f"{user.full_name_ar} المثال",
        function=function,
        email=user.email,
        origin=Origin.FICTIONAL,
    )
    return persons.link_account(person=person, user=user, actor=None)


RULES: acts.ActFields = {
    "title_fr": "Arrêté Exemple portant création du comité",
    "title_ar": "قرار مثال يتعلق بإحداث اللجنة",
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
    "chair_substitute": "alternate",
    "alternates": True,
    "proxies": True,
    "proxies_each": 1,
    "proxies_in_quorum": False,
    "minutes_days": 15,
    "language": "ar",
    "written_procedure": False,
}
