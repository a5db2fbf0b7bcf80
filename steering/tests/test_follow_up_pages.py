"""Recommendations and actions in a browser: written down, answered, reported on, proved, verified; who sees what."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from core.testing.papers import PDF
from core.testing.queries import assert_flat_queries
from steering.models import Action, Recommendation
from steering.tests.factories import make_action, make_mandate, make_member_user, make_recommendation, make_seat
from steering.tests.follow_up import World, declared, make_world, open_all, part_of, photograph, verified

pytestmark = pytest.mark.django_db
Browse = Callable[..., Any]


@pytest.fixture
def world(settings: Any, tmp_path: Any) -> World:
    settings.MEDIA_ROOT = tmp_path
    return make_world()


@pytest.fixture
def staff(world: World, client_for: Browse) -> Any:
    return client_for(world.staff)


@pytest.fixture
def owner(world: World, client_for: Browse) -> Any:
    return client_for(world.owner_member)


def day(offset: int = 0) -> str:
    return f"{timezone.localdate() + timedelta(days=offset):%d/%m/%Y}"


def url(name: str, *args: object) -> str:
    return reverse(f"steering:{name}", args=args)


def upload(content: bytes = PDF, name: str = "liste.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def errors(response: Any) -> dict[str, Any]:
    assert response.status_code == 200
    return dict(response.context["form"].errors)


def divided(staff: Any, whole: Recommendation) -> Recommendation:
    """The whole in two parts, after a form that lacked something and one that asked for a row more; the first part."""
    split = {
        "rows": 2,
        "version": whole.version,
        "code_1": "R1a",
        "text_fr_1": "Partenaires identifiés",
        "closure_fr_1": "Liste validée par gouvernorat",
        "code_2": "R1b",
        "text_fr_2": "Vivier constitué",
        "closure_fr_2": "",
    }
    bare = staff.post(url("recommendation-split", whole.pk), split)
    assert set(errors(bare)) == {"closure_fr_2"} and "Vivier constitué" in bare.content.decode()
    more = staff.post(url("recommendation-split", whole.pk), {**split, "more": "1"})
    assert 'name="text_fr_3"' in more.content.decode() and "Vivier constitué" in more.content.decode()
    assert not whole.parts.exists()
    staff.post(url("recommendation-split", whole.pk), {**split, "closure_fr_2": "Liste classée"})
    return whole.parts.get(code="R1a")


# -- the whole way ---------------------------------------------------------------------------------------------------
@pytest.mark.feature(64)
@pytest.mark.feature(67)
def test_from_a_recommendation_to_a_verified_action(world: World, staff: Any, owner: Any, client_for: Browse) -> None:
    values = {
        "committee": world.committee.pk,
        "code": "R1",
        "given_on": day(-30),
        "origin_kind": "audit",
        "reference": "Rapport n° 7",
        "text_fr": "Identifier les partenaires et constituer un vivier.",
        "addressee": world.owner.pk,
        "priority": "high",
    }
    wrong = staff.post(url("recommendation-create"), {**values, "reference": ""})
    assert "reference" in errors(wrong) and "Rapport" not in wrong.content.decode()
    staff.post(url("recommendation-create"), values)
    whole = Recommendation.objects.get()

    part = divided(staff, whole)

    answer = {"title_fr": "Recenser", "owner": world.owner.pk, "starts_on": day(), "due_on": day(-1)}
    late = owner.post(url("recommendation-move", part.pk, "accept"), answer)
    assert set(errors(late)) == {"due_on"}
    owner.post(url("recommendation-move", part.pk, "accept"), {**answer, "due_on": day(20)})
    part.refresh_from_db()
    action = part.actions.get()
    assert (part.state, action.code) == ("accepted", "A-01")

    owner.post(url("action-progress", action.pk), {"percent": "40", "note": "Trois gouvernorats sur six."})
    no_file = owner.post(url("action-declare", action.pk), {"note": "Fait."})
    assert set(errors(no_file)) == {"file"} and "Fait." in no_file.content.decode()
    owner.post(url("action-declare", action.pk), {"note": "Fait.", "file": upload(), "label": "Liste"})
    action.refresh_from_db()
    part.refresh_from_db()
    assert (action.state, action.progress, part.state) == ("declared", 100, "running")

    own = owner.post(url("action-verify", action.pk), {"note": "Moi-même."})
    assert "propre institution" in own.content.decode()
    unseen = staff.post(url("action-verify", action.pk), {"note": "Lu."})
    assert "Ouvrez d’abord" in str(unseen.context["form"].non_field_errors())
    piece = action.evidence.get()
    opened = staff.get(url("evidence-file", piece.pk))
    assert b"".join(opened.streaming_content) == PDF and "attachment" in opened["Content-Disposition"]
    staff.post(url("action-verify", action.pk), {"note": "Liste lue et complète."})
    action.refresh_from_db()
    assert action.state == "verified"

    owner.post(url("recommendation-move", part.pk, "declare"), {"note": ""})
    staff.post(url("recommendation-move", part.pk, "verify"), {"note": "Tout y est."})
    part.refresh_from_db()
    assert part.state == "verified"
    history = staff.get(url("action-history", action.pk)).content.decode()
    for words in ("Avancement déclaré\u00a0: 40", "Vérifiée et clôturée", str(world.staff)):
        assert words in history
    page = staff.get(url("recommendation-detail", part.pk)).content.decode()
    assert "Tout y est." in page and str(world.secretariat) in page


@pytest.mark.feature(65)
def test_an_action_is_entered_from_a_recommendation_and_divided(world: World, staff: Any) -> None:
    asked = make_recommendation(world.committee, addressee=world.owner)
    page = staff.get(url("action-create"), {"recommendation": asked.pk})
    assert page.context["form"].initial["owner"] == world.owner.pk
    values = {
        "committee": world.committee.pk,
        "recommendation": asked.pk,
        "title_fr": "Recenser",
        "owner": world.owner.pk,
        "owner_person": world.other_member.person.pk,
        "starts_on": day(),
        "due_on": day(-3),
        "weight": "1",
    }
    wrong = staff.post(url("action-create"), values)
    assert set(errors(wrong)) == {"due_on"} and f'value="{day(-3)}"' in wrong.content.decode()
    foreign = staff.post(url("action-create"), {**values, "due_on": day(9)})
    assert set(errors(foreign)) == {"owner_person"}
    staff.post(url("action-create"), {**values, "due_on": day(9), "owner_person": world.owner_member.person.pk})
    action = Action.objects.get()
    assert (action.recommendation, action.owner_person) == (asked, world.owner_member.person)
    part = {"title_fr": "Étape", "owner": world.owner.pk, "starts_on": day(), "due_on": day(5)}
    for weight in ("1", "3"):
        staff.post(f"{url('action-create')}?parent={action.pk}", {**part, "weight": weight})
    shown = staff.get(url("action-detail", action.pk)).content.decode()
    assert "3 (75,0 %)" in shown and "1 (25,0 %)" in shown
    assert url("action-progress", action.pk) not in shown, "the whole takes no declaration"
    refused = staff.post(url("action-progress", action.pk), {"percent": "10", "note": "x"})
    assert refused.context["form"].non_field_errors()


def test_an_action_cannot_start_after_its_due_date(world: World, staff: Any) -> None:
    action = world.action()
    page = staff.get(url("action-edit", action.pk)).context["form"]
    values = {name: value for name, value in page.initial.items() if value not in (None, "")}
    response = staff.post(url("action-edit", action.pk), {**values, "starts_on": day(4_000)})
    assert set(errors(response)) == {"starts_on"} and f'value="{day(4_000)}"' in response.content.decode()


@pytest.mark.feature(66)
def test_staff_note_what_was_told_and_move_the_due_date(world: World, staff: Any) -> None:
    action = world.action()
    told = {"percent": "30", "note": "Au téléphone.", "person": world.owner_member.person.pk}
    bare = staff.post(url("action-progress", action.pk), {**told, "note": ""})
    assert set(errors(bare)) == {"note"}
    staff.post(url("action-progress", action.pk), told)
    row = action.declarations.get()
    assert (row.percent, row.person, row.by) == (30, world.owner_member.person, world.staff)
    version = Action.objects.get(pk=action.pk).version
    first = action.due_on
    slip = {"to_on": day(-300), "reason": "Arrêté attendu", "version": version}
    assert set(errors(staff.post(url("action-slip", action.pk), slip))) == {"to_on"}
    assert set(errors(staff.post(url("action-slip", action.pk), {**slip, "to_on": day(90), "reason": ""}))) == {
        "reason"
    }
    staff.post(url("action-slip", action.pk), {**slip, "to_on": day(90)})
    page = staff.get(url("action-detail", action.pk)).content.decode()
    assert "Arrêté attendu" in page and f"{first:%d/%m/%Y}" in page and "au départ" in page


@pytest.mark.feature(67)
@pytest.mark.parametrize(
    ("content", "words"),
    [(b"MZ programme", "Ce n’est pas un type"), (b"", "vide"), (b"\x89PNG\r\n\x1a\nrien", "endommagée")],
)
def test_a_file_that_is_not_what_it_claims_is_refused_beside_its_field(
    content: bytes, words: str, world: World, owner: Any
) -> None:
    action = world.action()
    page = owner.post(url("evidence-add", action.pk), {"label": "Liste", "file": upload(content)})
    assert set(errors(page)) == {"file"} and 'value="Liste"' in page.content.decode()
    assert not action.evidence.exists()


def test_a_photograph_is_given_back_without_its_camera(world: World, owner: Any) -> None:
    action = world.action()
    owner.post(url("evidence-add", action.pk), {"label": "Photo", "file": upload(photograph(), "photo.jpg")})
    got = owner.get(url("evidence-file", action.evidence.get().pk))
    assert got["Content-Type"] == "image/jpeg" and b"AppareilSecret" not in b"".join(got.streaming_content)


# -- who sees what ---------------------------------------------------------------------------------------------------
def test_strangers_find_nothing_and_readers_may_not_write(world: World, client_for: Browse) -> None:
    action = declared(world, world.action(recommendation=make_recommendation(world.committee)))
    piece = action.evidence.get()
    stranger, auditor, other = (client_for(user) for user in (world.stranger, world.auditor, world.other_member))
    for name, key in (
        ("action-detail", action.pk),
        ("action-verify", action.pk),
        ("evidence-file", piece.pk),
        ("recommendation-detail", action.recommendation_id),
    ):
        assert stranger.get(url(name, key)).status_code == 404, name
    for name in ("action-progress", "action-declare", "evidence-add"):
        assert other.get(url(name, action.pk)).status_code == 403, name
        assert other.post(url(name, action.pk), {"note": "x", "percent": "1"}).status_code == 403, name
    assert auditor.get(url("evidence-file", piece.pk)).status_code == 200
    assert auditor.get(url("action-verify", action.pk)).status_code == 403


def test_an_auditor_reads_no_name_of_a_person(world: World, client_for: Browse, staff: Any) -> None:
    asked = make_recommendation(world.committee, state="running")
    action = world.action(recommendation=asked, owner_person=world.owner_member.person)
    verified(world, action)
    staff.post(url("recommendation-move", asked.pk, "declare"), {"note": "Dit par l’institution."})
    auditor = client_for(world.auditor)
    names = [str(world.owner_member.person), str(world.owner_member), str(world.staff)]
    pages = [
        url("action-list") + "?stand=all",
        url("action-detail", action.pk),
        url("action-history", action.pk),
        url("recommendation-detail", asked.pk),
        url("recommendation-history", asked.pk),
    ]
    for page in pages:
        html = auditor.get(page).content.decode()
        assert not any(name in html for name in names), page
    assert str(world.owner) in auditor.get(pages[1]).content.decode()
    exported = auditor.post(url("action-list") + "?stand=all", {"export": "csv"})
    text = b"".join(exported.streaming_content).decode() if exported.streaming else exported.content.decode()
    assert str(world.owner) in text and names[0] not in text


def test_who_verifies_sees_what_is_left_to_open(world: World, staff: Any) -> None:
    action = declared(world)
    page = staff.get(url("action-detail", action.pk)).content.decode()
    assert "pas encore ouverte" in page and url("action-verify", action.pk) in page
    open_all(action, world.staff)
    assert "pas encore ouverte" not in staff.get(url("action-detail", action.pk)).content.decode()
    back = staff.post(url("action-send-back", action.pk), {"note": "Page 2 manque."})
    assert back.status_code == 302
    assert "Page 2 manque." in staff.get(url("action-detail", action.pk)).content.decode()


def test_a_move_that_the_state_forbids_says_who_was_quicker(world: World, client_for: Browse) -> None:
    asked = make_recommendation(world.committee)
    one, two = client_for(world.staff), client_for(world.second_staff)
    one.post(url("recommendation-move", asked.pk, "reject"), {"note": "Sans objet."})
    late = two.get(url("recommendation-move", asked.pk, "reject"), follow=True).content.decode()
    assert str(world.staff) in late and "Rejetée" in late
    again = two.post(url("recommendation-move", asked.pk, "reject"), {"note": "Sans objet."})
    assert str(world.staff) in str(again.context["form"].non_field_errors())
    assert two.get(url("recommendation-move", asked.pk, "explode")).status_code == 404


# -- lists -----------------------------------------------------------------------------------------------------------
@pytest.mark.feature(65)
def test_the_overdue_action_stands_first_with_its_days_in_words(world: World, staff: Any) -> None:
    later, late = world.action(due_in=60), world.action(due_in=-13)
    closed = world.action(due_in=-400, state="dropped")
    page = staff.get(url("action-list"))
    assert [row.pk for row in page.context["page"].rows] == [late.pk, later.pk]
    html = page.content.decode()
    assert "13 jours de retard" in html and "1 action en retard" in html

    def rows(**query: Any) -> list[int]:
        return [row.pk for row in staff.get(url("action-list"), query).context["page"].rows]

    assert rows(stand="overdue") == [late.pk]
    assert rows(stand="closed") == [closed.pk]
    assert rows(stand="all") == [closed.pk, late.pk, later.pk]
    assert rows(state="dropped") == [closed.pk]
    assert rows(owner=world.owner.pk, committee=world.committee.slug) == [late.pk, later.pk]
    assert rows(due_from=day(30), due_to=day(90)) == [later.pk]
    assert rows(q=closed.code) == [closed.pk], "a search finds what is closed too"
    assert rows(stand="nonsense") == [late.pk, later.pk]


def test_recommendations_are_filtered_and_an_overdue_one_is_found(world: World, staff: Any) -> None:
    late = make_recommendation(world.committee, code="R1", addressee=world.owner, state="running")
    world.action(recommendation=late, due_in=-2)
    fine = make_recommendation(world.committee, code="R2", origin_kind="audit")

    def rows(**query: Any) -> list[int]:
        return [row.pk for row in staff.get(url("recommendation-list"), query).context["page"].rows]

    assert rows() == [late.pk, fine.pk]
    assert rows(overdue="on") == rows(state="running") == rows(addressee=world.owner.pk) == [late.pk]
    assert rows(origin_kind="audit") == [fine.pk]
    assert rows(q=fine.text_ar) == [fine.pk]


@pytest.mark.feature(71)
def test_a_member_finds_the_own_institutions_actions_and_reports_in_one_step(world: World, owner: Any) -> None:
    late, later = world.action(due_in=-5), world.action(due_in=5)
    make_action(world.committee, owner=world.other, due_in=-9)
    make_action(owner=make_seat(world.committee, rank=8).organisation)
    page = owner.get(url("own-actions"))
    assert [row.pk for row in page.context["page"].rows] == [late.pk, later.pk]
    html = page.content.decode()
    assert url("action-progress", late.pk) in html and "5 jours de retard" in html
    part_of(later)
    assert url("action-progress", later.pk) not in owner.get(url("own-actions")).content.decode()


def test_a_member_who_is_named_to_verify_finds_it(world: World, client_for: Browse) -> None:
    world.committee.verifier = world.other_seat
    world.committee.save()
    action = declared(world, world.action(owner=world.secretariat), by=world.staff)
    page = client_for(world.other_member).get(url("own-actions")).content.decode()
    assert url("action-detail", action.pk) in page


def test_a_successor_finds_what_the_institution_owes(world: World, client_for: Browse) -> None:
    action = world.action()
    heir = make_member_user()
    make_mandate(world.owner_seat, kind="alternate", user=heir)
    assert url("action-progress", action.pk) in client_for(heir).get(url("own-actions")).content.decode()


def test_lists_and_details_ask_a_fixed_number_of_queries(world: World, staff: Any, owner: Any) -> None:
    def one() -> None:
        asked = make_recommendation(world.committee, addressee=world.owner)
        world.action(recommendation=asked, owner_person=world.owner_member.person)

    assert_flat_queries(staff, url("action-list"), one, limit=14)
    assert_flat_queries(owner, url("own-actions"), one, limit=24)
    assert_flat_queries(staff, url("recommendation-list"), one)
    whole = world.action()

    def row() -> None:
        declared(world, part_of(whole))

    assert_flat_queries(staff, url("action-detail", whole.pk), row, limit=22)
    asked = make_recommendation(world.committee)
    assert_flat_queries(
        staff,
        url("recommendation-detail", asked.pk),
        lambda: make_recommendation(world.committee, parent=asked),
        limit=18,
    )
