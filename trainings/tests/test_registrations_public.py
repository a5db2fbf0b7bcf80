"""The public form, the page behind the personal link, and what wrong input gets."""

from __future__ import annotations

import re
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.conf import LazySettings
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from core.models import JournalEntry, Message, PersonalLink
from core.outbox import delivery
from core.testing.client import StrictClient
from core.testing.races import errors_in, race
from core.testing.smtp import Sink
from directory.models import Organisation
from directory.tests.factories import make_organisation
from notifications import links
from trainings.domain import certificates, lapse, personal_links, timing
from trainings.enums import QuestionKind, RegistrationState
from trainings.models import Registration, Session, SessionPart
from trainings.tests.factories import make_category, make_part, make_question, make_registration, make_session
from trainings.tests.requests import make_consent_text, request
from trainings.tests.test_certificates import attended

pytestmark = pytest.mark.django_db


@pytest.fixture
def part() -> SessionPart:
    make_consent_text()
    return make_session("open", capacity=2, title_ar="دورة").parts.get()


def address(part: SessionPart, language: str = "fr") -> str:
    with override(language):
        return reverse("trainings:register", args=[part.session.slug, part.position])


def typed(**fields: Any) -> dict[str, Any]:
    values = {
        "name_latin": "Demandeuse Exemple",
        "name_ar": "طالبة",
        "email": "demandeuse@example.tn",
        "language": "fr",
        "consent": "on",
        "consent_version": "1",
        **fields,
    }
    return {name: value for name, value in values.items() if value is not None}


def page_of(registration: Registration, name: str = "registration-page", language: str = "fr") -> str:
    """The address of somebody's own page, as the mail's link leads there."""
    token = links.make_direct(personal_links.ACT, registration, language=language).rstrip("/").rpartition("/")[2]
    with override(language):
        return reverse(f"trainings:{name}", args=[token])


@pytest.fixture
def sink(settings: LazySettings) -> Any:
    with Sink() as server:
        settings.EMAIL_URL = server.url
        yield server


@pytest.mark.feature(23)
@pytest.mark.feature(94)
@pytest.mark.parametrize("language", ["fr", "ar", "en"])
def test_visitor_registers_confirms_by_mail_and_reads_the_own_page(
    part: SessionPart, client: StrictClient, sink: Sink, language: str
) -> None:
    assert client.get(address(part, language)).status_code == 200
    sent = client.post(address(part, language), typed(language=language), follow=True)
    assert sent.redirect_chain[-1][0] == f"{address(part, language)}sent/"
    assert "demandeuse@example.tn" in sent.content.decode()
    delivery.deliver_due()
    [mail] = sink.received
    assert mail.to == "demandeuse@example.tn"
    short = re.findall(r"/l/[\w-]{22}/", mail.text)[0]
    assert short in mail.html
    confirm = client.get(short, follow=True)
    assert confirm.redirect_chain[-1][0].endswith("/confirm/")
    assert "Demandeuse Exemple" in confirm.content.decode()
    assert Registration.objects.get().state == RegistrationState.UNCONFIRMED
    version = confirm.context["registration"].version
    page = client.post(confirm.redirect_chain[-1][0], {"version": version}, follow=True)
    registration = Registration.objects.get()
    assert registration.state == RegistrationState.CONFIRMED
    assert page.context["registration"] == registration
    delivery.deliver_due()
    confirmed = sink.received[-1]
    assert re.search(r"/l/[\w-]{22}/", confirmed.text)
    [calendar] = [p for p in confirmed.mail.iter_attachments() if p.get_content_type() == "text/calendar"]
    assert "METHOD:REQUEST" in calendar.get_content().replace("\r\n", "\n")


@pytest.mark.feature(97)
def test_every_mail_says_why_it_came(part: SessionPart, client: StrictClient, sink: Sink) -> None:
    client.post(address(part), typed())
    delivery.deliver_due()
    text = sink.received[0].text
    assert "Pourquoi ce message" in text or "Why this message" in text
    assert part.session.code in text


