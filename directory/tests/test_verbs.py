"""Organisations, persons, programmes and consents: each verb, each refusal, the second call, the line of history."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.tests.factories import make_user
from core import journal
from core.errors import DomainError, StaleObject
from core.saving import Invalid
from core.testing.races import errors_in, race
from directory.domain import consents, organisations, persons, programmes
from directory.enums import OrganisationKind
from directory.models import Affiliation, Consent, Organisation, Person
from directory.tests.factories import make_consent, make_organisation, make_person, make_programme

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def verbs_of(obj: Any) -> list[str]:
    return [entry.verb for entry in journal.history_of(obj)]


def test_organisation_is_created_once_by_name() -> None:
    actor = make_user()
    body = organisations.create(actor=actor, name_fr="Pôle Exemple", kind=OrganisationKind.POLE)
    assert journal.history_of(body).get().actor == actor
    with pytest.raises(Invalid) as refused:
        organisations.create(actor=actor, name_fr="Pôle Exemple", kind=OrganisationKind.POLE)
    assert set(refused.value.errors) == {"name_fr"}
    with pytest.raises(Invalid) as refused:
        organisations.create(actor=actor, name_fr="", kind="castle", email="not an address")
    assert set(refused.value.errors) == {"name_fr", "kind", "email"}


def test_organisation_update_counts_versions_and_refuses_an_old_one() -> None:
    body = make_organisation()
    organisations.update(organisation=body, version=1, actor=None, acronym="PE")
    organisations.update(organisation=body, version=2, actor=None, acronym="PE")  # nothing changes
    body.refresh_from_db()
    assert (body.version, body.acronym, verbs_of(body)) == (2, "PE", ["organisation.edit"])
    with pytest.raises(StaleObject) as stale:
        organisations.update(organisation=body, version=1, actor=None, acronym="X")
    assert stale.value.current.acronym == "PE"


def test_rename_keeps_the_name_of_each_day() -> None:
    body = make_organisation("Centre Un", acronym="CU")
    organisations.rename(organisation=body, version=1, on=date(2015, 1, 1), actor=None, name_fr="Centre Deux")
    organisations.rename(organisation=body, version=2, on=date(2020, 6, 1), actor=None, name_fr="Centre Trois")
    body.refresh_from_db()
    days = [date(2014, 5, 6), date(2014, 12, 31), date(2015, 1, 1), date(2020, 5, 31), date(2020, 6, 1)]
    assert [body.name_on(day, "fr") for day in days] == ["Centre Un"] * 2 + ["Centre Deux"] * 2 + ["Centre Trois"]
    assert verbs_of(body) == ["organisation.rename", "organisation.rename"]


def test_rename_refuses_an_earlier_day_the_same_name_and_a_stale_form() -> None:
    body = make_organisation("Centre Un")
    organisations.rename(organisation=body, version=1, on=date(2015, 1, 1), actor=None, name_fr="Centre Deux")
    with pytest.raises(DomainError) as refused:
        organisations.rename(organisation=body, version=2, on=date(2014, 1, 1), actor=None, name_fr="Centre Trois")
    assert (refused.value.code, refused.value.field) == ("order", "on")
    with pytest.raises(DomainError) as refused:
        organisations.rename(organisation=body, version=2, on=date(2016, 1, 1), actor=None, name_fr="Centre Deux")
    assert refused.value.code == "same_name"
    with pytest.raises(StaleObject):
        organisations.rename(organisation=body, version=1, on=date(2016, 1, 1), actor=None, name_fr="Centre Trois")
    assert body.former_names.count() == 1


def test_former_name_may_be_added_later() -> None:
    body = make_organisation()
    organisations.add_former_name(organisation=body, valid_to=date(2014, 12, 31), actor=None, name_fr="Ancien")
    with pytest.raises(Invalid):
        organisations.add_former_name(organisation=body, valid_to=date(2014, 12, 31), actor=None, name_fr="Autre")
    assert body.name_on(date(2014, 5, 6), "fr") == "Ancien"


def test_person_needs_one_name_in_either_script() -> None:
    with pytest.raises(Invalid) as refused:
        persons.create(actor=None, now=NOW, function="Directeur")
    assert set(refused.value.errors) == {"name_latin"}
    assert persons.create(actor=None, now=NOW, name_ar="أمل").name == "أمل"


@pytest.mark.parametrize("name", ["Amel\u202egro", "A\u200bmel", "x" * 201])
def test_person_name_with_hidden_signs_or_too_long_is_refused(name: str) -> None:
    with pytest.raises(Invalid) as refused:
        persons.create(actor=None, now=NOW, name_latin=name)
    assert set(refused.value.errors) == {"name_latin"}


def test_person_name_comes_on_one_line() -> None:
    person = persons.create(actor=None, now=NOW, name_latin="Amel\nBcc: x@y.tn")
    assert person.name_latin == "Amel Bcc: x@y.tn"


@pytest.mark.feature(12)
def test_one_file_a_person_with_dated_affiliations() -> None:
    first, second = make_organisation(), make_organisation()
    person = persons.create(
        actor=None, now=NOW, name_latin=" Amel   Ben Salah ", email=" AMEL@Example.TN ", organisation=first
    )
    assert (person.name_latin, person.email) == ("Amel Ben Salah", "amel@example.tn")
    again = persons.match_or_create(email="Amel@example.tn", name_latin="A. Ben Salah", actor=None, now=NOW)
    assert again == person and again.name_latin == "Amel Ben Salah"  # an address does not rewrite a file
    affiliation = person.affiliations.get()
    persons.end_affiliation(affiliation=affiliation, ends_on=date(2026, 6, 30), actor=None)
    persons.affiliate(person=person, organisation=second, starts_on=date(2026, 7, 1), function="Directrice", actor=None)
    persons.affiliate(person=person, organisation=second, actor=None)  # a second call changes nothing
    in_june = Affiliation.objects.filter(person=person).in_force(on=date(2026, 6, 30))
    in_july = Affiliation.objects.filter(person=person).in_force(on=date(2026, 7, 1))
    assert [row.organisation for row in in_june] == [first]
    assert [row.organisation for row in in_july] == [second]
    assert verbs_of(person) == ["person.affiliate", "person.leave", "person.affiliate", "person.create"]


@pytest.mark.feature(17)
def test_person_without_account_or_address_has_a_file() -> None:
    trainer = persons.create(actor=None, now=NOW, name_latin="Formatrice", function="Expert international")
    twin = persons.match_or_create(email="", name_latin="Formatrice", actor=None, now=NOW)
    assert trainer.user is None and trainer.email is None
    assert twin != trainer  # without an address nobody is matched by name alone
    user = make_user("trainer")
    persons.link_account(person=trainer, user=user, actor=None)
    assert Person.objects.get(user=user) == trainer
    with pytest.raises(Invalid):
        persons.link_account(person=twin, user=user, actor=None)


def test_affiliation_ends_once_and_not_before_it_starts() -> None:
    person = make_person(organisation=make_organisation())
    row = person.affiliations.get()
    Affiliation.objects.filter(pk=row.pk).update(starts_on=date(2026, 1, 1))
    with pytest.raises(Invalid) as refused:
        persons.end_affiliation(affiliation=row, ends_on=date(2025, 12, 31), actor=None)
    assert set(refused.value.errors) == {"ends_on"}
    persons.end_affiliation(affiliation=row, ends_on=date(2026, 1, 1), actor=None)
    with pytest.raises(DomainError, match="déjà"):
        persons.end_affiliation(affiliation=row, ends_on=date(2026, 1, 2), actor=None)


def test_address_of_another_person_is_refused_beside_its_field() -> None:
    one, other = make_person(), make_person()
    with pytest.raises(Invalid) as refused:
        persons.update(person=one, version=1, actor=None, email=other.email)
    assert set(refused.value.errors) == {"email"}


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_sixteen_confirmations_at_once_make_one_person() -> None:
    found = race(
        *[lambda: persons.match_or_create(email="amel@example.tn", name_latin="Amel", actor=None, now=NOW)] * 16
    )
    assert not errors_in(found)
    assert len({person.pk for person in found}) == 1 == Person.objects.count()  # type: ignore[union-attr]


def test_programme_dates_and_code_are_checked() -> None:
    programme = programmes.create(actor=None, code="pasri", name_fr="Programme")
    with pytest.raises(Invalid) as refused:
        programmes.create(actor=None, code="pasri", name_fr="Autre")
    assert set(refused.value.errors) == {"code"}
    with pytest.raises(Invalid) as refused:
        days = {"starts_on": date(2014, 1, 1), "ends_on": date(2013, 1, 1)}
        programmes.update(programme=programme, version=1, actor=None, **days)
    assert set(refused.value.errors) == {"ends_on"}
    programmes.update(programme=programme, version=1, actor=None, starts_on=date(2012, 1, 1))
    assert verbs_of(programme) == ["programme.edit", "programme.create"]
    assert not make_programme().is_fictional


@pytest.mark.feature(123)
def test_consent_keeps_the_version_and_is_withdrawn_once() -> None:
    person = make_person()
    first = make_consent(person).text
    consent = Consent.objects.get()
    assert consents.give(person=person, text=first, language="ar", given_at=NOW) == consent  # a second call
    assert consents.has_consent(person=person, purpose="training")
    consents.withdraw(consent=consent, now=NOW, actor=None)
    assert not consents.has_consent(person=person, purpose="training")
    with pytest.raises(DomainError):
        consents.withdraw(consent=consent, now=NOW, actor=None)
    again = consents.give(person=person, text=first, language="ar", given_at=NOW)
    assert again != consent and Consent.objects.count() == 2  # that it was given and withdrawn stays on record
    assert verbs_of(person) == ["consent.give", "consent.withdraw"]
    assert journal.history_of(person).last().data == {"purpose": "training", "version": 1}  # type: ignore[union-attr]


def test_text_in_force_is_the_newest_of_its_day() -> None:
    first = make_consent(make_person()).text
    later = type(first).objects.create(
        purpose="training",
        number=2,
        text_fr="2",
        text_ar="2",
        text_en="2",
        valid_from=timezone.localdate() + timedelta(9),
    )
    assert consents.text_in_force(purpose="training", on=timezone.localdate()) == first
    assert consents.text_in_force(purpose="training", on=later.valid_from) == later
    assert consents.text_in_force(purpose="training", on=date(2013, 1, 1)) is None


def test_snapshot_of_every_change_carries_the_act() -> None:
    body = organisations.create(actor=None, name_fr="Pôle Exemple", kind=OrganisationKind.POLE)
    organisations.update(organisation=body, version=1, actor=None, acronym="PE")
    entries = list(journal.history_of(body).order_by("id"))
    events = list(Organisation.objects.get().events.order_by("pgh_id"))  # type: ignore[attr-defined]
    assert [event.pgh_context_id for event in events] == [entry.context_id for entry in entries]
    assert [event.acronym for event in events] == ["", "PE"]
