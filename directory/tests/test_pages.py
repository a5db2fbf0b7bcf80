"""Pages of the directory: who opens them, what they show, what a wrong or late answer gets."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.tests.factories import make_user
from core import journal
from core.testing.client import StrictClient
from core.testing.queries import assert_flat_queries
from directory.domain import organisations, persons, reference
from directory.models import Affiliation, Consent, FormerName, Holiday, Organisation, Person, Programme
from directory.tests.factories import (
    make_consent,
    make_governorate,
    make_organisation,
    make_person,
    make_programme,
)

pytestmark = pytest.mark.django_db
ClientFor = Callable[..., StrictClient]
LANGUAGES = ("", "/ar", "/en")


@pytest.fixture
def staff(client_for: ClientFor) -> StrictClient:
    return client_for(make_user("officer"))


@pytest.mark.feature(115)
@pytest.mark.parametrize("prefix", LANGUAGES)
def test_every_page_opens_in_every_language_empty_and_full(staff: StrictClient, prefix: str) -> None:
    lists = ["person-list", "organisation-list", "programme-list", "calendar", "register"]
    for name in lists:
        assert staff.get(prefix + reverse(f"directory:{name}")).status_code == 200
    reference.load()
    body = Organisation.objects.get(acronym="CETIBA")
    person = make_person(organisation=body, phone="+21671234567", governorate=make_governorate())
    consent = make_consent(person)
    programme = make_programme(agency=body, starts_on=date(2012, 1, 1), funder_fr="Union européenne")
    persons.end_affiliation(affiliation=person.affiliations.get(), ends_on=date(2020, 1, 1), actor=None)
    row = persons.affiliate(person=person, organisation=make_organisation(), actor=None)
    feast = Holiday.objects.filter(kind="lunar").first()
    assert feast is not None
    addresses = [reverse(f"directory:{name}") for name in (*lists, "person-create", "organisation-create")]
    addresses += [reverse("directory:programme-create")]
    for name, pk in [
        ("person-detail", person.pk),
        ("person-edit", person.pk),
        ("affiliation-create", person.pk),
        ("affiliation-end", row.pk),
        ("organisation-detail", body.pk),
        ("organisation-edit", body.pk),
        ("organisation-rename", body.pk),
        ("programme-detail", programme.pk),
        ("programme-edit", programme.pk),
        ("holiday-confirm", feast.pk),
    ]:
        addresses.append(reverse(f"directory:{name}", args=[pk]))
    for address in addresses:
        response = staff.get(prefix + address)
        assert response.status_code == 200, address
    assert body.name_ar in staff.get("/ar" + reverse("directory:organisation-list") + "?q=CETIBA").content.decode()
    assert consent.text.text_fr in staff.get(reverse("directory:person-detail", args=[person.pk])).content.decode()


def test_person_list_asks_as_often_for_three_as_for_one(staff: StrictClient) -> None:
    body = make_organisation()
    make = lambda: make_person(organisation=body, governorate=make_governorate())  # noqa: E731
    assert_flat_queries(staff, reverse("directory:person-list"), make)


def test_organisation_list_asks_as_often_for_three_as_for_one(staff: StrictClient) -> None:
    make = lambda: make_organisation(governorate=make_governorate())  # noqa: E731
    assert_flat_queries(staff, reverse("directory:organisation-list"), make)


def test_programme_list_asks_as_often_for_three_as_for_one(staff: StrictClient) -> None:
    body = make_organisation()
    assert_flat_queries(staff, reverse("directory:programme-list"), lambda: make_programme(agency=body))


def test_calendar_asks_as_often_for_a_full_year(staff: StrictClient) -> None:
    day = iter(range(1, 9))

    def make() -> Holiday:
        return Holiday.objects.create(on=date(2026, 6, next(day)), name_fr="Fête", kind="fixed", status="confirmed")

    assert_flat_queries(staff, reverse("directory:calendar") + "?year=2026", make)


def test_person_page_asks_as_often_for_three_affiliations(staff: StrictClient) -> None:
    person = make_person()

    def make() -> None:
        persons.affiliate(person=person, organisation=make_organisation(), actor=None)
        text = make_consent(make_person()).text
        Consent.objects.create(
            person=person, text=text, language="fr", given_at=timezone.now(), withdrawn_at=timezone.now()
        )

    assert_flat_queries(staff, reverse("directory:person-detail", args=[person.pk]), make)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=ben+salah", {"Amel Ben Salah"}),
        ("q=SALAH", {"Amel Ben Salah"}),
        ("q=أمل", {"Amel Ben Salah"}),
        ("q=amel@", {"Amel Ben Salah"}),
        ("q=direct", {"Béchir Amri"}),
        ("q=be", {"Béchir Amri", "Amel Ben Salah"}),
        ("governorate=%s", {"Béchir Amri"}),
        ("account=with", set()),
        ("account=without&q=amri", {"Béchir Amri"}),
        ("organisation=%o", {"Amel Ben Salah"}),
    ],
)
def test_person_list_finds_by_name_function_address_and_place(staff: StrictClient, query: str, found: set[str]) -> None:
    body = make_organisation()
    make_person("Amel Ben Salah", name_ar="أَمَل بن صالح", email="amel@example.tn", organisation=body)
    make_person("Béchir Amri", function="Directeur", governorate=make_governorate(), email="b@example.tn")
    place = make_governorate().pk
    page = staff.get(
        f"{reverse('directory:person-list')}?" + query.replace("%s", str(place)).replace("%o", str(body.pk))
    )
    assert {row.name_latin for row in page.context["page"].rows} == found
    assert ("Rien ne correspond" in page.content.decode()) == (not found)


def test_organisation_is_found_by_its_former_name(staff: StrictClient) -> None:
    body = make_organisation("Centre du bois", acronym="CETIBA")
    FormerName.objects.create(organisation=body, acronym="CTBA", name_fr="Ancien centre", valid_to=date(2014, 12, 31))
    make_organisation("Pôle Exemple")
    for words in ("CTBA", "ct", "ancien bois", "cetiba"):
        page = staff.get(reverse("directory:organisation-list"), {"q": words})
        assert [row.pk for row in page.context["page"].rows] == [body.pk], words


def test_staff_enter_a_person_and_land_on_the_file(staff: StrictClient) -> None:
    body = make_organisation()
    data = {
        "name_latin": "Amel Ben Salah",
        "name_ar": "أمل بن صالح",
        "sex": "f",
        "language": "ar",
        "email": "AMEL@example.tn",
        "phone": "71 234 567",
        "function": "Cheffe de service",
        "organisation": body.pk,
    }
    response = staff.post(reverse("directory:person-create"), data)
    assert response.status_code == 302, response.context["form"].errors
    person = Person.objects.get()
    assert response.url == reverse("directory:person-detail", args=[person.pk])
    assert (person.email, person.phone) == ("amel@example.tn", "+21671234567")
    assert person.affiliations.get().organisation == body
    page = staff.get(response.url).content.decode()
    assert "71\u00a0234\u00a0567" in page and "La fiche est enregistrée" not in page


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("name_latin", "Amel\u202egro", "invisible"),
        ("name_latin", "أمل", "lettres latines"),
        ("name_ar", "Amel", "lettres arabes"),
        ("name_latin", "x" * 201, "200"),
        ("email", "amel@example.tn\r\nBcc: x@y.tn", "adresse"),
        ("email", "taken@example.tn", "existe déjà"),
        ("phone", "123", "huit chiffres"),
    ],
)
def test_wrong_input_is_said_beside_the_field_and_nothing_is_lost(
    staff: StrictClient, field: str, value: str, words: str
) -> None:
    make_person(email="taken@example.tn")
    data = {"name_latin": "Amel", "sex": "f", "language": "fr", "function": "Ce que j’ai écrit", field: value}
    response = staff.post(reverse("directory:person-create"), data)
    html = response.content.decode()
    assert response.status_code == 200 and set(response.context["form"].errors) == {field}
    assert words in str(response.context["form"].errors[field])
    assert "Ce que j’ai écrit" in html and "error-summary" in html and f'href="#id_{field}"' in html
    assert Person.objects.count() == 1


def test_the_same_form_sent_twice_enters_one_person(staff: StrictClient) -> None:
    page = staff.get(reverse("directory:person-create"))
    data = {"name_latin": "Amel", "sex": "u", "language": "fr", "once": page.context["once_token"]}
    answers = [staff.post(reverse("directory:person-create"), data).url for _ in range(3)]
    assert len(set(answers)) == 1 and Person.objects.count() == 1
    assert len(journal.history_of(Person.objects.get())) == 1


def test_two_edits_of_different_fields_are_both_kept(staff: StrictClient) -> None:
    body = organisations.create(actor=None, name_fr="Pôle Exemple", kind="pole")
    mine = _posted(body)
    organisations.update(organisation=body, version=1, actor=None, acronym="PE")
    response = staff.post(reverse("directory:organisation-edit", args=[body.pk]), {**mine, "name_en": "Example pole"})
    assert response.status_code == 302
    body.refresh_from_db()
    assert (body.acronym, body.name_en, body.version) == ("PE", "Example pole", 3)


def test_two_edits_of_one_field_are_laid_side_by_side(staff: StrictClient) -> None:
    place = make_governorate()
    body = organisations.create(actor=None, name_fr="Pôle Exemple", kind="pole")
    mine = _posted(body)
    other = make_user("manager", full_name="Responsable du programme")
    organisations.update(organisation=body, version=1, actor=other, acronym="<b>PE</b>", name_en="Theirs")
    address = reverse("directory:organisation-edit", args=[body.pk])
    response = staff.post(address, {**mine, "acronym": "MINE", "name_ar": "ما كتبته", "governorate": place.pk})
    html = response.content.decode()
    assert response.status_code == 409
    assert "MINE" in html and "&lt;b&gt;PE&lt;/b&gt;" in html and "<b>PE</b>" not in html
    assert "ما كتبته" in html and "Responsable du programme" in html
    merge = response.context["merge"]
    assert [conflict.name for conflict in merge.conflicts] == ["acronym"]
    assert dict(merge.pairs)["name_en"] == "Theirs"  # only the other person touched it
    body.refresh_from_db()
    assert body.acronym == "<b>PE</b>"  # nothing is saved yet
    for pick, acronym in [("theirs", "<b>PE</b>"), ("mine", "MINE")]:
        body.refresh_from_db()
        again = {**dict(merge.pairs), "version": body.version, "pick-acronym": pick}
        assert staff.post(address, again).status_code == 302
        body.refresh_from_db()
        assert (body.acronym, body.name_ar, body.name_en, body.governorate) == (acronym, "ما كتبته", "Theirs", place)


def test_rename_of_a_form_that_is_late_keeps_what_was_typed(staff: StrictClient) -> None:
    body = organisations.create(actor=None, name_fr="Pôle Exemple", kind="pole")
    organisations.update(organisation=body, version=1, actor=None, name_fr="Pôle corrigé")
    address = reverse("directory:organisation-rename", args=[body.pk])
    data = {"name_fr": "Pôle nouveau", "on": "01/01/2026", "source": "Décret", "version": 1}
    response = staff.post(address, data)
    assert response.status_code == 409 and "Pôle nouveau" in response.content.decode()
    again = {**dict(response.context["merge"].pairs), "pick-name_fr": "mine"}
    assert staff.post(address, again).status_code == 302
    body.refresh_from_db()
    assert body.name_fr == "Pôle nouveau" and body.former_names.get().name_fr == "Pôle corrigé"


def _posted(body: Organisation) -> dict[str, Any]:
    return {"name_fr": body.name_fr, "kind": body.kind, "acronym": body.acronym, "version": body.version}


def test_rename_affiliate_and_end_from_the_pages(staff: StrictClient) -> None:
    body, person = make_organisation("Pôle Exemple"), make_person()
    data = {"name_fr": "Pôle nouveau", "on": "1/3/2026", "version": 1}
    assert staff.post(reverse("directory:organisation-rename", args=[body.pk]), data).status_code == 302
    assert FormerName.objects.get().valid_to == date(2026, 2, 28)
    staff.post(reverse("directory:affiliation-create", args=[person.pk]), {"organisation": body.pk, "function": "PDG"})
    row = Affiliation.objects.get()
    refused = staff.post(reverse("directory:affiliation-end", args=[row.pk]), {"ends_on": "31/06/2026"})
    assert "n’existe pas" in str(refused.context["form"].errors["ends_on"])
    assert staff.post(reverse("directory:affiliation-end", args=[row.pk]), {"ends_on": "30/06/2026"}).status_code == 302
    assert Affiliation.objects.get().ends_on == date(2026, 6, 30)


def test_a_feast_is_confirmed_from_the_calendar(staff: StrictClient) -> None:
    reference.load()
    feast = Holiday.objects.filter(name_fr="Aïd el-Idha", on__year=2027).earliest("on")
    address = reverse("directory:holiday-confirm", args=[feast.pk])
    far = staff.post(address, {"on": "01/01/2027"})
    assert set(far.context["form"].errors) == {"on"}
    day = feast.on + timedelta(days=1)
    assert staff.post(address, {"on": f"{day:%d/%m/%Y}", "source": "Avis"}).status_code == 302
    days = Holiday.objects.filter(name_fr="Aïd el-Idha", on__year=2027).order_by("on")
    assert [(h.on, h.status) for h in days] == [(day + timedelta(n), "confirmed") for n in range(2)]


def test_auditor_reads_bodies_without_contacts_and_no_person(client_for: ClientFor) -> None:
    auditor = client_for(make_user("auditor"))
    body = make_organisation(email="direction@example.tn", phone="+21671234567")
    person = make_person("Amel Ben Salah", organisation=body)
    html = auditor.get(reverse("directory:organisation-detail", args=[body.pk])).content.decode()
    assert "direction@example.tn" not in html and "71\u00a0234\u00a0567" not in html and "Amel" not in html
    assert auditor.get(reverse("directory:person-list")).status_code == 403
    assert auditor.get(reverse("directory:person-detail", args=[person.pk])).status_code == 404
    assert auditor.get(reverse("directory:organisation-edit", args=[body.pk])).status_code == 403
    assert auditor.get(reverse("directory:register")).status_code == 200


def test_a_person_reads_the_own_file_withdraws_a_consent_and_changes_nothing_else(client_for: ClientFor) -> None:
    user = make_user("trainer")
    person, stranger = make_person(user=user), make_person()
    consent, other = make_consent(person), make_consent(stranger)
    trainer = client_for(user)
    assert trainer.get(reverse("directory:person-detail", args=[person.pk])).status_code == 200
    assert trainer.get(reverse("directory:person-edit", args=[person.pk])).status_code == 403
    assert trainer.get(reverse("directory:person-detail", args=[stranger.pk])).status_code == 404
    assert trainer.post(reverse("directory:consent-withdraw", args=[other.pk])).status_code == 404
    address = reverse("directory:consent-withdraw", args=[consent.pk])
    assert trainer.get(address).status_code == 302  # GET changes nothing
    assert Consent.objects.get(pk=consent.pk).withdrawn_at is None
    trainer.post(address)
    consent.refresh_from_db()
    assert consent.withdrawn_at is not None
    again = trainer.post(address, follow=True)
    assert "déjà" in again.content.decode()


def test_private_pages_are_not_kept_and_forms_come_back(staff: StrictClient) -> None:
    person = make_person()
    detail = staff.get(reverse("directory:person-detail", args=[person.pk]))
    form = staff.get(reverse("directory:person-edit", args=[person.pk]))
    listing = staff.get(reverse("directory:person-list"))
    assert detail["Cache-Control"] == "no-store, private"
    assert form["Cache-Control"] == listing["Cache-Control"] == "no-cache, private"
    assert all("Cookie" in page["Vary"] for page in (detail, form, listing))


def test_fictional_rows_say_so(staff: StrictClient) -> None:
    person = make_person(origin="fictional")
    for address in (reverse("directory:person-list"), reverse("directory:person-detail", args=[person.pk])):
        html = staff.get(address).content.decode()
        assert "Démonstration" in html and "للتجربة" in html


def test_wrong_cursor_opens_the_first_page_with_a_message(staff: StrictClient) -> None:
    make_person()
    page = staff.get(reverse("directory:person-list"), {"after": "forged"})
    assert page.status_code == 200 and len(page.context["page"].rows) == 1
    assert "début" in page.content.decode()


def test_programme_form_keeps_what_was_typed(staff: StrictClient) -> None:
    data = {"code": "pasri", "name_fr": "Programme", "starts_on": "01/02/2014", "ends_on": "01/01/2014"}
    response = staff.post(reverse("directory:programme-create"), data)
    assert set(response.context["form"].errors) == {"ends_on"} and not Programme.objects.exists()
    assert 'value="01/02/2014"' in response.content.decode()
    assert staff.post(reverse("directory:programme-create"), {**data, "ends_on": "2/2/2014"}).status_code == 302


@pytest.mark.feature(115)
def test_lists_are_in_the_order_of_the_names_that_are_shown(staff: StrictClient) -> None:
    make_organisation("Zone d’essai", acronym="AZE", name_ar="أقطاب")
    make_organisation("Agence d’essai", acronym="ZAE", name_ar="وكالة")
    make_organisation("École d’essai", name_ar="")
    make_person("Zohra", name_ar="آمنة")
    make_person("Amel", name_ar="يسرى")
    Person.objects.filter(pk=make_person(name_ar="باجي").pk).update(name_latin="")
    bodies, people = reverse("directory:organisation-list"), reverse("directory:person-list")

    def shown(address: str) -> list[str]:
        rows = staff.get(address).context["page"].rows
        return [getattr(row, "name_fr", row.name_ar) for row in rows]

    assert shown(bodies) == ["Agence d’essai", "École d’essai", "Zone d’essai"]
    assert shown("/ar" + bodies) == ["École d’essai", "Zone d’essai", "Agence d’essai"]  # Latin letters come first
    assert shown(people) == ["يسرى", "آمنة", "باجي"]  # Amel, Zohra, then who has no Latin name
    assert shown("/ar" + people) == ["آمنة", "باجي", "يسرى"]
    assert shown("/ar" + people + "?sort=-name") == ["يسرى", "باجي", "آمنة"]
