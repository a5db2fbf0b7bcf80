"""The fictional committee meets: convened, answered, held with votes and notes, minutes sent; then one to convene."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from core import journal
from directory.domain.calendar import is_working_day
from pasri_portal.demo.scene import Scene, at_hour
from steering.documents.letter import letter_pdf
from steering.documents.minutes import minutes_pdf
from steering.domain import (
    agenda,
    answers,
    convocations,
    decisions,
    guests,
    items,
    meetings,
    minutes,
    notes,
    presence,
    recommendations,
    remarks,
    reservations,
    sitting_acts,
    votes,
)
from steering.enums import Audience, BallotChoice, DecisionMode, Expected, MeetingKind, RecommendationOrigin, Reply
from steering.models import AgendaItem, Decision, Meeting, Recommendation

PLACE = {"place_fr": "Salle Exemple, Tunis", "place_ar": "القاعة المثال، تونس"}


@dataclass(frozen=True)
class Held:
    """What the meeting left behind for the follow-up."""

    meeting: Meeting
    delay: Decision
    recommendation: Recommendation
    publication: Decision


@dataclass
class Sitting:
    """The meeting on its day; `at(20)` is twenty minutes after its hour."""

    scene: Scene
    meeting: Meeting

    def at(self, minutes: int) -> datetime:
        return self.meeting.starts_at + timedelta(minutes=minutes)

    @contextmanager
    def told(self, minutes: int) -> Iterator[dict[str, object]]:
        """What a verb of the room takes at that minute, told as of then."""
        at = self.at(minutes)
        with journal.told_at(at):
            yield {"at": at, "actor": self.scene.officer, "now": at}


def hold(scene: Scene) -> Held:
    """Planned, convened, answered, held with five seats, its minutes sent and remarked on."""
    day = _working_day(scene.day(12))
    with journal.told_at(at_hour(day - timedelta(days=21), 10)):
        meeting = _planned(scene, day)
    with journal.told_at(at_hour(day - timedelta(days=14), 10)):
        convocations.convene(
            meeting=meeting,
            answers_until=at_hour(day - timedelta(days=2), 17),
            render=letter_pdf,
            actor=scene.officer,
            now=at_hour(day - timedelta(days=14), 10),
        )
    heard = at_hour(day - timedelta(days=8), 11)
    replies = (Reply.PRESENT, Reply.PRESENT, Reply.PRESENT, Reply.ALTERNATE, Reply.EXCUSED)
    _answer(scene, meeting, tuple((index, reply, heard) for index, reply in enumerate(replies)))
    sitting = Sitting(scene, meeting)
    _arrive(sitting)
    delay, (recommendation, publication) = _deliberate(sitting)
    with sitting.told(150) as how:
        sitting_acts.lift(meeting=meeting, **how)
    meeting.refresh_from_db()
    _send_minutes(scene, meeting)
    return Held(meeting, delay, recommendation, publication)


def to_convene(scene: Scene) -> Meeting:
    """The next meeting, planned: its agenda begins with the minutes to approve and the open actions."""
    day = _working_day(scene.day(-28))
    with journal.told_at(scene.ago(1)):
        meeting = meetings.plan(
            committee=scene.committee,
            actor=scene.officer,
            now=scene.ago(1),
            starts_at=at_hour(day, 9, 30),
            ends_at=at_hour(day, 12, 30),
            **PLACE,
        )
        agenda.add(
            meeting=meeting,
            actor=scene.officer,
            title_fr="Adoption du plan d’action, version 2",
            title_ar="المصادقة على خطة العمل، النسخة 2",
            rapporteur=scene.secretariat,
            expected=Expected.DECIDE,
            duration=40,
        )
    return meeting


def convened(scene: Scene) -> Meeting:
    """An extraordinary meeting to which everybody is called; two seats have answered."""
    day = _working_day(scene.day(-14))
    with journal.told_at(scene.ago(3)):
        meeting = meetings.plan(
            committee=scene.committee,
            actor=scene.officer,
            now=scene.ago(3),
            fill=False,
            kind=MeetingKind.EXTRAORDINARY,
            starts_at=at_hour(day, 10),
            ends_at=at_hour(day, 11, 30),
            **PLACE,
        )
        agenda.add(
            meeting=meeting,
            actor=scene.officer,
            title_fr="Calendrier du prochain appel à candidatures",
            title_ar="رزنامة طلب الترشحات القادم",
            rapporteur=scene.seats[5].organisation,
            expected=Expected.DECIDE,
            duration=45,
        )
    with journal.told_at(scene.ago(2)):
        until = at_hour(day - timedelta(days=2), 17)
        convocations.convene(
            meeting=meeting, answers_until=until, render=letter_pdf, actor=scene.officer, now=scene.ago(2)
        )
    _answer(scene, meeting, ((0, Reply.PRESENT, scene.ago(1)), (3, Reply.ALTERNATE, scene.ago(1))))
    return meeting


def _working_day(day: date) -> date:
    while not is_working_day(day):
        day -= timedelta(days=1)
    return day


def _planned(scene: Scene, day: date) -> Meeting:
    meeting = meetings.plan(
        committee=scene.committee,
        actor=scene.officer,
        now=at_hour(day - timedelta(days=21), 10),
        starts_at=at_hour(day, 9, 30),
        ends_at=at_hour(day, 12, 30),
        **PLACE,
    )
    for title_fr, title_ar, expected, rapporteur in (
        ("Délai demandé pour le recensement", "أجل مطلوب لإنجاز الجرد", Expected.DECIDE, 3),
        ("Présentation des grappes artisanales", "تقديم العناقيد الحرفية", Expected.INFORM, 5),
    ):
        agenda.add(
            meeting=meeting,
            actor=scene.officer,
            title_fr=title_fr,
            title_ar=title_ar,
            rapporteur=scene.seats[rapporteur].organisation,
            expected=expected,
            duration=30,
        )
    agenda.add(
        meeting=meeting,
        readers=[scene.seats[0], scene.seats[1]],
        actor=scene.officer,
        title_fr="Situation d’un bénéficiaire",
        title_ar="وضعية أحد المنتفعين",
        expected=Expected.ADVISE,
        duration=15,
        audience=Audience.NAMED,
    )
    return meeting


def _answer(scene: Scene, meeting: Meeting, given: tuple[tuple[int, str, datetime], ...]) -> None:
    """Answers of some seats, by their place, as the secretariat wrote them down."""
    for index, reply, at in given:
        with journal.told_at(at):
            answers.give(
                meeting=meeting,
                seat=scene.seats[index],
                reply=reply,
                person=scene.titulars[index].person,
                alternate=scene.alternates.get(index) if reply == Reply.ALTERNATE else None,
                by_staff=True,
                actor=scene.officer,
                now=at,
            )


def _arrive(sitting: Sitting) -> None:
    """The presiding seat, the secretariat and the demo account’s seat at once; others later."""
    scene, meeting = sitting.scene, sitting.meeting
    with sitting.told(0) as how:
        for mandate in (*scene.titulars[:3], scene.alternates[3]):
            presence.arrive(meeting=meeting, mandate=mandate, **how)
        guests.add(
            meeting=meeting,
            actor=scene.officer,
            now=sitting.at(0),
            name="Experte Exemple",
            function="Experte invitée",
            institution="Bureau d’études Exemple",
            arrived_at=sitting.at(0),
        )
    with sitting.told(8):
        sitting_acts.open_meeting(meeting=meeting, actor=scene.officer, now=sitting.at(8))
    meeting.refresh_from_db()


def _deliberate(sitting: Sitting) -> tuple[Decision, Recommendation]:
    follow_up, census, crafts, closed = sitting.meeting.items.order_by("position")
    _treat(
        sitting,
        follow_up,
        (10, 35),
        "Le secrétariat présente l’état des actions ouvertes. Trois actions sont en retard ; les institutions "
        "responsables expliquent les causes.",
        "قدّمت كتابة اللجنة وضع الإجراءات المفتوحة. ثلاثة إجراءات متأخرة، وبيّنت المؤسسات المسؤولة الأسباب.",
    )
    delay = _vote(sitting, census)
    with sitting.told(70) as how:
        presence.arrive(meeting=sitting.meeting, mandate=sitting.scene.titulars[5], **how)
    raised = _crafts(sitting, crafts)
    _treat(sitting, closed, (110, 140), "Le comité donne un avis favorable à la poursuite.", "")
    return delay, raised


def _treat(sitting: Sitting, item: AgendaItem, between: tuple[int, int], french: str, arabic: str) -> None:
    _start(sitting, item, between[0], french, arabic)
    with sitting.told(between[1]) as how:
        items.treat(item=item, **how)


def _start(sitting: Sitting, item: AgendaItem, minute: int, french: str, arabic: str) -> None:
    with sitting.told(minute) as how:
        items.start(item=item, **how)
    item.refresh_from_db()
    with sitting.told(minute + 5):
        notes.write(
            item=item,
            text_fr=french,
            text_ar=arabic,
            version=None,
            actor=sitting.scene.officer,
            now=sitting.at(minute + 5),
        )


def _vote(sitting: Sitting, item: AgendaItem) -> Decision:
    """A named vote, carried by three voices against one, with a reservation."""
    scene = sitting.scene
    words = "Le pôle expose l’avancement du recensement et demande un délai. Un membre juge le délai long."
    _start(sitting, item, 36, words, "")
    with sitting.told(50):
        decision = decisions.prepare(
            item=item,
            mode=DecisionMode.NAMED,
            text_fr="Le comité accorde un délai pour achever le recensement des structures d’appui ; l’échéance "
            "initiale reste affichée.",
            text_ar="تمنح اللجنة أجلا لإتمام جرد هياكل المساندة، ويبقى الأجل الأصلي ظاهرا.",
            owner=scene.seats[3].organisation,
            actor=scene.officer,
        )
    choices = {scene.seats[index].pk: BallotChoice.FOR for index in (0, 1, 3)}
    with sitting.told(55) as how:
        votes.cast(decision=decision, choices=choices | {scene.seats[2].pk: BallotChoice.AGAINST}, **how)
        decision = decisions.decide(decision=decision, **how)
        reservations.record(
            decision=decision,
            seat=scene.seats[2],
            text="Le pôle demande un point d’étape avant la fin du délai.",
            actor=scene.officer,
            now=sitting.at(55),
        )
    with sitting.told(60) as how:
        items.treat(item=item, **how)
    return decision


def _crafts(sitting: Sitting, item: AgendaItem) -> tuple[Recommendation, Decision]:
    """A recommendation is raised in the item, and the committee decides to publish by consensus."""
    scene = sitting.scene
    _start(
        sitting,
        item,
        72,
        "L’association présente les grappes artisanales accompagnées et leurs besoins.",
        "قدّمت الجمعية العناقيد الحرفية المرافقة وحاجياتها.",
    )
    with sitting.told(90) as how:
        recommendation = recommendations.create(
            committee=scene.committee,
            actor=scene.officer,
            code="RE3",
            origin_kind=RecommendationOrigin.MEETING,
            item=item,
            text_fr="Publier chaque trimestre l’état des grappes artisanales accompagnées",
            text_ar="نشر وضع العناقيد الحرفية المرافقة كل ثلاثية",
            given_on=sitting.meeting.day,
            addressee=scene.seats[5].organisation,
            origin=scene.committee.origin,
            closure_fr="Publication datée sur le portail",
            closure_ar="نشر مؤرّخ بالبوابة",
        )
        decision = decisions.prepare(
            item=item,
            mode=DecisionMode.CONSENSUS,
            text_fr="Le comité décide de publier l’état des grappes artisanales.",
            text_ar="تقرّر اللجنة نشر وضع العناقيد الحرفية.",
            owner=scene.seats[5].organisation,
            actor=scene.officer,
        )
        decision = decisions.decide(decision=decision, **how)
    with sitting.told(105) as how:
        items.treat(item=item, **how)
    return recommendation, decision


def _send_minutes(scene: Scene, meeting: Meeting) -> None:
    """Sent five days ago; one remark is settled, one is open; the time for remarks runs on."""
    sent = scene.ago(5)
    with journal.told_at(sent):
        text = minutes.send(meeting=meeting, actor=scene.officer, now=sent, printer=minutes_pdf)
    census = meeting.items.get(position=2)
    said = (
        (scene.member, scene.titulars[2], census, "Préciser la date du point d’étape demandé.", 4),
        (scene.officer, scene.titulars[5], None, "يرجى تدقيق صفة ممثّل الجمعية في قائمة الحضور.", 2),
    )
    for actor, mandate, item, words, days in said:
        with journal.told_at(scene.ago(days)):
            remark = remarks.add(
                minutes=text.minutes, mandate=mandate, text=words, item=item, actor=actor, now=scene.ago(days)
            )
        if item is not None:
            with journal.told_at(scene.ago(3)):
                remarks.settle(
                    remark=remark,
                    state="left",
                    answer="La date n’a pas été fixée en séance : elle figure au plan d’action.",
                    actor=scene.officer,
                    now=scene.ago(3),
                )
