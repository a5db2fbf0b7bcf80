"""The staff's tab: who sees what, the waiting list in its order, decisions, entering somebody by hand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.tests.factories import make_user
from core import journal
from core.models import Message
from core.testing.client import StrictClient
from core.testing.queries import assert_flat_queries
from directory.models import Consent, Person
from directory.tests.factories import make_person
from trainings.domain import archive
from trainings.enums import RegistrationState
from trainings.models import Registration, SessionPart
from trainings.tests.factories import make_category, make_part, make_registration, make_session
from trainings.tests.requests import enter, make_consent_text, request

pytestmark = pytest.mark.django_db
ClientFor = Callable[..., StrictClient]


@pytest.fixture
def part() -> SessionPart:
    make_consent_text()
    return make_session("open", capacity=2, is_moderated=True).parts.get()


@pytest.fixture
def staff() -> User:
    return make_user("officer", full_name="Chargée de programme")


@pytest.fixture
def browser(client_for: ClientFor, staff: User) -> StrictClient:
    return client_for(staff)


def tab(part: SessionPart) -> str:
    return reverse("trainings:registration-list", args=[part.session.slug])


def one(name: str, registration: Registration) -> str:
    return reverse(f"trainings:{name}", args=[registration.pk])


def trainer_of(part: SessionPart) -> User:
    user = make_user("trainer")
    part.session.trainers.create(person=make_person(user=user))
    return user


@pytest.mark.feature(26)
def test_staff_see_everybody_with_state_and_the_waiting_list_in_order(part: SessionPart, browser: StrictClient) -> None:
    for state in RegistrationState:
        make_registration(part, state)
    first = part.registrations.get(state="waiting")
    second = make_registration(part, "waiting")
    page = browser.get(tab(part))
    assert len(page.context["page"].rows) == 9
    [queue] = page.context["queues"]
    assert queue["rows"] == [first, second]
    turns = {row.pk: row.turn for row in page.context["page"].rows if row.state == "waiting"}
    assert turns == {first.pk: 1, second.pk: 2}


def test_list_is_filtered_and_searched(part: SessionPart, browser: StrictClient) -> None:
    other = make_part(part.session, position=2, half_days=False)
    make_registration(part, "confirmed", name_latin="Chercheuse Exemple")
    make_registration(part, "waiting")
    make_registration(other, "waiting")
    for query, count in [
        ("?q=chercheuse", 1),
        ("?state=waiting", 2),
        (f"?part={other.pk}", 1),
        (f"?state=waiting&part={part.pk}", 1),
        ("?q=personne-de-ce-nom", 0),
        ("?state=inconnu", 3),
    ]:
        assert browser.get(tab(part) + query).context["page"].count == count, query


def test_queries_of_the_list_do_not_grow_with_its_rows(part: SessionPart, browser: StrictClient) -> None:
    assert_flat_queries(browser, tab(part), lambda: make_registration(part, "waiting"), limit=17)


def test_trainer_sees_names_of_the_confirmed_of_the_own_session_only(part: SessionPart, client_for: ClientFor) -> None:
    confirmed = make_registration(part, "confirmed", phone="+21671234567")
    waiting = make_registration(part, "waiting")
    browser = client_for(trainer_of(part))
    page = browser.get(tab(part))
    html = page.content.decode()
    assert [row.pk for row in page.context["page"].rows] == [confirmed.pk]
    assert confirmed.name in html
    assert tab(part) in browser.get(reverse("trainings:session-detail", args=[part.session.slug])).content.decode()
    for hidden in (confirmed.email, "71", waiting.name, "Ajouter"):
        assert hidden not in html.partition("<tbody>")[2]
    assert browser.get(one("registration-detail", confirmed)).status_code == 403
    stranger = make_registration(make_session("open").parts.get(), "confirmed")
    assert browser.get(tab(stranger.part)).status_code == 404


def test_auditor_reads_no_names_and_others_find_nothing(part: SessionPart, client_for: ClientFor) -> None:
    make_registration(part, "confirmed")
    assert client_for(make_user("auditor")).get(tab(part)).status_code == 403
    assert client_for(make_user("member")).get(tab(part)).status_code == 403
    assert client_for(make_user("animator")).post(tab(part) + "accept/").status_code == 403


def test_only_staff_decide(part: SessionPart, client_for: ClientFor) -> None:
    registration = make_registration(part, "review")
    for user in (trainer_of(part), make_user("auditor"), make_user("member")):
        browser = client_for(user)
        for name in ("registration-approve", "registration-refuse", "registration-end", "registration-resend"):
            assert browser.post(one(name, registration), {"reason": "x"}).status_code == 403
    registration.refresh_from_db()
    assert registration.state == RegistrationState.REVIEW


@pytest.mark.feature(23)
def test_several_are_accepted_at_once_and_each_says_what_became_of_it(
    part: SessionPart, browser: StrictClient, staff: User
) -> None:
    rows = [enter(part) for _ in range(3)]
    rows[0].refresh_from_db()
    browser.post(one("registration-refuse", rows[0]), {"reason": "Public non visé"})
    page = browser.post(tab(part) + "accept/", {"registration": [row.pk for row in rows] + ["x", "999999999"]})
    decisions = page.context["decisions"]
    assert [d.registration.pk for d in decisions] == [row.pk for row in rows]
    assert "Chargée de programme" in decisions[0].error
    assert [d.error for d in decisions[1:]] == ["", ""]
    assert journal.history_of(rows[1]).get(verb="registration.confirmed").actor == staff
    assert browser.post(tab(part) + "accept/").status_code == 302


def test_registration_of_another_session_is_not_accepted_through_this_one(
    part: SessionPart, browser: StrictClient
) -> None:
    foreign = make_registration(make_session("open", is_moderated=True).parts.get(), "review")
    browser.post(tab(part) + "accept/", {"registration": [foreign.pk]})
    foreign.refresh_from_db()
    assert foreign.state == RegistrationState.REVIEW


@pytest.mark.feature(95)
@pytest.mark.feature(123)
def test_detail_shows_what_was_typed_the_consent_the_messages_and_the_history(
    part: SessionPart, browser: StrictClient
) -> None:
    registration = enter(part, function="Directrice", phone="+21671234567")
    page = browser.get(one("registration-detail", registration))
    html = page.content.decode()
    for words in ("Directrice", "71\u00a0234\u00a0567", "Texte de consentement 1", registration.email):
        assert words in html
    assert [letter.kind for letter in page.context["letters"]] == ["trainings.review", "trainings.confirm_address"]
    assert [line.words for line in page.context["lines"]]
    assert reverse("notifications:message-detail", args=[page.context["letters"][0].pk]) in html


@pytest.mark.parametrize("state", [state.value for state in RegistrationState])
def test_detail_opens_in_every_state(part: SessionPart, browser: StrictClient, state: str) -> None:
    assert browser.get(one("registration-detail", make_registration(part, state))).status_code == 200


def test_staff_cancel_with_a_reason_that_the_person_reads(part: SessionPart, browser: StrictClient) -> None:
    registration = make_registration(part, "confirmed")
    url = one("registration-end", registration)
    assert browser.get(url).status_code == 200
    assert set(browser.post(url, {"reason": ""}).context["form"].errors) == {"reason"}
    browser.post(url, {"reason": "Doublon"})
    registration.refresh_from_db()
    assert registration.state == RegistrationState.CANCELLED
    again = browser.post(url, {"reason": "Encore"})
    assert "Chargée de programme" in again.context["form"].non_field_errors()[0]


def test_link_is_sent_again_by_staff_and_not_too_often(part: SessionPart, browser: StrictClient) -> None:
    registration = make_registration(part, "unconfirmed")
    url = one("registration-resend", registration)
    assert browser.get(url).status_code == 302
    browser.post(url)
    page = browser.post(url, follow=True)
    assert Message.objects.about(registration).count() == 1
    assert [message.level_tag for message in page.context["messages"]][-1] == "error"


def hand(part: SessionPart) -> str:
    return reverse("trainings:registration-create", args=[part.session.slug, part.position])


def test_somebody_without_an_address_is_entered_by_hand(part: SessionPart, browser: StrictClient) -> None:
    assert browser.get(hand(part)).status_code == 200
    data: dict[str, Any] = {"name_latin": "Sans Adresse", "language": "fr", "consent": "on"}
    browser.post(hand(part), data)
    registration = Registration.objects.get()
    assert (registration.state, registration.rank, registration.email) == (RegistrationState.CONFIRMED, 1, "")
    assert registration.person is not None
    assert registration.person.email is None
    assert Consent.objects.get().person == registration.person
    assert not Message.objects.exists()


def test_known_person_is_found_and_entered_with_the_own_file(part: SessionPart, browser: StrictClient) -> None:
    person: Person = make_person("Personne Connue", function="Directrice")
    assert browser.get(hand(part) + "?q=connue").context["found"] == [person]
    url = f"{hand(part)}?person={person.pk}"
    assert browser.get(url).context["form"].initial["name_latin"] == "Personne Connue"
    browser.post(url, {"name_latin": "Personne Connue", "email": person.email, "language": "fr"})
    assert Registration.objects.get().person == person
    again = browser.post(url, {"name_latin": "Personne Connue", "email": person.email, "language": "fr"})
    assert "email" in again.context["form"].errors
    assert Registration.objects.count() == 1


def test_wrong_entry_by_hand_is_said_and_nothing_is_lost(browser: StrictClient) -> None:
    make_consent_text()
    part = make_part(make_session("open"), position=2, categories={"interface": 1}, half_days=False)
    page = browser.post(hand(part), {"function": "Directrice", "language": "fr", "category": ""})
    assert "category" in page.context["form"].errors
    assert 'value="Directrice"' in page.content.decode()
    data = {"name_latin": "Nom", "language": "fr", "category": make_category("interface").pk}
    assert browser.post(hand(part), data).status_code == 302


def test_same_entry_sent_twice_makes_one(part: SessionPart, browser: StrictClient) -> None:
    data = {"name_latin": "Sans Adresse", "language": "fr", "once": "abcdefghijklmnopqrst"}
    first = browser.post(hand(part), data)
    second = browser.post(hand(part), data)
    assert first.headers["Location"] == second.headers["Location"]
    assert Registration.objects.count() == 1


def test_unconfirmed_request_is_seen_with_its_deadline(part: SessionPart, browser: StrictClient) -> None:
    registration = request(part, now=timezone.now())
    assert browser.get(one("registration-detail", registration)).context["may_cancel"]


def test_who_took_part_before_the_portal_holds_a_place_that_can_be_given_back(browser: StrictClient) -> None:
    part = make_session("held", capacity=None).parts.get()
    kept, ended = (
        archive.record_participant(part=part, person=make_person(), actor=None, now=timezone.now()) for _ in range(2)
    )
    part.refresh_from_db()
    assert part.taken == 2
    assert browser.post(one("registration-refuse", ended), {"reason": "Erreur de saisie"}).status_code == 302
    part.refresh_from_db()
    ended.refresh_from_db()
    assert (part.taken, ended.state, kept.state) == (1, "refused", "confirmed")