def test_answer_is_the_same_for_an_address_that_is_registered(part: SessionPart, client: StrictClient) -> None:
    known = make_registration(part, "confirmed", email="connue@example.tn")
    new = client.post(address(part), typed(email="nouvelle@example.tn"), follow=True).content.decode()
    old = client.post(address(part), typed(email=known.email), follow=True).content.decode()
    assert _bare(new).replace("nouvelle@", "connue@") == _bare(old)
    assert [m.kind for m in Message.objects.about(known)] == ["trainings.registration_page"]


def _bare(page: str) -> str:
    return re.sub(r'value="[^"]{60,}"', "", page)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"email": "nom@exemple.tn\nBcc: autre@exemple.tn"}, "email"),
        ({"email": "nom@exemple.tn\r\nBcc: autre@exemple.tn"}, "email"),
        ({"email": "nom"}, "email"),
        ({"email": ""}, "email"),
        ({"name_latin": "", "name_ar": ""}, "name_latin"),
        ({"name_latin": "Nom \u202egnp"}, "name_latin"),
        ({"name_ar": "ليلى\u200f"}, "name_ar"),
        ({"name_ar": "Leila"}, "name_ar"),
        ({"name_latin": "N" * 201}, "name_latin"),
        ({"phone": "123"}, "phone"),
        ({"consent": None}, "consent"),
        ({"consent_version": "7"}, "consent"),
    ],
)
@pytest.mark.parametrize("language", ["fr", "ar"])
def test_wrong_input_is_said_beside_its_field_and_above_and_nothing_typed_is_lost(
    part: SessionPart, client: StrictClient, fields: dict[str, Any], field: str, language: str
) -> None:
    response = client.post(address(part, language), typed(function="Directrice", **fields))
    assert response.status_code == 200
    form = response.context["form"]
    assert set(form.errors) == {field}
    page = response.content.decode()
    with override(language):
        sentence = str(form.errors[field][0])
    assert sentence in page.partition('id="error-summary"')[2]
    assert 'value="Directrice"' in page
    assert f'href="#id_{field}"' in page
    assert not Registration.objects.exists()
    assert not Message.objects.exists()


def test_consent_to_a_text_that_has_changed_is_asked_again(part: SessionPart, client: StrictClient) -> None:
    make_consent_text(2)
    page = client.post(address(part), typed(consent_version="1"))
    assert "Texte de consentement 2" in page.content.decode()
    client.post(address(part), typed(consent_version="2"))
    assert Registration.objects.get().consent_text == make_consent_text(2)


def test_post_beyond_a_megabyte_is_refused_before_it_is_read(part: SessionPart, client: StrictClient) -> None:
    response = client.post(address(part), typed(function="x" * 1_100_000))
    assert response.status_code == 413
    assert not Registration.objects.exists()


@pytest.mark.parametrize("state", ["published", "closed", "held", "cancelled"])
def test_closed_registration_says_why(state: str, client: StrictClient) -> None:
    make_consent_text()
    closed = make_session(state, cancelled_publicly="Salle indisponible" if state == "cancelled" else "").parts.get()
    page = client.get(address(closed))
    assert page.context["reason"]
    assert str(page.context["reason"]) in page.content.decode().replace("&#x27;", "'")
    assert client.post(address(closed), typed()).context["form"].non_field_errors()


def test_draft_and_unknown_parts_are_not_found(part: SessionPart, client: StrictClient) -> None:
    draft = make_session("draft").parts.get()
    assert client.get(address(draft)).status_code == 404
    assert client.get(reverse("trainings:register", args=[part.session.slug, 9])).status_code == 404


def test_questions_and_categories_of_the_part_are_asked(client: StrictClient) -> None:
    make_consent_text()
    session = make_session("open")
    part = make_part(session, position=2, categories={"interface": 2}, half_days=False)
    choice = make_question(
        session, kind=QuestionKind.CHOICE, choices="Textile\nBois", label_fr="Filière", is_required=True
    )
    make_question(session, kind=QuestionKind.YES_NO, label_fr="Première fois ?")
    make_question(session, kind=QuestionKind.LONG, label_fr="Attentes")
    page = client.get(address(part)).content.decode()
    for words in ("Filière", "Première fois", "Attentes", "Textile"):
        assert words in page
    wrong = client.post(address(part), typed())
    assert set(wrong.context["form"].errors) == {"category", f"question_{choice.pk}"}
    category = make_category("interface").pk
    client.post(address(part), typed(category=category, **{f"question_{choice.pk}": "Bois"}))
    assert Registration.objects.get().answers == {str(choice.pk): {"q": "Filière", "a": "Bois"}}


