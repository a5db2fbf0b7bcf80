"""A fictional season around today: sessions full, held, certified, moderated, proposed, postponed, cancelled."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from accounts.models import User
from core import journal
from directory.domain import consents, persons, programmes
from directory.enums import Half, Origin, Purpose
from directory.models import Governorate, Organisation, Person, Programme
from pasri_portal.demo.people import Figure, figures
from trainings.domain import (
    attendance,
    cancellation,
    certificates,
    confirmation,
    half_days,
    postponement,
    proposals,
    questions,
    registrations,
    sessions,
    trainers,
    trainings,
    withdrawal,
)
from trainings.domain.attendance import Entry
from trainings.domain.intake import RegistrationData
from trainings.enums import Mark, RegistrationState
from trainings.models import PublicCategory, Registration, Session, Training

HOURS = {Half.MORNING: (time(9), time(12, 30)), Half.AFTERNOON: (time(14), time(17))}


@dataclass(frozen=True)
class Stage:
    """What every session of the season stands on."""

    now: datetime
    officer: User
    trainer: Person
    programme: Programme
    bodies: list[Organisation]

    @property
    def today(self) -> date:
        return timezone.localdate(self.now)


def load(*, now: datetime, officer: User, trainer: User, bodies: list[Organisation]) -> list[Session]:
    """The whole season."""
    stage = Stage(now, officer, _trainer(trainer, now=now), _programme(), bodies)
    told = [full(stage), held_today(stage), certified(stage), moderated(stage), in_the_making(stage), cancelled(stage)]
    return [*told, postponed(stage), proposed(stage, trainer)]


def _programme() -> Programme:
    return programmes.create(
        actor=None,
        code="demonstration",
        name_fr="Programme de démonstration",
        name_ar="برنامج للتجربة",
        name_en="Demonstration programme",
        origin=Origin.FICTIONAL,
    )


def _trainer(user: User, *, now: datetime) -> Person:
    person = persons.create(
        actor=None,
        now=now,
        name_latin=user.full_name,
        name_ar=user.full_name_ar,
        email=user.email,
        origin=Origin.FICTIONAL,
    )
    return persons.link_account(person=person, user=user, actor=None)


def full(stage: Stage) -> Session:
    """Registration is open, every place is taken, people wait, one place is offered."""
    session = _prepared(
        stage,
        title=(
            "Constituer le vivier d’animateurs",
            "تكوين رصيد المنشّطين المحتملين",
            "Building the pool of facilitators",
        ),
        starts_on=stage.today + timedelta(days=23),
        days=2,
        capacity=12,
        made=stage.now - timedelta(days=20),
        venue=("Salle polyvalente", "القاعة متعددة الاختصاصات"),
        governorate="TN-71",
        categories=dict.fromkeys(PublicCategory.objects.order_by("position")[:2], 7),
    )
    questions.add(
        session=session,
        actor=stage.officer,
        label_fr="Qu’attendez-vous de cette formation ?",
        label_ar="ماذا تنتظرون من هذا التكوين؟",
        label_en="What do you expect of this training?",
        kind="long",
    )
    _publish(session, stage, at=stage.now - timedelta(days=18))
    people = _register(session, figures(stage.bodies, 17, start=1), stage, at=stage.now - timedelta(days=15))
    withdrawn = stage.now - timedelta(hours=3)
    with journal.told_at(withdrawn):
        withdrawal.cancel(registration=people[3], now=withdrawn)
    return session


def held_today(stage: Stage) -> Session:
    """Yesterday is closed; today's morning is half marked."""
    session = _prepared(
        stage,
        title=("Animer un cluster au quotidien", "تنشيط العنقود يوميا", "Running a cluster day by day"),
        starts_on=stage.today - timedelta(days=1),
        days=2,
        capacity=20,
        made=stage.now - timedelta(days=40),
        venue=("Pôle Exemple 1, salle 2", "القطب المثال 1، القاعة 2"),
        governorate="TN-71",
    )
    _publish(session, stage, at=stage.now - timedelta(days=35))
    _register(session, figures(stage.bodies, 18, start=101), stage, at=stage.now - timedelta(days=30))
    _close(session, stage, days_before=5)
    days = list(session.parts.get().half_days.all())
    for half_day in days[:2]:
        _attend(session, stage, half_day_index=days.index(half_day), absent=frozenset({4}), excused=frozenset({9}))
    everybody = _confirmed(session)
    attendance.mark(
        half_day=days[2],
        entries={person.pk: Entry(Mark.PRESENT) for person in everybody[: len(everybody) // 2]},
        actor=stage.officer,
        now=stage.now,
    )
    return session


def certified(stage: Stage) -> Session:
    """Held last month: certificates issued, one person under the threshold, one whose name lacks a script."""
    session = _prepared(
        stage,
        title=("Diagnostic et cartographie des acteurs", "التشخيص وخارطة المتدخلين", "Diagnosis and mapping"),
        starts_on=stage.today - timedelta(days=33),
        days=2,
        capacity=15,
        made=stage.now - timedelta(days=80),
        venue=("Centre technique Exemple", "المركز الفني المثال"),
        governorate="TN-61",
    )
    _publish(session, stage, at=stage.now - timedelta(days=75))
    people = figures(stage.bodies, 10, start=201)
    people[7] = replace(people[7], name_ar="")
    _register(session, people, stage, at=stage.now - timedelta(days=70))
    _close(session, stage, days_before=38)
    for index in range(session.parts.get().half_days.count()):
        _attend(session, stage, half_day_index=index, absent=frozenset({2} if index > 0 else ()))
    held, issued = stage.now - timedelta(days=30), stage.now - timedelta(days=28)
    with journal.told_at(held):
        sessions.mark_held(session=session, actor=stage.officer, now=held)
    with journal.told_at(issued):
        certificates.issue_batch(session=session, actor=stage.officer, now=issued)
    return session


def moderated(stage: Stage) -> Session:
    """Staff decide on each registration: four wait for them."""
    session = _prepared(
        stage,
        title=("Monter un projet collaboratif", "إعداد مشروع تعاوني", "Setting up a joint project"),
        starts_on=stage.today + timedelta(days=37),
        days=1,
        capacity=10,
        made=stage.now - timedelta(days=12),
        venue=("Université Exemple", "الجامعة المثال"),
        governorate="TN-81",
        is_moderated=True,
    )
    _publish(session, stage, at=stage.now - timedelta(days=10))
    _register(session, figures(stage.bodies, 4, start=301), stage, at=stage.now - timedelta(days=4))
    return session


def in_the_making(stage: Stage) -> Session:
    """A draft that lacks its half-days."""
    training = _training(stage, ("Grappes artisanales", "العناقيد الحرفية", "Craft clusters"), at=stage.now)
    first = stage.today + timedelta(days=60)
    return sessions.create(
        training=training,
        first_part={"starts_on": first, "ends_on": first + timedelta(days=1), "capacity": 25},
        actor=stage.officer,
        now=stage.now - timedelta(days=1),
        kind="ATE",
    )


def cancelled(stage: Stage) -> Session:
    """Cancelled with a public notice; everybody concerned was told once."""
    session = _prepared(
        stage,
        title=("Financer les actions collectives", "تمويل الأعمال الجماعية", "Funding joint action"),
        starts_on=stage.today + timedelta(days=9),
        days=1,
        capacity=10,
        made=stage.now - timedelta(days=30),
        venue=("Association Exemple", "الجمعية المثال"),
        governorate="TN-41",
    )
    _publish(session, stage, at=stage.now - timedelta(days=28))
    _register(session, figures(stage.bodies, 3, start=401), stage, at=stage.now - timedelta(days=20))
    told = stage.now - timedelta(days=2)
    with journal.told_at(told):
        return cancellation.cancel(
            session=session,
            actor=stage.officer,
            now=told,
            reason="Salle indisponible",
            notice="La session est annulée : la salle n’est plus disponible.",
        )


def postponed(stage: Stage) -> Session:
    """Postponed, its date to be fixed: who registered keeps the place and was told once."""
    session = _prepared(
        stage,
        title=("Mesurer les résultats d’un cluster", "قياس نتائج العنقود", "Measuring the results of a cluster"),
        starts_on=stage.today + timedelta(days=16),
        days=1,
        capacity=12,
        made=stage.now - timedelta(days=34),
        venue=("Pôle Exemple 1, salle 2", "القطب المثال 1، القاعة 2"),
        governorate="TN-71",
    )
    _publish(session, stage, at=stage.now - timedelta(days=32))
    _register(session, figures(stage.bodies, 5, start=501), stage, at=stage.now - timedelta(days=25))
    told = stage.now - timedelta(days=3)
    with journal.told_at(told):
        return postponement.postpone(
            session=session,
            to=None,
            actor=stage.officer,
            now=told,
            reason="La salle est en travaux",
            notice="La session est reportée : la nouvelle date sera communiquée.",
            notice_ar="أُجّلت الدورة، وسيُعلن عن الموعد الجديد.",
        )


def proposed(stage: Stage, trainer: User) -> Session:
    """A trainer proposes it; staff have not answered yet."""
    laid = stage.now - timedelta(days=1)
    training = _training(stage, ("Veille et données du cluster", "اليقظة وبيانات العنقود", "Cluster data"), at=laid)
    first = stage.today + timedelta(days=49 - stage.today.weekday())  # a Monday: a trainer proposes working days
    with journal.told_at(laid):
        return proposals.propose(
            training=training,
            first_part={"starts_on": first, "ends_on": first + timedelta(days=2), "capacity": 15},
            actor=trainer,
            now=laid,
            kind="ATE",
            venue_fr="Centre technique Exemple",
        )


def _prepared(
    stage: Stage,
    *,
    title: tuple[str, str, str],
    starts_on: date,
    days: int,
    capacity: int,
    made: datetime,
    venue: tuple[str, str],
    governorate: str,
    is_moderated: bool = False,
    categories: dict[PublicCategory, int] | None = None,
) -> Session:
    """A draft with one part, its half-days and its trainer."""
    last = starts_on + timedelta(days=days - 1)
    with journal.told_at(made):
        session = sessions.create(
            training=_training(stage, title, at=made),
            first_part={"starts_on": starts_on, "ends_on": last, "capacity": capacity},
            categories=categories,
            actor=stage.officer,
            now=made,
            governorate=Governorate.objects.filter(iso_code=governorate).first(),
            venue_fr=venue[0],
            venue_ar=venue[1],
            is_moderated=is_moderated,
        )
        part = session.parts.get()
        for offset in range(days):
            for half, (starts_at, ends_at) in HOURS.items():
                half_days.add(
                    part=part,
                    actor=stage.officer,
                    now=made,
                    on_day=starts_on + timedelta(days=offset),
                    half=half,
                    starts_at=starts_at,
                    ends_at=ends_at,
                )
        trainers.add(session=session, person=stage.trainer, actor=stage.officer)
    return session


def _training(stage: Stage, title: tuple[str, str, str], *, at: datetime) -> Training:
    return trainings.create(
        actor=stage.officer, now=at, programme=stage.programme, title_fr=title[0], title_ar=title[1], title_en=title[2]
    )


def _publish(session: Session, stage: Stage, *, at: datetime) -> None:
    with journal.told_at(at):
        sessions.publish(session=session, actor=stage.officer)
        sessions.open_registration(session=session, actor=stage.officer, now=at)


def _close(session: Session, stage: Stage, *, days_before: int) -> None:
    with journal.told_at(stage.now - timedelta(days=days_before)):
        sessions.close_registration(session=session, actor=stage.officer)


def _register(session: Session, people: list[Figure], stage: Stage, *, at: datetime) -> list[Registration]:
    """Everybody asks and confirms, one minute after the other, as a visitor does."""
    part = session.parts.get()
    kept = [row.category for row in part.categories.select_related("category")] or [None]
    text = consents.text_in_force(purpose=Purpose.TRAINING, on=timezone.localdate(at))
    made = []
    for minute, person in enumerate(people):
        moment = at + timedelta(minutes=minute)
        data = RegistrationData(
            email=person.email,
            name_latin=person.name_latin,
            name_ar=person.name_ar,
            sex=person.sex,
            function=person.function,
            organisation=person.organisation,
            governorate=person.organisation.governorate,
            category=kept[minute % len(kept)],
            language="ar" if minute % 3 == 2 else "fr",
            consent_text=text,
        )
        with journal.told_at(moment):
            asked = registrations.request(part=part, data=data, now=moment)
            made.append(confirmation.confirm(registration=asked.registration, now=moment + timedelta(seconds=30)))
    return made


def _confirmed(session: Session) -> list[Registration]:
    found = Registration.objects.filter(part__session=session, state=RegistrationState.CONFIRMED)
    return list(found.order_by("rank"))


def _attend(
    session: Session,
    stage: Stage,
    *,
    half_day_index: int,
    absent: frozenset[int] = frozenset(),
    excused: frozenset[int] = frozenset(),
) -> None:
    """Mark everybody of one half-day and close it at its end."""
    half_day = session.parts.get().half_days.all()[half_day_index]
    entries = {}
    for index, person in enumerate(_confirmed(session)):
        mark = Mark.ABSENT if index in absent else Mark.EXCUSED if index in excused else Mark.PRESENT
        entries[person.pk] = Entry(mark)
    with journal.told_at(half_day.ends):
        attendance.mark(half_day=half_day, entries=entries, actor=stage.officer, now=half_day.ends)
        attendance.close(half_day=half_day, actor=stage.officer, now=half_day.ends)
