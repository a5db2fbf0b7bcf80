"""Asking for a place: what is kept, what is refused, and how often a link is sent."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from core import journal
from core.errors import DomainError
from core.models import Message
from trainings.domain import confirmation, lapse, letters, registrations
from trainings.domain.registrations import RegistrationClosed, TooManyMessages
from trainings.enums import QuestionKind, RegistrationState
from trainings.models import Registration, SessionPart
from trainings.tests.factories import make_category, make_part, make_question, make_session
from trainings.tests.requests import enter, make_consent_text, make_data, request

pytestmark = pytest.mark.django_db


@pytest.fixture
def part() -> SessionPart:
    return make_session("open", capacity=2).parts.get()


def messages(registration: Registration, kind: str = "") -> list[str]:
    rows = Message.objects.about(registration).order_by("id")
    return [row.kind for row in (rows.filter(kind=kind) if kind else rows)]


def test_request_keeps_what_was_typed_and_holds_nothing(part: SessionPart) -> None:
    now = timezone.now()
    registration = request(part, now=now, email=" Nom.Prenom@Example.TN ", function=" Directrice ")
    registration.refresh_from_db()
    part.refresh_from_db()
    assert registration.email == "nom.prenom@example.tn"
    assert registration.function == "Directrice"
    assert (registration.state, registration.rank, registration.person) == (RegistrationState.UNCONFIRMED, None, None)
    assert (part.taken, part.last_rank) == (0, 0)
    assert registration.lapses_at == now + timedelta(hours=48)


@pytest.mark.feature(123)
def test_request_keeps_the_version_of_the_consent_and_when_it_was_given(part: SessionPart) -> None:
    make_consent_text(1)
    second = make_consent_text(2)
    now = timezone.now()
    registration = request(part, now=now, consent_text=second)
    assert registration.consent_text == second
    assert registration.consented_at == now
    entry = journal.history_of(registration).get(verb="registration.request")
    assert (entry.actor, entry.data) == (None, {"part": part.pk, "consent": 2})


def test_request_can_be_confirmed_only_until_registration_closes(part: SessionPart) -> None:
    now = timezone.now()
    part.session.registration_closes_at = now + timedelta(hours=5)
    part.session.save()
    assert request(part, now=now).lapses_at == now + timedelta(hours=5)


@pytest.mark.parametrize("state", ["draft", "proposed", "published", "closed", "held", "cancelled"])
def test_request_is_refused_unless_registration_is_open(state: str) -> None:
    closed = make_session(state).parts.get()
    with pytest.raises(RegistrationClosed) as error:
        request(closed)
    assert error.value.code == "closed"
    assert str(error.value)
    assert not Registration.objects.exists()


def test_request_is_refused_after_the_deadline_with_its_date(part: SessionPart) -> None:
    closes_at = timezone.now() - timedelta(minutes=1)
    part.session.registration_closes_at = closes_at
    part.session.save()
    with pytest.raises(RegistrationClosed, match=str(timezone.localtime(closes_at).year)):
        request(part)


def test_request_is_refused_once_the_part_has_begun() -> None:
    begun = make_session("open", starts_on=timezone.localdate() - timedelta(days=1), days=3).parts.get()
    with pytest.raises(RegistrationClosed):
        request(begun)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"email": ""}, "email"),
        ({"email": "nom@exemple.tn\nBcc: autre@exemple.tn"}, "email"),
        ({"email": "nom@exemple.tn, autre@exemple.tn"}, "email"),
        ({"email": "nom"}, "email"),
        ({"name_latin": "", "name_ar": ""}, "name_latin"),
        ({"name_latin": "Nom \u202egnp.exe"}, "name_latin"),
        ({"name_ar": "ليلى\u2066"}, "name_ar"),
        ({"name_latin": "N" * 201}, "name_latin"),
        ({"function": "Cheffe\r\nde projet"}, "function"),
        ({"consent_text": None}, "consent"),
    ],
)
def test_request_names_the_field_that_is_wrong(part: SessionPart, fields: dict[str, Any], field: str) -> None:
    with pytest.raises(DomainError) as error:
        request(part, **fields)
    assert error.value.field == field
    assert not Registration.objects.exists()
    assert not Message.objects.exists()


def test_request_needs_the_consent_text_of_today(part: SessionPart) -> None:
    old = make_consent_text(1)
    make_consent_text(2)
    with pytest.raises(DomainError) as error:
        request(part, consent_text=old)
    assert (error.value.field, error.value.code) == ("consent", "consent")


def test_request_without_any_consent_text_in_force_is_refused(part: SessionPart) -> None:
    later = make_consent_text(1, valid_from=timezone.localdate() + timedelta(days=1))
    with pytest.raises(DomainError) as error:
        request(part, consent_text=later)
    assert error.value.code == "no_consent_text"


def test_category_is_asked_where_the_part_keeps_places_by_category() -> None:
    session = make_session("open", capacity=5)
    part = make_part(session, position=2, categories={"interface": 2, "ministry": 2}, half_days=False)
    for category in (None, make_category("firm")):
        with pytest.raises(DomainError) as error:
            request(part, category=category)
        assert error.value.field == "category"
    assert request(part, category=make_category("ministry")).category == make_category("ministry")


@pytest.mark.feature(23)
def test_answers_are_checked_by_their_kind_and_kept_with_their_question(part: SessionPart) -> None:
    choice = make_question(part.session, kind=QuestionKind.CHOICE, choices="Textile\nBois", label_fr="Filière")
    yes_no = make_question(part.session, kind=QuestionKind.YES_NO)
    short = make_question(part.session, is_required=True)
    for answers, wrong in [
        ({choice.pk: "Cuir", short.pk: "x"}, choice),
        ({yes_no.pk: "oui", short.pk: "x"}, yes_no),
        ({short.pk: "x" * 501}, short),
        ({}, short),
    ]:
        with pytest.raises(DomainError) as error:
            request(part, answers=answers)
        assert error.value.field == f"question_{wrong.pk}"
    kept = request(part, answers={choice.pk: "Bois", yes_no.pk: False, short.pk: "Créer un cluster"}).answers
    assert kept[str(choice.pk)] == {"q": "Filière", "a": "Bois"}
    assert kept[str(yes_no.pk)]["a"] is False


def test_same_request_twice_makes_one_row_one_message_and_one_line_of_history(part: SessionPart) -> None:
    data, now = make_data(), timezone.now()
    first = registrations.request(part=part, data=data, now=now)
    again = registrations.request(part=part, data=data, now=now + timedelta(minutes=9))
    assert (first.created, first.message_queued) == (True, True)
    assert (again.created, again.message_queued) == (False, False)
    assert again.registration == first.registration
    assert messages(first.registration) == ["trainings.confirm_address"]
    assert journal.history_of(first.registration).count() == 1


@pytest.mark.feature(95)
def test_link_is_sent_again_after_ten_minutes_and_three_times_a_day(part: SessionPart) -> None:
    data, start = make_data(), timezone.now()
    sent = [
        registrations.request(part=part, data=data, now=start + timedelta(minutes=11 * step)).message_queued
        for step in range(6)
    ]
    assert sent == [True, True, True, False, False, False]
    tomorrow = registrations.request(part=part, data=data, now=start + timedelta(hours=25))
    assert tomorrow.message_queued
    assert tomorrow.registration.lapses_at == start + timedelta(hours=73)


def test_unconfirmed_request_takes_what_was_typed_last(part: SessionPart) -> None:
    data = make_data()
    first = registrations.request(part=part, data=data, now=timezone.now()).registration
    registrations.request(part=part, data=replace(data, name_latin="Nom corrigé"), now=timezone.now())
    first.refresh_from_db()
    assert first.name_latin == "Nom corrigé"
    assert journal.history_of(first).count() == 2


def test_confirmed_registration_is_not_changed_by_who_knows_its_address(part: SessionPart) -> None:
    data, now = make_data(), timezone.now()
    registration = registrations.request(part=part, data=data, now=now).registration
    confirmation.confirm(registration=registration, now=now)
    later = now + timedelta(minutes=20)
    again = registrations.request(part=part, data=replace(data, name_latin="Quelqu’un d’autre"), now=later)
    registration.refresh_from_db()
    assert again.registration == registration
    assert registration.name_latin == data.name_latin
    assert messages(registration)[-1] == "trainings.registration_page"


def test_address_may_ask_again_after_its_registration_ended(part: SessionPart) -> None:
    data, now = make_data(), timezone.now()
    first = registrations.request(part=part, data=data, now=now).registration
    lapse.lapse_unconfirmed(now=now + timedelta(hours=49))
    second = registrations.request(part=part, data=data, now=now + timedelta(hours=50)).registration
    assert second != first
    assert second.state == RegistrationState.UNCONFIRMED


def test_unconfirmed_request_lapses_after_48_hours_once(part: SessionPart) -> None:
    now = timezone.now()
    registration = request(part, now=now)
    assert lapse.lapse_unconfirmed(now=now + timedelta(hours=47)) == 0
    assert lapse.lapse_unconfirmed(now=now + timedelta(hours=48)) == 1
    assert lapse.lapse_unconfirmed(now=now + timedelta(hours=48)) == 0
    registration.refresh_from_db()
    assert registration.state == RegistrationState.LAPSED
    assert journal.history_of(registration).filter(verb="registration.lapsed").count() == 1
    assert Message.objects.about(registration).get().state == "cancelled"


def test_lapsed_request_is_renewed_with_everything_that_was_typed(part: SessionPart) -> None:
    question, now = make_question(part.session, kind=QuestionKind.YES_NO), timezone.now()
    first = request(part, now=now, function="Directrice", answers={question.pk: True})
    lapse.lapse_unconfirmed(now=now + timedelta(hours=48))
    first.refresh_from_db()
    second = registrations.renew(registration=first, now=now + timedelta(hours=50))
    assert second.pk != first.pk
    assert (second.email, second.function, second.answers) == (first.email, first.function, first.answers)
    assert messages(second) == ["trainings.confirm_address"]
    again = registrations.renew(registration=first, now=now + timedelta(hours=50))
    assert again == second
    assert messages(second) == ["trainings.confirm_address"]


def test_only_what_lapsed_before_its_confirmation_is_renewed(part: SessionPart) -> None:
    with pytest.raises(DomainError) as error:
        registrations.renew(registration=enter(part), now=timezone.now())
    assert error.value.code == "not_lapsed"


def test_staff_send_the_link_again_within_the_same_limits(part: SessionPart) -> None:
    now = timezone.now()
    registration = request(part, now=now)
    with pytest.raises(TooManyMessages):
        registrations.send_link(registration=registration, actor=None, now=now + timedelta(minutes=5))
    registrations.send_link(registration=registration, actor=None, now=now + timedelta(minutes=15))
    assert messages(registration) == ["trainings.confirm_address"] * 2
    assert journal.history_of(registration).filter(verb="registration.send_link").count() == 1


def test_link_to_confirm_is_not_sent_again_once_registration_is_closed(part: SessionPart) -> None:
    now = timezone.now()
    registration = request(part, now=now)
    type(part.session).objects.filter(pk=part.session_id).update(state="closed")
    with pytest.raises(RegistrationClosed):
        registrations.send_link(registration=registration, actor=None, now=now + timedelta(minutes=15))
    assert messages(registration) == ["trainings.confirm_address"]


def test_one_mailbox_gets_twelve_links_a_day_under_all_its_spellings() -> None:
    spellings = ["{}@example.tn", "{}+{n}@example.tn", "p.r.e.n.o.m+{n}@example.tn"]
    now, sent = timezone.now(), 0
    for number in range(20):
        email = spellings[number % 3].format("prenom", n=number)
        one = make_session("open", half_days=False).parts.get()
        sent += registrations.request(part=one, data=make_data(email=email), now=now).message_queued
    assert sent == letters.MAILBOX_A_DAY == 12
    other = make_session("open", half_days=False).parts.get()
    assert registrations.request(part=other, data=make_data(email="prenoms@example.tn"), now=now).message_queued
    later = now + timedelta(days=1, minutes=1)
    assert registrations.request(part=other, data=make_data(email="prenom@example.tn"), now=later).message_queued