@pytest.mark.parametrize("written", ["Pôle Exemple de Sfax", "pole exemple de sfax", "PES", "القطب المثال بصفاقس"])
def test_known_organisation_is_recognised_however_it_is_written(
    part: SessionPart, client: StrictClient, written: str
) -> None:
    known: Organisation = make_organisation("Pôle Exemple de Sfax", name_ar="القطب المثال بصفاقس", acronym="PES")
    client.post(address(part), typed(organisation=written))
    assert Registration.objects.get().organisation == known


def test_unknown_organisation_is_kept_as_written(part: SessionPart, client: StrictClient) -> None:
    client.post(address(part), typed(organisation="Atelier Exemple"))
    registration = Registration.objects.get()
    assert (registration.organisation, registration.organisation_name) == (None, "Atelier Exemple")


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_form_sent_fifty_times_at_once_makes_one_row_and_one_message() -> None:
    make_consent_text()
    part = make_session("open", half_days=False).parts.get()
    url, data = address(part), typed()
    answers = race(*[partial(Client().post, url, data) for _ in range(50)])
    assert errors_in(answers) == []
    assert {(answer.status_code, answer.headers["Location"]) for answer in answers} == {(302, f"{url}sent/")}
    assert Registration.objects.count() == 1
    assert Message.objects.count() == 1
    assert JournalEntry.objects.filter(verb="registration.request").count() == 1


def test_opening_the_pages_changes_nothing(part: SessionPart, client: StrictClient) -> None:
    registration = request(part)
    pages = [
        page_of(registration),
        page_of(registration, "registration-confirm"),
        page_of(registration, "registration-cancel"),
    ]
    before = (registration.state, JournalEntry.objects.count(), Message.objects.count())
    for page in pages:
        client.get(page, follow=True)
    for name in ("registration-accept", "registration-renew"):
        client.get(page_of(registration, name))
    registration.refresh_from_db()
    assert (registration.state, JournalEntry.objects.count(), Message.objects.count()) == before


def test_confirm_page_shows_a_request_changed_meanwhile_again(part: SessionPart, client: StrictClient) -> None:
    registration = request(part)
    url = page_of(registration, "registration-confirm")
    seen = client.get(url).context["registration"].version
    client.post(address(part), typed(email=registration.email, name_latin="Nom changé"))
    page = client.post(url, {"version": seen}, follow=True)
    assert page.redirect_chain[-1][0] == url
    assert "Nom changé" in page.content.decode()
    registration.refresh_from_db()
    assert registration.state == RegistrationState.UNCONFIRMED


@pytest.mark.feature(26)
@pytest.mark.parametrize("language", ["fr", "ar", "en"])
def test_own_page_says_the_turn_and_the_rule(part: SessionPart, client: StrictClient, language: str) -> None:
    waiting = [make_registration(part, "waiting") for _ in range(3)]
    page = client.get(page_of(waiting[2], language=language))
    assert (page.context["turn"].position, page.context["turn"].of) == (3, 3)
    assert "48" in page.content.decode()


@pytest.mark.feature(27)
def test_offer_is_accepted_or_declined_on_the_own_page(part: SessionPart, client: StrictClient) -> None:
    one, other = make_registration(part, "offered"), make_registration(part, "offered")
    next_one = make_registration(part, "waiting")
    page = client.post(page_of(one, "registration-accept"), follow=True)
    assert page.context["registration"].state == RegistrationState.CONFIRMED
    decline = page_of(other, "registration-cancel")
    assert client.get(decline).status_code == 200
    assert client.post(decline, follow=True).context["registration"].state == RegistrationState.CANCELLED
    next_one.refresh_from_db()
    assert next_one.state == RegistrationState.OFFERED


def test_late_answer_to_an_offer_is_said_on_the_page(part: SessionPart, client: StrictClient) -> None:
    one = make_registration(part, "offered", offer_expires_at=timezone.now() - timedelta(minutes=1))
    page = client.post(page_of(one, "registration-accept"), follow=True)
    assert not page.context["offer_stands"]
    assert [str(message) for message in page.context["messages"]]


