"""The staff side of sessions in the browser's place: forms that lose nothing, who sees what, lists that stay quick."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import timezone

from accounts.tests.factories import make_user
from core import journal
from core.testing.queries import assert_flat_queries
from directory.tests.factories import make_governorate, make_person
from trainings.domain import half_days, parts, sessions
from trainings.enums import SessionState
from trainings.models import HalfDay, Session, SessionPart, Training
from trainings.tests.factories import (
    make_category,
    make_part,
    make_question,
    make_registration,
    make_session,
    make_training,
)

pytestmark = pytest.mark.django_db
Client = Any


@pytest.fixture
def officer(client_for: Callable[..., Client]) -> Client:
    return client_for(make_user("officer"))


def page(client: Client, name: str, *args: object, query: str = "") -> str:
    response = client.get(reverse(f"trainings:{name}", args=args) + query)
    assert response.status_code == 200
    return str(response.content.decode())


def url(name: str, *args: object) -> str:
    return reverse(f"trainings:{name}", args=args)


def new_session(**fields: Any) -> dict[str, Any]:
    day = timezone.localdate() + timedelta(days=30)
    return {
        "training": make_training().pk,
        "kind": "SEM",
        "starts_on": f"{day:%d/%m/%Y}",
        "ends_on": f"{day + timedelta(days=1):%d/%m/%Y}",
        "capacity": "25",
        "offer_hours": "48",
        "attendance_threshold": "75",
        **fields,
    }


@pytest.mark.feature(18)
@pytest.mark.feature(115)
def test_staff_make_a_session_of_two_parts_and_publish_it(officer: Client) -> None:
    interface, committee = make_category("interface"), make_category("committee")
    typed = new_session(
        title_fr="Monter un cluster",
        title_ar="بعث عنقود",
        title_en="Setting up a cluster",
        audience_fr="Structures d’interface",
        **{parts.category_field(interface): "20"},
    )
    response = officer.post(url("session-create"), typed)
    session = Session.objects.get()
    assert response.url == url("session-detail", session.slug)
    assert session.code.startswith("SEM-")
    day = session.ends_on + timedelta(days=1)
    second = {
        "title_fr": "Pour le comité",
        "starts_on": f"{day:%d/%m/%Y}",
        "ends_on": f"{day + timedelta(days=1):%d/%m/%Y}",
        "capacity": "12",
        parts.category_field(committee): "12",
    }
    officer.post(url("part-create", session.slug), second)
    first, other = session.parts.order_by("position")
    assert (first.capacity, other.capacity) == (25, 12)
    assert [row.category.code for part in (first, other) for row in part.categories.all()] == ["interface", "committee"]
    officer.post(url("session-publish", session.slug))
    session.refresh_from_db()
    assert session.state == SessionState.DRAFT, "no half-days yet"
    for part in (first, other):
        officer.post(
            url("half-day-create", part.pk),
            {"on_day": f"{part.starts_on:%d/%m/%Y}", "half": "morning", "starts_at": "9h", "ends_at": "12:30"},
        )
    officer.post(url("session-publish", session.slug))
    session.refresh_from_db()
    assert session.state == SessionState.PUBLISHED
    for language, title in (("", "Monter un cluster"), ("/ar", "بعث عنقود"), ("/en", "Setting up a cluster")):
        assert title in officer.get(f"{language}/sessions/{session.slug}/").content.decode()


def test_the_same_form_twice_makes_one_session(officer: Client) -> None:
    token = re.search(r'name="once" value="([^"]+)"', page(officer, "session-create"))
    typed = new_session(once=token[1] if token else "")
    first, second = (officer.post(url("session-create"), typed) for _time in range(2))
    assert Session.objects.count() == 1
    assert first.url == second.url


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"starts_on": "31/06/2026"}, "starts_on"),
        ({"starts_on": "10/06/2026", "ends_on": "09/06/2026"}, "ends_on"),
        ({"title_fr": "x" * 301}, "title_fr"),
        ({"capacity": "0"}, "capacity"),
        ({"code": "séance !"}, "code"),
        ({"training": ""}, "training"),
    ],
)
def test_a_wrong_field_is_said_twice_and_loses_nothing(officer: Client, fields: dict[str, str], field: str) -> None:
    response = officer.post(url("session-create"), new_session(venue_fr="Maison de l’artisan", **fields))
    html = response.content.decode()
    assert response.status_code == 200
    assert list(response.context["form"].errors) == [field]
    assert f'href="#id_{field}"' in html
    assert f'id="id_{field}_error"' in html
    assert "Maison de l’artisan" in html
    assert not Session.objects.exists()


def test_two_edits_that_do_not_overlap_are_joined(officer: Client) -> None:
    session = make_session("draft", title_fr="Avant")
    shown = officer.get(url("session-edit", session.slug)).context["form"].initial
    typed = {name: value for name, value in shown.items() if value not in (None, False)}
    sessions.update(session=session, version=None, actor=make_user(), now=timezone.now(), venue_fr="Sfax")
    officer.post(url("session-edit", session.slug), {**typed, "title_fr": "Après"})
    session.refresh_from_db()
    assert (session.title_fr, session.venue_fr) == ("Après", "Sfax")


def test_two_edits_of_one_field_show_both_versions(officer: Client) -> None:
    session = make_session("draft", title_fr="Avant")
    shown = officer.get(url("session-edit", session.slug)).context["form"].initial
    typed = {name: value for name, value in shown.items() if value not in (None, False)}
    sessions.update(session=session, version=None, actor=make_user(), now=timezone.now(), title_fr="Entre-temps")
    response = officer.post(url("session-edit", session.slug), {**typed, "title_fr": "Après"})
    html = response.content.decode()
    assert response.status_code == 409
    assert "Entre-temps" in html
    assert "Après" in html


@pytest.mark.feature(24)
def test_too_few_places_name_who_is_over_and_lead_there(officer: Client) -> None:
    part = make_session(capacity=2).parts.get()
    make_registration(part, name_latin="Premier Inscrit")
    make_registration(part, name_latin="Second Inscrit")
    typed = {
        "title_fr": part.title_fr,
        "starts_on": f"{part.starts_on:%d/%m/%Y}",
        "ends_on": f"{part.ends_on:%d/%m/%Y}",
        "capacity": "1",
        "version": "1",
    }
    response = officer.post(url("part-edit", part.pk), typed)
    assert list(response.context["form"].errors) == ["capacity"]
    html = response.content.decode()
    assert re.search(r'<li><a href="[^"]*\?q=Second[^"]*"><bdi>Second Inscrit</bdi></a>', html)
    assert "Premier Inscrit" not in html


def test_a_half_day_outside_its_part_is_said_beside_its_day(officer: Client) -> None:
    part = make_session("draft").parts.get()
    outside = part.ends_on + timedelta(days=1)
    typed = {"on_day": f"{outside:%d/%m/%Y}", "half": "morning", "starts_at": "09:00", "ends_at": "12:00"}
    response = officer.post(url("half-day-create", part.pk), typed)
    assert list(response.context["form"].errors) == ["on_day"]
    half_day = part.half_days.first()
    typed = {"on_day": f"{part.starts_on:%d/%m/%Y}", "half": "morning", "starts_at": "09:00", "ends_at": "15:00"}
    response = officer.post(url("half-day-edit", half_day.pk), {**typed, "version": "1"})
    assert list(response.context["form"].errors) == ["starts_at"]


def test_propose_says_the_days_without_a_half_day(officer: Client) -> None:
    part = make_session("draft", half_days=False).parts.get()
    response = officer.post(url("half-days-propose", part.pk), follow=True)
    said = " ".join(str(message) for message in get_messages(response.wsgi_request)) or response.content.decode()
    assert str(part.starts_on.year) in said
    assert not HalfDay.objects.exists()


def test_publish_is_disabled_with_its_reason_beside_it(officer: Client) -> None:
    session = make_session("draft", half_days=False)
    html = page(officer, "session-detail", session.slug)
    assert re.search(r'<button[^>]*disabled aria-describedby="why-not">', html)
    assert 'id="why-not"' in html


def test_a_verb_that_the_state_does_not_allow_says_who_was_quicker(officer: Client) -> None:
    session = make_session("draft")
    sessions.publish(session=session, actor=make_user(full_name="Responsable du programme"))
    response = officer.post(url("session-publish", session.slug), follow=True)
    assert "Responsable du programme" in response.content.decode()


def test_cancel_from_its_page(officer: Client) -> None:
    session = make_session()
    make_registration(session.parts.get())
    assert officer.get(url("session-cancel", session.slug)).context["concerned"] == 1
    response = officer.post(url("session-cancel", session.slug), {"reason": "Salle", "notice": ""})
    assert list(response.context["form"].errors) == ["notice"]
    officer.post(url("session-cancel", session.slug), {"reason": "Salle", "notice": "Salle indisponible."})
    session.refresh_from_db()
    assert session.state == SessionState.CANCELLED
    assert "Salle indisponible." in page(officer, "session-detail", session.slug)


def test_trainers_are_found_in_the_directory(officer: Client) -> None:
    session = make_session("draft")
    person = make_person("Experte Exemple")
    html = page(officer, "trainer-list", session.slug, query="?q=experte")
    assert "Experte Exemple" in html
    officer.post(url("trainer-add", session.slug), {"person": person.pk})
    assert session.trainers.get().person == person
    assert officer.post(url("trainer-add", session.slug), {"person": "x"}).status_code == 404
    officer.post(url("trainer-remove", session.trainers.get().pk))
    assert not session.trainers.exists()


def test_questions_are_added_changed_and_moved(officer: Client) -> None:
    session = make_session("draft")
    make_question(session, label_fr="Première")
    officer.post(url("question-list", session.slug), {"label_fr": "Seconde", "kind": "text"})
    second = session.questions.get(label_fr="Seconde")
    officer.post(url("question-up", second.pk))
    officer.post(url("question-edit", second.pk), {"label_fr": "Devant", "kind": "yes_no", "is_required": "on"})
    assert list(session.questions.values_list("label_fr", flat=True)) == ["Devant", "Première"]
    officer.post(url("question-remove", second.pk))
    assert session.questions.count() == 1


def test_trainings_are_made_and_changed(officer: Client) -> None:
    programme = make_training().programme
    response = officer.post(url("training-create"), {"title_fr": "Nouvelle", "programme": programme.pk})
    training = Training.objects.get(title_fr="Nouvelle")
    assert response.url == url("training-detail", training.pk)
    officer.post(url("training-edit", training.pk), {"title_fr": "Autre", "programme": programme.pk, "version": "1"})
    training.refresh_from_db()
    assert training.title_fr == "Autre"
    assert training.title_fr in page(officer, "training-list", query="?q=autre")


def test_history_says_who_did_what_and_what_changed(officer: Client) -> None:
    session = make_session("draft", venue_fr="Tunis")
    actor = make_user(full_name="Responsable du programme")
    sessions.update(session=session, version=None, actor=actor, now=timezone.now(), venue_fr="Sfax")
    sessions.propose(session=session, actor=actor)
    sessions.send_back(session=session, actor=actor, reason="Salle à préciser")
    html = page(officer, "session-history", session.slug)
    for words in ("Responsable du programme", "Tunis", "Sfax", "Salle à préciser"):
        assert words in html
    assert journal.history_of(session).count() == 3


@pytest.mark.feature(116)
def test_auditors_read_without_names_and_change_nothing(client_for: Callable[..., Client]) -> None:
    auditor = client_for(make_user("auditor"))
    session = make_session(trainers=[make_person("Experte Exemple")])
    session.parts.get().half_days.first().trainers.set([session.trainers.get().person])
    sessions.update(
        session=session, version=None, actor=make_user(full_name="Une Agente"), now=timezone.now(), venue_fr="X"
    )
    for name in ("session-detail", "session-history"):
        html = page(auditor, name, session.slug)
        assert "Experte Exemple" not in html
        assert "Une Agente" not in html
        assert url("session-edit", session.slug) not in html
    assert auditor.get(url("session-detail", make_session("draft").slug)).status_code == 404
    assert auditor.post(url("session-close", session.slug)).status_code == 403


@pytest.mark.feature(116)
def test_trainers_see_their_own_sessions_only(client_for: Callable[..., Client]) -> None:
    user = make_user("trainer")
    own, other = make_session(trainers=[make_person(user=user)]), make_session()
    trainer = client_for(user)
    html = page(trainer, "session-list")
    assert own.title_fr in html
    assert other.title_fr not in html
    assert url("session-create") not in html
    assert "disabled" not in page(trainer, "session-detail", own.slug)
    assert trainer.get(url("session-detail", other.slug)).status_code == 404
    assert trainer.get(url("session-edit", own.slug)).status_code == 403
    assert trainer.get(url("session-history", own.slug)).status_code == 403


def titles(response: Any) -> list[str]:
    return [row.title_fr for row in response.context["page"].rows]


def test_the_list_filters_sorts_and_has_views(officer: Client) -> None:
    today = timezone.localdate()
    sfax = make_governorate()
    make_session("held", title_fr="Ancienne", starts_on=today - timedelta(days=400), kind="SEM")
    make_session("closed", title_fr="Finie", starts_on=today - timedelta(days=3))
    make_session("open", title_fr="Bientôt", starts_on=today + timedelta(days=9), governorate=sfax, code="ATE-2026-77")
    make_session("cancelled", title_fr="Annulée", starts_on=today + timedelta(days=10))

    def asked(query: str) -> list[str]:
        return titles(officer.get(f"{url('session-list')}?{query}"))

    assert asked("") == ["Annulée", "Bientôt", "Finie", "Ancienne"]
    assert asked("view=upcoming") == ["Bientôt"]
    assert asked("view=to-close") == ["Finie"]
    assert asked("view=past&sort=date") == ["Ancienne", "Finie"]
    assert asked("sort=title") == ["Ancienne", "Annulée", "Bientôt", "Finie"]
    assert asked("q=BIENTOT") == asked("q=ate-2026-77") == asked(f"governorate={sfax.pk}") == ["Bientôt"]
    assert asked("kind=SEM") == asked(f"year={(today - timedelta(days=400)).year}&state=held") == ["Ancienne"]
    response = officer.get(f"{url('session-list')}?q=introuvable")
    assert titles(response) == []
    assert 'class="empty"' in response.content.decode()


def test_the_list_is_as_quick_with_three_sessions_as_with_one(officer: Client) -> None:
    def one() -> None:
        session = make_session(parts=2, governorate=make_governorate())
        make_registration(session.parts.first())

    assert assert_flat_queries(officer, url("session-list"), one) <= 12


def test_the_list_of_trainings_is_as_quick_with_three_as_with_one(officer: Client) -> None:
    assert assert_flat_queries(officer, url("training-list"), lambda: make_session()) <= 12


def test_the_file_of_a_session_is_as_quick_with_three_parts_as_with_one(officer: Client) -> None:
    session = make_session(trainers=[make_person()])
    positions = iter(range(2, 9))

    def one() -> SessionPart:
        part = make_part(session, position=next(positions), categories={"interface": 3})
        make_registration(part)
        return part

    assert assert_flat_queries(officer, url("session-detail", session.slug), one, limit=14) <= 14


def test_a_person_who_cannot_exist_is_not_added_as_trainer(officer: Client) -> None:
    session = make_session("draft")
    for typed in ("9" * 5000, "9" * 18, "-1", "²", "x", ""):
        assert officer.post(url("trainer-add", session.slug), {"person": typed}).status_code == 404
    assert not session.trainers.exists()


def test_two_edits_of_the_trainers_of_a_half_day_show_both_versions(officer: Client) -> None:
    first, second = make_person(), make_person()
    session = make_session("draft", trainers=[first, second])
    half_day = session.parts.get().half_days.all()[0]
    typed = {
        "on_day": f"{half_day.on_day:%d/%m/%Y}",
        "half": half_day.half,
        "starts_at": "09:00",
        "ends_at": "12:00",
        "room": "Salle 1",
        "trainers": [first.pk],
        "version": "1",
    }
    half_days.update(half_day=half_day, version=1, trainers=[second], actor=make_user(), now=timezone.now())
    address = url("half-day-edit", half_day.pk)
    response = officer.post(address, typed)
    assert response.status_code == 409
    [conflict] = response.context["merge"].conflicts
    assert (conflict.mine, conflict.theirs) == (first.name, second.name)
    officer.post(address, {**typed, "version": "2", "room": "Salle 2", "pick-trainers": "theirs"})
    half_day.refresh_from_db()
    assert (half_day.room, list(half_day.trainers.all())) == ("Salle 2", [second])


@pytest.mark.parametrize("name", ["part-create", "half-day-create", "question-list", "registration-create"])
def test_choices_of_a_conflict_change_nothing_in_a_form_that_adds(officer: Client, name: str) -> None:
    session = make_session("open")
    part = session.parts.get()
    where = {"half-day-create": [part.pk], "registration-create": [session.slug, 1]}.get(name, [session.slug])
    names = ("title_fr", "on_day", "label_fr", "name_latin", "trainers")
    response = officer.post(url(name, *where), {f"pick-{field}": "theirs" for field in names})
    assert response.status_code == 200 and response.context["form"].errors
