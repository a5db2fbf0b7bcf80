"""What the fictional committee follows up: recommendations, actions in every state, a plan in two versions."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.utils import timezone
from PIL import Image, ImageDraw, ImageFont

from core import journal, reads
from pasri_portal.demo.meeting import Held
from pasri_portal.demo.scene import Scene
from steering.domain import (
    acceptance,
    actions,
    evidence,
    plans,
    progress,
    recommendations,
    reviews,
    slips,
    verification,
)
from steering.domain.evidence import Given
from steering.domain.reviews import Opinion
from steering.domain.rulings import Said
from steering.enums import RecommendationOrigin, Verdict, Weight
from steering.models import Action, Plan, Recommendation

RECOMMENDATIONS = (
    (
        "RE1",
        RecommendationOrigin.EVALUATION,
        "Recenser les structures d’appui aux clusters de chaque gouvernorat",
        "جرد هياكل مساندة العناقيد في كل ولاية",
        3,
        Weight.HIGH,
        "Évaluation Exemple à mi-parcours",
    ),
    (
        "RE2",
        RecommendationOrigin.AUDIT,
        "Documenter les conventions passées avec les bénéficiaires",
        "توثيق الاتفاقيات المبرمة مع المنتفعين",
        1,
        Weight.NORMAL,
        "Rapport d’audit Exemple",
    ),
)
"""Code, origin, text in French and Arabic, rank of the seat that it is addressed to, priority, document."""


@dataclass(frozen=True)
class Task:
    """An action: text, seat in charge, days since its start, days since it is due (below zero: to come)."""

    key: str
    title: tuple[str, str]
    seat: int
    started: int
    due: int
    answers: str = "RE1"
    weight: int = 1
    parent: str = ""


TASKS = (
    Task("census", ("Achever le recensement des structures d’appui", "إتمام جرد هياكل المساندة"), 3, 260, 95, weight=3),
    Task("map", ("Publier la carte des structures d’appui", "نشر خارطة هياكل المساندة"), 2, 200, 40, weight=2),
    Task("guide", ("Rédiger le guide de l’animateur", "تحرير دليل المنشّط"), 4, 220, 60),
    Task("terms", ("Rédiger les termes de référence", "تحرير الشروط المرجعية"), 4, 250, 150),
    Task("pool", ("Préparer le vivier d’animateurs", "إعداد رصيد المنشّطين"), 5, 180, -60, weight=4),
    Task("call", ("Lancer l’appel à candidatures", "إطلاق طلب الترشحات"), 5, 180, 10, weight=1, parent="pool"),
    Task("jury", ("Réunir le jury de sélection", "دعوة لجنة الفرز إلى الاجتماع"), 5, 90, -40, weight=2, parent="pool"),
    Task("files", ("Classer les conventions signées", "ترتيب الاتفاقيات الممضاة"), 1, 250, 125, answers="RE2"),
    Task("forum", ("Organiser un forum des grappes", "تنظيم منتدى للعناقيد"), 6, 150, 30),
    Task("report", ("Publier le bilan annuel", "نشر التقرير السنوي"), 0, 20, -90),
)


@dataclass
class Work:
    """What the committee follows up, by key."""

    recommendations: dict[str, Recommendation] = field(default_factory=dict)
    actions: dict[str, Action] = field(default_factory=dict)
    plan: Plan | None = None


def begin(scene: Scene) -> Work:
    """Recommendations accepted with their actions; version 1 of the plan, reviewed and adopted; what was done."""
    work = Work()
    _recommend(scene, work)
    _adopt_plan(scene, work)
    _report(scene, work)
    return work


def go_on(scene: Scene, work: Work, held: Held) -> None:
    """After the meeting: the delay that it gave, an action for what it recommended, version 2 under review."""
    with journal.told_at(scene.ago(10)):
        slips.move_due(
            action=_fresh(work, "census"),
            to_on=scene.day(3),
            reason="Délai accordé par le comité pour achever le recensement.",
            decision=held.delay,
            actor=scene.officer,
            now=scene.ago(10),
        )
    with journal.told_at(scene.ago(9)):
        acceptance.accept(
            recommendation=held.recommendation,
            said=Said(note="Acceptée en séance."),
            first={
                "title_fr": "Publier l’état trimestriel des grappes artisanales",
                "title_ar": "نشر الوضع الثلاثي للعناقيد الحرفية",
                "owner": scene.seats[5].organisation,
                "starts_on": scene.day(9),
                "decision": held.publication,
            },
            due_on=scene.day(-75),
            actor=scene.officer,
            now=scene.ago(9),
        )
    _review_second_version(scene, work)


# -- recommendations and actions -------------------------------------------------------------------------------------
def _recommend(scene: Scene, work: Work) -> None:
    for code, kind, text_fr, text_ar, seat, priority, document in RECOMMENDATIONS:
        with journal.told_at(scene.ago(300)):
            work.recommendations[code] = recommendations.create(
                committee=scene.committee,
                actor=scene.officer,
                code=code,
                origin_kind=kind,
                reference=document,
                text_fr=text_fr,
                text_ar=text_ar,
                given_on=scene.day(300),
                addressee=scene.seats[seat].organisation,
                priority=priority,
                origin=scene.committee.origin,
                closure_fr="Document daté et publié",
                closure_ar="وثيقة مؤرّخة ومنشورة",
            )
    for task in TASKS:
        with journal.told_at(scene.ago(max(task.started, 1))):
            work.actions[task.key] = actions.create(
                committee=scene.committee,
                actor=scene.officer,
                parent=work.actions.get(task.parent),
                title_fr=task.title[0],
                title_ar=task.title[1],
                owner=scene.seats[task.seat].organisation,
                owner_person=scene.titulars[task.seat].person if task.seat < len(scene.titulars) else None,
                starts_on=scene.day(task.started),
                due_on=scene.day(task.due),
                weight=task.weight,
                recommendation=work.recommendations[task.answers],
                origin=scene.committee.origin,
            )
    with journal.told_at(scene.ago(20)):
        recommendations.create(
            committee=scene.committee,
            actor=scene.officer,
            code="RE4",
            origin_kind=RecommendationOrigin.EVALUATION,
            reference="Évaluation Exemple à mi-parcours",
            text_fr="Former les animateurs à la médiation et doter chaque grappe d’un budget d’animation",
            text_ar="تكوين المنشّطين في الوساطة وتخصيص ميزانية تنشيط لكل عنقود",
            given_on=scene.day(20),
            addressee=scene.seats[0].organisation,
            origin=scene.committee.origin,
        )
    for recommendation in work.recommendations.values():
        with journal.told_at(scene.ago(255)):
            acceptance.accept(
                recommendation=recommendation,
                said=Said(note="Acceptée par le destinataire."),
                actor=scene.officer,
                now=scene.ago(255),
            )


def _report(scene: Scene, work: Work) -> None:
    """Progress with notes, a slip, a proof, a declaration that is verified, one that waits, one given up."""
    _say(scene, work, "census", 30, "Neuf gouvernorats recensés.", 190)
    _say(scene, work, "census", 60, "Seize gouvernorats recensés ; les fiches du Sud manquent.", 80)
    with journal.told_at(scene.ago(100)):
        slips.move_due(
            action=_fresh(work, "map"),
            to_on=scene.day(25),
            reason="La carte attend la fin du recensement.",
            actor=scene.officer,
            now=scene.ago(100),
        )
    _say(scene, work, "map", 20, "Fond de carte préparé.", 70, by_member=True)
    _say(scene, work, "call", 50, "Texte de l’appel rédigé.", 60)
    _done(scene, work, "terms", "Termes de référence remis au secrétariat.", 155)
    _verify(scene, work, "terms", 150)
    _done(scene, work, "guide", "Guide rédigé, relu par deux animateurs.", 12)
    with journal.told_at(scene.ago(45)):
        verification.drop(
            action=_fresh(work, "forum"),
            reason="Remplacé par la présentation des grappes en réunion.",
            actor=scene.officer,
        )


def _say(scene: Scene, work: Work, key: str, percent: int, note: str, days: int, *, by_member: bool = False) -> None:
    with journal.told_at(scene.ago(days)):
        action = _fresh(work, key)
        progress.declare(
            action=action,
            percent=percent,
            note=note,
            given=_proof(f"{key}-{percent}", note) if percent >= 50 else None,
            actor=scene.member if by_member else scene.officer,
            person=None if by_member else action.owner_person,
            now=scene.ago(days),
        )


def _done(scene: Scene, work: Work, key: str, note: str, days: int) -> None:
    with journal.told_at(scene.ago(days)):
        action = _fresh(work, key)
        verification.declare_done(
            action=action,
            note=note,
            given=_proof(key, note),
            actor=scene.officer,
            person=action.owner_person,
            now=scene.ago(days),
        )


def _verify(scene: Scene, work: Work, key: str, days: int) -> None:
    """The demo member opens the proof of another institution, and confirms it."""
    action = _fresh(work, key)
    for piece in action.evidence.all():
        reads.note(user=scene.member, what=evidence.READ, object_id=piece.pk)
    with journal.told_at(scene.ago(days)):
        verification.confirm(
            action=action, note="Document lu, conforme à la demande.", actor=scene.member, now=scene.ago(days)
        )


def _fresh(work: Work, key: str) -> Action:
    return Action.objects.select_related("recommendation", "parent", "owner_person").get(pk=work.actions[key].pk)


def _proof(name: str, label: str) -> Given:
    """A picture that says that it is an example."""
    picture = Image.new("RGB", (640, 360), (245, 241, 232))
    ImageDraw.Draw(picture).text((40, 150), "Démonstration\nPièce d’exemple", (17, 38, 44), ImageFont.load_default(40))
    out = io.BytesIO()
    picture.save(out, "PNG")
    return Given(f"exemple-{name}.png", out.getvalue(), label[:200])


# -- the plan --------------------------------------------------------------------------------------------------------
def _adopt_plan(scene: Scene, work: Work) -> None:
    with journal.told_at(scene.ago(245)):
        version = plans.create(
            committee=scene.committee,
            name_fr="Plan d’action Exemple",
            name_ar="خطة العمل المثال",
            name_en="Example action plan",
            actor=scene.officer,
        )
        whole = [action for action in work.actions.values() if action.parent_id is None]
        plans.choose(plan_version=version, actions=whole, actor=scene.officer)
    with journal.told_at(scene.ago(240)):
        plans.send_to_review(plan_version=version, until=scene.ago(226), actor=scene.officer, now=scene.ago(240))
    for index in (0, 3, 4):
        _opine(scene, version, index, [Opinion(None, Verdict.APPROVE)], scene.ago(235))
    with journal.told_at(scene.ago(220)):
        version.refresh_from_db()
        plans.adopt(plan_version=version, on=scene.day(220), actor=scene.officer, now=scene.ago(220))
        plans.publish(plan=version.plan, actor=scene.officer)
    work.plan = version.plan


def _review_second_version(scene: Scene, work: Work) -> None:
    plan = work.plan
    if plan is None:
        raise LookupError("the plan comes first")
    with journal.told_at(scene.ago(4)):
        version = plans.new_version(plan=plan, actor=scene.officer)
        chosen = [action for action in plans.choosable(plan) if action.is_open]
        plans.choose(plan_version=version, actions=chosen, actor=scene.officer)
        until = timezone.localtime(scene.now + timedelta(days=10)).replace(hour=17, minute=0, second=0, microsecond=0)
        plans.send_to_review(plan_version=version, until=until, actor=scene.officer, now=scene.ago(4))
    census, guide = work.actions["census"], work.actions["guide"]
    _opine(scene, version, 0, [Opinion(None, Verdict.APPROVE), Opinion(census, Verdict.APPROVE)], scene.ago(3))
    wish = "Prévoir un point d’étape au milieu du délai."
    _opine(scene, version, 4, [Opinion(census, Verdict.CHANGES, wish), Opinion(guide, Verdict.RECUSE)], scene.ago(2))
    lacking = "Le calendrier de la carte n’est pas joint."
    _opine(scene, version, 3, [Opinion(work.actions["map"], Verdict.LACKING, lacking)], scene.ago(1))


def _opine(scene: Scene, version: object, index: int, opinions: list[Opinion], at: datetime) -> None:
    with journal.told_at(at):
        reviews.give(
            plan_version=version,  # type: ignore[arg-type]
            mandate=scene.titulars[index],
            opinions=opinions,
            actor=scene.officer,
            now=at,
        )
