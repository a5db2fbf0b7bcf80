"""The pages of meetings before they open, through the browser's door: who sees what, what a wrong input gets."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar
from pypdf import PdfReader

from accounts.tests.factories import make_user
from core.testing.client import StrictClient
from core.testing.papers import PDF
from core.testing.queries import assert_flat_queries
from steering.domain import agenda
from steering.enums import MeetingState
from steering.models import AgendaItem, Answer, Convocation, Meeting, Minutes
from steering.tests.factories import (
    make_action,
    make_answer,
    make_committee,
    make_item,
    make_mandate,
    make_meeting,
    make_member_user,
    make_seat,
)
from steering.tests.meetings import make_convocation, make_document, make_point, morning

pytestmark = pytest.mark.django_db
Client = Callable[..., StrictClient]


@pytest.fixture(autouse=True)
def _own_files(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def staff(client_for: Client) -> StrictClient:
    return client_for(make_user("officer"))


def at(name: str, *args: Any) -> str:
    return reverse(f"steering:{name}", args=args)


def text_of(answer: Any) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages)


def day(days: int) -> str:
    return f"{timezone.localtime(timezone.now() + timedelta(days=days)):%d/%m/%Y} 10:00"


@pytest.mark.feature(53)
def test_planning_by_the_page_gives_a_number_and_an_agenda(staff: StrictClient) -> None:
    committee = make_committee(seats=3)
    Minutes.objects.create(meeting=make_meeting(committee, "held", starts_at=timezone.now() - timedelta(days=9)))
    make_action(committee, due_in=-4, title_fr="Note de cadrage")
    make_point(committee, title_fr="Questions diverses")
    values = {"committee": committee.pk, "kind": "ordinary", "starts_at": day(30), "ends_at": "12:30"}
    answer = staff.post(at("meeting-create"), {**values, "place_fr": "Salle 1"}, follow=True)
    html = answer.content.decode()
    meeting = Meeting.objects.get(number=2)
    assert timezone.localtime(meeting.ends_at).strftime("%H:%M") == "12:30"
    for words in ("Approbation du PV de la réunion n° 1", "Note de cadrage", "Questions diverses", "en retard"):
        assert words in html, words


@pytest.mark.feature(53)
def test_wrong_hours_are_said_beside_their_field(staff: StrictClient) -> None:
    committee = make_committee(seats=1)
    values = {"committee": committee.pk, "kind": "ordinary", "starts_at": day(30), "ends_at": "09:00"}
    assert "Une réunion finit après" in staff.post(at("meeting-create"), values).content.decode()
    assert (
        "Ce jour est passé"
        in staff.post(at("meeting-create"), {**values, "starts_at": day(-3), "ends_at": "12:00"}).content.decode()
    )
    assert not Meeting.objects.exists()


@pytest.mark.feature(53)
def test_items_are_added_moved_corrected_and_removed(staff: StrictClient) -> None:
    meeting = make_meeting()
    values = {"title_fr": "Fonds dédié", "expected": "decide", "duration": "30", "audience": "members"}
    staff.post(at("item-create", meeting.pk), values)
    staff.post(at("item-create", meeting.pk), {**values, "title_fr": "Calendrier"})
    first, second = meeting.items.order_by("position")
    staff.post(at("item-move", meeting.pk, second.pk, "up"))
    assert list(meeting.items.order_by("position")) == [second, first]
    refused = staff.post(at("item-edit", first.pk), {**values, "audience": "named", "version": first.version})
    assert "Nommez au moins un siège" in refused.content.decode()
    seat = meeting.committee.seats.first()
    assert seat is not None
    staff.post(
        at("item-edit", first.pk), {**values, "audience": "named", "readers": [seat.pk], "version": first.version}
    )
    assert list(AgendaItem.objects.get(pk=first.pk).readers.all()) == [seat]
    for _click in range(2):
        assert staff.post(at("item-remove", meeting.pk, first.pk)).status_code == 302
    assert list(meeting.items.values_list("title_fr", "position")) == [("Calendrier", 1)]


@pytest.mark.feature(53)
def test_recurring_points_have_their_page(staff: StrictClient) -> None:
    committee = make_committee()
    values = {"title_fr": "Questions diverses", "expected": "inform", "duration": "10"}
    assert (
        "Questions diverses" in staff.post(at("recurring-create", committee.slug), values, follow=True).content.decode()
    )
    point = committee.recurring_items.get()
    staff.post(at("recurring-edit", point.pk), {**values, "title_ar": "مسائل مختلفة", "version": 1})
    assert committee.recurring_items.get().title_ar == "مسائل مختلفة"
    for _click in range(2):
        staff.post(at("recurring-remove", committee.slug, point.pk))
    assert not committee.recurring_items.exists()


def members(meeting: Meeting) -> tuple[Any, Any]:
    """Two members: one whose seat may read the named item, one whose seat may not."""
    users = make_member_user(), make_member_user()
    for user in users:
        make_mandate(make_seat(meeting.committee, rank=30), kind="alternate", user=user)
    return users


@pytest.mark.feature(117)
def test_a_confidential_item_opens_to_its_readers_alone(client_for: Client) -> None:
    meeting = make_meeting(state="convened")
    make_item(meeting, title_fr="Point ouvert")
    secret = make_item(meeting, title_fr="Litige réservé", title_ar="نزاع", audience="named", duration=173)
    document = make_document(secret, "Avis juridique")
    reader, other = members(meeting)
    seat = meeting.committee.seats.get(mandates__person__user=reader)
    secret.reader_rows.create(seat=seat)
    page, file = at("meeting-detail", meeting.pk), at("document-file", document.pk)
    seen = client_for(reader).get(page).content.decode()
    assert "Litige réservé" in seen and "Avis juridique" in seen
    assert client_for(reader).get(file).status_code == 200
    for stranger in (other, make_user("auditor")):
        browser = client_for(stranger)
        html = browser.get(page).content.decode()
        assert "Point confidentiel" in html and "Point ouvert" in html
        assert (
            "Litige" not in html
            and "Avis juridique" not in html
            and "173" not in html.partition("<ol")[2].partition("</ol>")[0]
        )
        assert browser.get(file).status_code == 404
        assert browser.post(at("item-edit", secret.pk)).status_code == 403
    assert client_for(make_member_user()).get(file).status_code == 404


@pytest.mark.feature(117)
def test_a_confidential_item_is_a_number_in_letter_pack_and_calendar(staff: StrictClient) -> None:
    meeting = make_meeting(make_committee(seats=3))
    make_item(meeting, title_fr="Bilan annuel", expected="decide")
    make_item(meeting, title_fr="Litige", title_ar="نزاع", audience="staff", expected="decide")
    shown = staff.post(at("convene", meeting.pk), {"answers_until": day(10), "see": "fr"})
    assert shown["Content-Type"] == "application/pdf"
    for text in (text_of(shown), text_of(staff.get(at("pack", meeting.pk)))):
        assert "Bilan annuel" in text and "Point confidentiel" in text and "Litige" not in text
    assert not Convocation.objects.exists(), "looking sends nothing"
    assert "Litige" not in staff.get(at("meeting-ics", meeting.pk)).content.decode()


@pytest.mark.feature(117)
def test_the_history_for_auditors_holds_no_item(client_for: Client) -> None:
    meeting = make_meeting(state="convened")
    agenda.add(meeting=meeting, actor=make_user(), title_fr="Litige réservé", audience="staff")
    url = at("meeting-history", meeting.pk)
    assert "Litige réservé" in client_for(make_user("officer")).get(url).content.decode()
    assert "Litige" not in client_for(make_user("auditor")).get(url).content.decode()


@pytest.mark.feature(53)
def test_documents_are_given_and_fetched(staff: StrictClient) -> None:
    item = make_item(make_meeting())
    upload = io.BytesIO(PDF)
    upload.name = "note.pdf"
    staff.post(at("document-add", item.pk), {"label": "Note de cadrage", "file": upload})
    document = item.documents.get()
    answer = staff.get(at("document-file", document.pk))
    assert b"".join(answer) == PDF and 'filename="note.pdf"' in answer["Content-Disposition"]
    wrong = io.BytesIO(b"MZ\x90\x00")
    wrong.name = "note.pdf"
    refused = staff.post(at("document-add", item.pk), {"label": "Note", "file": wrong})
    assert "Ce type de fichier n’est pas accepté" in refused.content.decode()
    for _click in range(2):
        staff.post(at("document-remove", item.meeting_id, document.pk))
    assert not item.documents.exists()


@pytest.mark.feature(54)
def test_the_letter_is_looked_at_then_sent_once(staff: StrictClient) -> None:
    meeting = make_meeting(make_committee(seats=3))
    make_item(meeting, title_fr="Bilan annuel", title_ar="")
    vacant = make_seat(meeting.committee, rank=8)
    html = staff.get(at("convene", meeting.pk)).content.decode()
    assert "La lettre part dans les délais" in html and str(vacant) in html and "Sans texte arabe" in html
    values = {"answers_until": day(10), "once": "a" * 20}
    for _click in range(2):
        answer = staff.post(at("convene", meeting.pk), values, follow=True)
    assert "La réunion est convoquée" not in answer.content.decode(), "the second click is led to the first one’s page"
    letter = Convocation.objects.get()
    for language, words in (("fr", "Convocation"), ("ar", "CONV-")):
        file = staff.get(at("convocation-file", letter.pk, language))
        text = "\n".join(p.extract_text() for p in PdfReader(io.BytesIO(b"".join(file))).pages)
        assert words in text and letter.number in text
        assert language == "ar" or ("Vu l’acte constitutif" in text and "À l’attention de" in text)
    assert staff.get(at("convocation-file", letter.pk, "en")).status_code == 404
    assert "استدعاء" not in str(letter.said)


@pytest.mark.feature(54)
def test_a_late_letter_asks_for_its_reason_and_a_silent_act_says_what_it_lacks(staff: StrictClient) -> None:
    late = make_meeting(make_committee(seats=1), starts_at=timezone.now() + timedelta(days=2))
    make_item(late)
    url = at("convene", late.pk)
    assert "Motif du délai abrégé" in staff.get(url).content.decode()
    refused = staff.post(url, {"answers_until": day(1), "late_reason": ""})
    assert "Écrivez le motif" in refused.content.decode()
    staff.post(url, {"answers_until": day(1), "late_reason": "Urgence budgétaire"})
    assert "Urgence budgétaire" in text_of(staff.get(at("regularity", late.pk)))
    silent = make_meeting(make_committee(seats=1, act={"notice_days": None}))
    make_item(silent)
    html = staff.post(at("convene", silent.pk), {"answers_until": day(10)}).content.decode()
    assert "L’acte constitutif ne dit pas" in html and "délai de convocation en jours" in html
    assert Meeting.objects.get(pk=silent.pk).state == MeetingState.PLANNED


@pytest.mark.feature(54)
def test_a_changed_agenda_asks_for_a_correction_that_is_sent(staff: StrictClient) -> None:
    meeting = make_meeting(state="convened", starts_at=morning(21))
    meeting.answers_until = meeting.starts_at - timedelta(days=1)
    meeting.save()
    make_convocation(meeting)
    page = at("meeting-detail", meeting.pk)
    assert "rectificatif" not in staff.get(page).content.decode().partition("<main")[2].partition("nav-tabs")[2]
    make_item(meeting)
    assert "Envoyer un rectificatif" in staff.get(page).content.decode()
    form = staff.get(at("rectify", meeting.pk)).context["form"]
    values = {name: form[name].value() for name in form.fields if form[name].value() is not None}
    values |= {"note_fr": "Un point est ajouté.", "starts_at": form["starts_at"].value()}
    shown = {name: form.fields[name].prepare_value(value) for name, value in values.items()}
    seen = staff.post(at("rectify", meeting.pk), {**shown, "see": "ar"})
    assert seen["Content-Type"] == "application/pdf" and Convocation.objects.count() == 1
    staff.post(at("rectify", meeting.pk), shown)
    letter = Convocation.objects.get(kind="correction")
    assert letter.note_fr == "Un point est ajouté."
    assert "Envoyer un rectificatif" not in staff.get(page).content.decode()


def test_postponing_without_a_date_says_so_everywhere(staff: StrictClient) -> None:
    meeting = make_meeting(state="convened")
    make_convocation(meeting)
    seat = meeting.committee.seats.first()
    assert seat is not None
    make_answer(meeting, seat)
    staff.post(at("postpone", meeting.pk), {"reason": "Salle fermée", "starts_at": "", "ends_at": ""})
    assert "date à fixer" in staff.get(at("meeting-detail", meeting.pk)).content.decode()
    assert "à fixer" in staff.get(at("meeting-list")).content.decode()
    assert "donnée pour la réunion du" in staff.get(at("answer-list", meeting.pk)).content.decode()
    refused = staff.post(at("convene", meeting.pk), {"answers_until": day(10)})
    assert "encore à fixer" in refused.content.decode()
    assert Answer.objects.count() == 1


def test_a_cancelled_meeting_says_why_and_offers_nothing(staff: StrictClient) -> None:
    meeting = make_meeting(state="convened")
    staff.post(at("cancel", meeting.pk), {"reason": "Salle indisponible"})
    html = staff.get(at("meeting-detail", meeting.pk)).content.decode()
    assert "Cette réunion est annulée." in html and "Salle indisponible" in html
    assert at("room", meeting.pk) not in html and at("pack", meeting.pk) not in html


def test_an_action_that_is_declared_done_is_not_late_on_the_agenda(staff: StrictClient) -> None:
    meeting = make_meeting()
    make_item(meeting, kind="actions")
    make_action(meeting.committee, state="declared", due_in=-60)
    html = staff.get(at("meeting-detail", meeting.pk)).content.decode()
    assert "à vérifier" in html and "jours de retard" not in html


def test_second_call_by_the_page(staff: StrictClient) -> None:
    first = make_meeting(make_committee(seats=2), "no_quorum", starts_at=morning(-1))
    make_item(first, title_fr="Fonds dédié")
    url = at("second-call", first.pk)
    form = staff.get(url).context["form"]
    values = {name: form.fields[name].prepare_value(form[name].value()) for name in ("starts_at", "ends_at")}
    answer = staff.post(url, values, follow=True)
    second = Meeting.objects.get(second_call_of=first)
    assert "Fonds dédié" in answer.content.decode() and second.state == MeetingState.PLANNED
    assert second.title in staff.get(at("meeting-detail", first.pk)).content.decode()
    early = staff.post(
        at("second-call", make_meeting(make_committee(seats=1), "no_quorum").pk),
        {"starts_at": day(2), "ends_at": "12:00"},
    )
    assert "choisissez un jour plus tardif" in early.content.decode()


def test_the_pack_holds_the_four_papers(staff: StrictClient) -> None:
    committee = make_committee(seats=3)
    meeting = make_meeting(committee, "convened")
    make_item(meeting, title_fr="Ligne budgétaire", title_ar="بند ميزانية", expected="decide")
    make_action(committee, due_in=-10, title_fr="Recensement des structures")
    make_seat(committee, rank=9)
    text = text_of(staff.get(at("pack", meeting.pk)))
    for words in (
        "Feuille de présence",
        "Ordre du jour",
        "Grille de vote",
        "Actions ouvertes",
        "Recensement",
        "siège sans titulaire",
    ):
        assert words in text, words


def test_the_regularity_sheet_is_one_page_of_institutions(client_for: Client) -> None:
    meeting = make_meeting(make_committee(seats=13), "convened")
    make_convocation(meeting)
    seat = meeting.committee.seats.first()
    assert seat is not None
    make_answer(meeting, seat, "excused")
    answer = client_for(make_user("auditor")).get(at("regularity", meeting.pk))
    pages = PdfReader(io.BytesIO(answer.content)).pages
    assert len(pages) == 1
    assert f'"REGULARITE-{meeting.committee.slug}-{meeting.number}.pdf"' in answer["Content-Disposition"]
    text = pages[0].extract_text()
    assert "délai respecté" in text and str(seat.organisation) in text
    assert str(seat.mandates.get().person) not in text


def test_the_calendar_file_says_when_and_where(staff: StrictClient) -> None:
    meeting = make_meeting(state="convened")
    event = Calendar.from_ical(staff.get(at("meeting-ics", meeting.pk)).content).walk("VEVENT")[0]
    assert event["location"] == "Salle 1" and event.decoded("dtstart") == meeting.starts_at


@pytest.mark.feature(53)
def test_the_list_filters_exports_and_asks_as_often_for_many(client_for: Client) -> None:
    one, two = make_committee(seats=1), make_committee(seats=1)
    make_meeting(one, "convened")
    make_meeting(two, "convened", starts_at=timezone.now() - timedelta(days=900))
    browser = client_for(make_user("auditor"))
    url = at("meeting-list")
    assert str(two) not in browser.get(f"{url}?committee={one.slug}").content.decode().partition("<tbody")[2]
    assert str(two) not in browser.get(f"{url}?period=coming").content.decode().partition("<tbody")[2]
    year = (timezone.localtime() - timedelta(days=900)).year
    assert str(one) not in browser.get(f"{url}?period={year}").content.decode().partition("<tbody")[2]
    assert str(one) not in browser.get(f"{url}?state=closed").content.decode().partition("<table")[2]
    taken = browser.post(url, {"export": "csv"})
    assert str(one) in b"".join(taken).decode("utf-8-sig")
    assert_flat_queries(browser, url, lambda: make_meeting(make_committee(seats=1), "convened"))


@pytest.mark.feature(53)
def test_members_see_convened_meetings_of_their_committees(client_for: Client) -> None:
    meeting = make_meeting(state="planned")
    reader, _other = members(meeting)
    url = at("meeting-detail", meeting.pk)
    assert client_for(reader).get(url).status_code == 404
    Meeting.objects.filter(pk=meeting.pk).update(state="convened")
    assert client_for(reader).get(url).status_code == 200
    assert client_for(reader).get(at("convene", meeting.pk)).status_code == 403
    assert client_for(make_member_user()).get(url).status_code == 404


def test_the_agenda_asks_as_often_for_many_items(client_for: Client) -> None:
    meeting = make_meeting(make_committee(seats=2), "convened")
    make_item(meeting, kind="actions")

    def one_more() -> None:
        make_document(make_item(meeting))
        make_action(meeting.committee)

    assert_flat_queries(client_for(make_user("officer")), at("meeting-detail", meeting.pk), one_more, limit=22)