@pytest.mark.parametrize("state", [state.value for state in RegistrationState])
@pytest.mark.parametrize("language", ["fr", "ar", "en"])
def test_own_page_opens_in_every_state(part: SessionPart, client: StrictClient, state: str, language: str) -> None:
    registration = make_registration(part, state, consent_text=make_consent_text(), consented_at=timezone.now())
    page = client.get(page_of(registration, language=language), follow=True)
    assert page.status_code == 200
    assert page.headers["Cache-Control"] == "no-store, private"
    assert "noindex" in page.headers["X-Robots-Tag"]
    cancel = client.get(page_of(registration, "registration-cancel", language), follow=True)
    assert cancel.status_code == 200


def test_lapsed_request_is_asked_for_again_from_its_page(part: SessionPart, client: StrictClient) -> None:
    registration = request(part)
    lapse.lapse_unconfirmed(now=timezone.now() + timedelta(hours=49))
    registration.refresh_from_db()
    assert client.get(page_of(registration)).context["may_renew"]
    client.post(page_of(registration, "registration-renew"), follow=True)
    new = Registration.objects.get(state=RegistrationState.UNCONFIRMED)
    assert (new.email, new.name_latin) == (registration.email, registration.name_latin)


def test_expired_link_offers_a_new_one_to_the_same_address(part: SessionPart, client: StrictClient) -> None:
    registration = make_registration(part, "confirmed")
    url = page_of(registration)
    PersonalLink.objects.update(expires_at=timezone.now() - timedelta(minutes=1))
    dead = client.get(url, follow=True)
    assert dead.status_code == 410
    client.post(dead.redirect_chain[-1][0])
    message = Message.objects.about(registration).get()
    assert (message.kind, message.to_email) == ("trainings.registration_page", registration.email)


def test_link_of_another_registration_or_none_opens_nothing(part: SessionPart, client: StrictClient) -> None:
    assert client.get("/registrations/AAAAAAAAAAAAAAAAAAAAAA/", follow=True).status_code == 404
    assert client.post("/registrations/AAAAAAAAAAAAAAAAAAAAAA/cancel/", follow=True).status_code == 404


def test_own_page_leads_to_the_certificate_once_it_is_issued(client: StrictClient) -> None:
    registration = attended()
    url = page_of(registration)
    assert not client.get(url).context["certificates"]
    certificate = certificates.issue(registration=registration, actor=None, now=timezone.now())
    page = client.get(url).content.decode()
    assert reverse("trainings:certificate-pdf", args=[certificate.check_token]) in page
    assert certificate.number in page


def test_calendar_file_of_the_own_part(part: SessionPart, client: StrictClient) -> None:
    response = client.get(page_of(make_registration(part, "confirmed"), "registration-calendar"))
    assert response.headers["Content-Type"].startswith("text/calendar")
    assert b"BEGIN:VEVENT" in response.content


def test_page_cannot_cancel_once_the_part_has_begun(client: StrictClient) -> None:
    today = make_session("closed", starts_on=timezone.localdate() - timedelta(days=1), days=3).parts.get()
    registration = make_registration(today, "confirmed")
    assert timing.start_of(today) < timezone.now()
    assert not client.get(page_of(registration)).context["may_cancel"]
    page = client.post(page_of(registration, "registration-cancel"), follow=True)
    assert page.context["registration"].state == RegistrationState.CONFIRMED
    assert [str(message) for message in page.context["messages"]]


def test_page_of_a_cancelled_session_says_so(part: SessionPart, client: StrictClient) -> None:
    registration = make_registration(part, "cancelled")
    Session.objects.filter(pk=part.session_id).update(state="cancelled", cancelled_publicly="Salle indisponible")
    assert "Salle indisponible" in client.get(page_of(registration)).content.decode()


@pytest.mark.parametrize("version", ["9" * 5000, "²", "-1", "x"])
def test_confirming_with_a_forged_version_is_answered_in_words(
    client: StrictClient, part: SessionPart, version: str
) -> None:
    registration = request(part)
    response = client.post(page_of(registration, "registration-confirm"), {"version": version})
    assert response.status_code == 302
