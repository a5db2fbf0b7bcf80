"""Confirming the address: rank, place or turn, the person's file, the consent, and what a second call answers."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.tests.factories import make_user
from core import journal
from core.errors import IllegalMove, ReasonRequired, StaleObject
from core.models import Message
from directory.models import Consent, Person
from trainings.domain import by_hand, confirmation, moderation, registrations, withdrawal
from trainings.domain.by_hand import AlreadyRegistered
from trainings.domain.confirmation import RequestLapsed
from trainings.domain.registrations import RegistrationClosed
from trainings.enums import RegistrationState
from trainings.models import PartCategory, Registration, SessionPart
from trainings.tests.factories import make_category, make_part, make_registration, make_session
from trainings.tests.requests import enter, make_data, request

pytestmark = pytest.mark.django_db


@pytest.fixture
def part() -> SessionPart:
    return make_session("open", capacity=2).parts.get()


def kinds(registration: Registration) -> list[str]:
    return list(Message.objects.about(registration).order_by("id").values_list("kind", flat=True))


def test_confirming_gives_a_place_a_rank_a_file_and_keeps_the_consent(part: SessionPart) -> None:
    now = timezone.now()
    registration = enter(part, now=now, language="ar", name_latin="Nom", function="Directrice")
    part.refresh_from_db()
    assert (registration.state, registration.rank) == (RegistrationState.CONFIRMED, 1)
    assert registration.confirmed_at == now
    assert (part.taken, part.last_rank) == (1, 1)
    person = Person.objects.get(email=registration.email)
    assert registration.person == person
    assert (person.name_latin, person.language) == ("Nom", "ar")
    consent = Consent.objects.get(person=person)
    assert (consent.text, consent.language, consent.given_at) == (registration.consent_text, "ar", now)
    assert kinds(registration) == ["trainings.confirm_address", "trainings.confirmed"]
    assert journal.history_of(registration).filter(verb="registration.confirmed").count() == 1


def test_confirming_never_changes_the_names_of_a_known_person(part: SessionPart) -> None:
    known = Person.objects.create(name_latin="Nom connu", email="connue@example.tn", created_at=timezone.now())
    registration = enter(part, email="connue@example.tn", name_latin="Nom tapé")
    known.refresh_from_db()
    assert registration.person == known
    assert known.name_latin == "Nom connu"
    assert registration.name_latin == "Nom tapé"


@pytest.mark.feature(26)
def test_full_part_gives_a_turn_on_the_waiting_list_in_the_order_of_confirmation(part: SessionPart) -> None:
    first, second = request(part), request(part)
    late, early = request(part), request(part)
    now = timezone.now()
    for registration in (first, second, early, late):
        confirmation.confirm(registration=registration, now=now)
    assert [r.name for r in part.registrations.waiting()] == [early.name, late.name]
    early.refresh_from_db()
    assert (early.state, early.rank) == (RegistrationState.WAITING, 3)
    assert kinds(early)[-1] == "trainings.waiting"


@pytest.mark.feature(24)
def test_places_kept_to_a_category_are_full_for_it_alone() -> None:
    session = make_session("open", capacity=5)
    part = make_part(session, position=2, capacity=3, categories={"interface": 1, "ministry": 3}, half_days=False)
    interface, ministry = make_category("interface"), make_category("ministry")
    states = [enter(part, category=category).state for category in (interface, interface, ministry, ministry, ministry)]
    assert states == ["confirmed", "waiting", "confirmed", "confirmed", "waiting"]
    part.refresh_from_db()
    assert part.taken == 3
    taken = PartCategory.objects.filter(part=part).values_list("category__code", "taken")
    assert dict(taken) == {"interface": 1, "ministry": 2}


def test_second_confirmation_answers_alike_and_does_nothing(part: SessionPart) -> None:
    registration = enter(part)
    again = confirmation.confirm(registration=registration, now=timezone.now())
    part.refresh_from_db()
    assert (again.pk, again.state, again.rank) == (registration.pk, registration.state, 1)
    assert (part.taken, part.last_rank) == (1, 1)
    assert kinds(registration).count("trainings.confirmed") == 1


def test_request_whose_time_is_over_is_not_confirmed_even_before_the_sweep(part: SessionPart) -> None:
    now = timezone.now()
    registration = request(part, now=now)
    with pytest.raises(RequestLapsed):
        confirmation.confirm(registration=registration, now=now + timedelta(hours=48))


def test_request_changed_after_the_page_was_opened_is_shown_again(part: SessionPart) -> None:
    data = make_data()
    registration = registrations.request(part=part, data=data, now=timezone.now()).registration
    seen = registration.version
    registrations.request(part=part, data=make_data(email=data.email), now=timezone.now())
    with pytest.raises(StaleObject):
        confirmation.confirm(registration=registration, version=seen, now=timezone.now())


def test_confirmation_is_refused_when_registration_closed_meanwhile(part: SessionPart) -> None:
    registration = request(part)
    type(part.session).objects.filter(pk=part.session_id).update(state="closed")
    with pytest.raises(RegistrationClosed):
        confirmation.confirm(registration=registration, now=timezone.now())
    part.refresh_from_db()
    assert (part.taken, part.last_rank) == (0, 0)


def test_cancelled_request_cannot_be_confirmed(part: SessionPart) -> None:
    registration = request(part)
    withdrawal.cancel(registration=registration, now=timezone.now())
    with pytest.raises(IllegalMove):
        confirmation.confirm(registration=registration, now=timezone.now())


@pytest.mark.feature(23)
def test_moderated_session_waits_for_a_decision_and_keeps_the_rank(part: SessionPart) -> None:
    type(part.session).objects.filter(pk=part.session_id).update(is_moderated=True)
    staff = make_user("officer")
    first, second, third = enter(part), enter(part), enter(part)
    assert [r.state for r in (first, second, third)] == ["review"] * 3
    assert kinds(first)[-1] == "trainings.review"
    part.refresh_from_db()
    assert (part.taken, part.last_rank) == (0, 3)
    decisions = moderation.accept_each(registrations=[third, first, second], actor=staff, now=timezone.now())
    assert [(d.registration.pk, d.registration.state) for d in decisions] == [
        (first.pk, "confirmed"),
        (second.pk, "confirmed"),
        (third.pk, "waiting"),
    ]
    entry = journal.history_of(first).get(verb="registration.confirmed")
    assert entry.actor == staff


def test_second_decision_says_who_decided_when(part: SessionPart) -> None:
    registration = make_registration(part, "review")
    staff = make_user("officer", full_name="Chargée de programme")
    moderation.accept(registration=registration, actor=staff, now=timezone.now())
    with pytest.raises(IllegalMove, match="Chargée de programme"):
        moderation.accept(registration=registration, actor=make_user("manager"), now=timezone.now())
    [decision] = moderation.accept_each(registrations=[registration], actor=staff, now=timezone.now())
    assert "Chargée de programme" in decision.error


def test_refusal_needs_a_reason_which_the_history_keeps(part: SessionPart) -> None:
    registration, staff = make_registration(part, "review"), make_user("officer")
    with pytest.raises(ReasonRequired):
        withdrawal.refuse(registration=registration, actor=staff, reason=" ", now=timezone.now())
    withdrawal.refuse(registration=registration, actor=staff, reason="Public non visé", now=timezone.now())
    entry = journal.history_of(registration).get(verb="registration.refused")
    assert (entry.actor, entry.reason.text) == (staff, "Public non visé")
    assert kinds(registration) == ["trainings.refused"]
    with pytest.raises(IllegalMove):
        withdrawal.refuse(registration=registration, actor=staff, reason="Encore", now=timezone.now())


def test_staff_register_a_person_without_address_or_account_under_the_same_capacity(part: SessionPart) -> None:
    staff, now = make_user("officer"), timezone.now()
    entered = [
        by_hand.register(part=part, data=make_data(email="", consent_text=None), actor=staff, now=now) for _ in range(3)
    ]
    assert [r.state for r in entered] == ["confirmed", "confirmed", "waiting"]
    assert [r.rank for r in entered] == [1, 2, 3]
    assert all(r.person is not None and r.person.email is None for r in entered)
    assert not Consent.objects.exists()
    assert not Message.objects.exists()
    verbs = list(journal.history_of(entered[0]).order_by("id").values_list("verb", "actor"))
    assert verbs == [("registration.by_hand", staff.pk), ("registration.confirmed", staff.pk)]


def test_staff_register_after_the_public_deadline_but_not_a_session_that_is_over(part: SessionPart) -> None:
    staff, now = make_user("officer"), timezone.now()
    type(part.session).objects.filter(pk=part.session_id).update(state="closed")
    assert by_hand.register(part=part, data=make_data(), actor=staff, now=now).state == "confirmed"
    type(part.session).objects.filter(pk=part.session_id).update(state="held")
    with pytest.raises(RegistrationClosed):
        by_hand.register(part=part, data=make_data(), actor=staff, now=now)


def test_staff_are_told_that_an_address_or_a_person_is_registered_already(part: SessionPart) -> None:
    staff, now = make_user("officer"), timezone.now()
    known = enter(part)
    with pytest.raises(AlreadyRegistered) as error:
        by_hand.register(part=part, data=make_data(email=known.email.upper()), actor=staff, now=now)
    assert (error.value.known, error.value.field) == (known, "email")
    nobody = by_hand.register(part=part, data=make_data(email=""), actor=staff, now=now)
    with pytest.raises(AlreadyRegistered):
        by_hand.register(part=part, data=make_data(email=""), person=nobody.person, actor=staff, now=now)
    part.refresh_from_db()
    assert (part.taken, part.last_rank, Registration.objects.count()) == (2, 2, 2)


def test_cancelling_a_session_ends_every_active_registration_and_gives_the_seats_back(part: SessionPart) -> None:
    confirmed, waiting = make_registration(part, "confirmed"), make_registration(part, "waiting")
    offered, unconfirmed = make_registration(part, "offered"), make_registration(part, "unconfirmed")
    refused = make_registration(part, "refused")
    staff = make_user("manager")
    told = registrations.cancel_all(session=part.session, actor=staff, reason="Salle fermée", now=timezone.now())
    assert set(told) == {confirmed, waiting, offered}
    part.refresh_from_db()
    assert part.taken == 0
    states = {r.pk: r.state for r in part.registrations.all()}
    assert {states[r.pk] for r in (confirmed, waiting, offered, unconfirmed)} == {"cancelled"}
    assert states[refused.pk] == "refused"
    entry = journal.history_of(confirmed).get(verb="registration.cancelled")
    assert (entry.actor, entry.reason.text) == (staff, "Salle fermée")
    assert registrations.cancel_all(session=part.session, actor=staff, reason="Encore", now=timezone.now()) == []
