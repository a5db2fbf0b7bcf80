"""The history of each object: who, when, why, old and new value; what a role may not read stands nowhere in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from accounts.domain import people, roles
from accounts.models import User
from accounts.tests.factories import make_user
from clusters.domain import clusters, memberships, phases
from clusters.enums import Track
from clusters.tests.factories import make_cluster
from core import journal
from core.changes import Rights, Source
from core.models import JournalReason
from core.testing.queries import assert_flat_queries, queries_of
from core.trail import PAGE
from directory import history as directory_history
from directory.domain import organisations, persons, retention
from directory.models import Consent, Holiday, Person
from directory.tests.factories import make_consent, make_organisation, make_person, make_programme
from trainings.domain import certificates, details, half_days, sessions, trainings
from trainings.models import HalfDay
from trainings.tests.factories import make_registration, make_session, make_training

pytestmark = pytest.mark.django_db
ACTOR = "Fatma la Responsable"


@pytest.fixture
def actor() -> User:
    return make_user("manager", full_name=ACTOR)


def read(client: Client, name: str, *args: object, query: str = "") -> str:
    response = client.get(reverse(name, args=args) + query)
    assert response.status_code == 200
    return response.content.decode()


# -- every object ---------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Case:
    """An object that was changed: its history's address, the page that leads there, and what must stand in it."""

    history: tuple[str, object]
    page: str
    said: tuple[str, ...]


def person(actor: User) -> Case:
    body = make_organisation("Pôle Ancien")
    one = persons.create(
        actor=actor, now=timezone.now(), organisation=body, name_latin="Ancien Nom", phone="+21671000001"
    )
    persons.update(person=one, version=None, actor=actor, name_latin="Nouveau Nom", email="nouveau@example.tn")
    page = reverse("directory:person-detail", args=[one.pk])
    said = ("Ancien Nom", "Nouveau Nom", "nouveau@example.tn", "Pôle Ancien", "71\u00a0000\u00a0001")
    return Case(("directory:person-history", one.pk), page, said)


def organisation(actor: User) -> Case:
    one = organisations.create(actor=actor, name_fr="Pôle A", kind="pole")
    organisations.update(organisation=one, version=None, actor=actor, phone="+21671000002", website="https://a.tn")
    organisations.rename(
        organisation=one,
        version=None,
        actor=actor,
        on=date(2026, 3, 1),
        name_fr="Pôle B",
        name_ar="",
        name_en="",
        acronym="",
    )
    page = reverse("directory:organisation-detail", args=[one.pk])
    return Case(
        ("directory:organisation-history", one.pk), page, ("Pôle A", "Pôle B", "https://a.tn", "71\u00a0000\u00a0002")
    )


def account(actor: User) -> Case:
    one = make_user("officer", full_name="Nom Un")
    people.update(user=one, full_name="Nom Deux", full_name_ar="", language="ar", version=None, actor=one)
    roles.revoke(user=one, role="officer", actor=actor, reason="Fin de mission", today=timezone.localdate())
    page = reverse("accounts:user-detail", args=[one.pk])
    return Case(("accounts:user-history", one.pk), page, ("Nom Un", "Nom Deux", "Fin de mission"))


def cluster(actor: User) -> Case:
    one = make_cluster("draft")
    clusters.update(cluster=one, version=None, actor=actor, website="https://grappe.tn")
    memberships.join(
        cluster=one,
        organisation=make_organisation("Membre Un"),
        person=None,
        role="member",
        starts_on=date(2026, 1, 1),
        ends_on=None,
        actor=actor,
    )
    page = reverse("clusters:cluster-detail", args=[one.slug])
    return Case(("clusters:cluster-history", one.slug), page, ("https://grappe.tn", "Membre Un", "1er janvier 2026"))


def session(actor: User) -> Case:
    trainer = make_person("Formatrice Une")
    one = make_session("draft", venue_fr="Tunis", trainers=[trainer])
    half_day = HalfDay.objects.filter(part__session=one).first()
    assert half_day is not None
    half_days.update(half_day=half_day, version=None, trainers=[trainer], actor=actor, now=timezone.now())
    sessions.update(session=one, version=None, actor=actor, now=timezone.now(), venue_fr="Sfax")
    sessions.propose(session=one, actor=actor)
    sessions.send_back(session=one, actor=actor, reason="Salle à préciser")
    page = reverse("trainings:session-detail", args=[one.slug])
    said = ("Tunis", "Sfax", "Salle à préciser", "Formatrice Une")
    return Case(("trainings:session-history", one.slug), page, said)


def training(actor: User) -> Case:
    one = make_training(title_fr="Titre Un")
    trainings.update(training=one, version=None, actor=actor, title_fr="Titre Deux")
    page = reverse("trainings:training-detail", args=[one.pk])
    return Case(("trainings:training-history", one.pk), page, ("Titre Un", "Titre Deux"))


def registration(actor: User) -> Case:
    one = make_registration(make_session("open").parts.get(), name_latin="Nom Mal Ecrit")
    details.correct(registration=one, version=None, actor=actor, reason="Faute de frappe", name_latin="Nom Bien Écrit")
    page = reverse("trainings:registration-detail", args=[one.pk])
    return Case(
        ("trainings:registration-history", one.pk), page, ("Nom Mal Ecrit", "Nom Bien Écrit", "Faute de frappe")
    )


CASES = [person, organisation, account, cluster, session, training, registration]


@pytest.mark.feature(120)
@pytest.mark.parametrize("make", CASES, ids=lambda make: make.__name__)
@pytest.mark.parametrize("language", ["fr", "ar"])
def test_each_object_says_who_when_why_and_both_values(
    make: Callable[[User], Case], language: str, actor: User, client_for: Callable[..., Client]
) -> None:
    case = make(actor)
    with translation.override("fr"):
        browser = client_for(actor)
        html = read(browser, case.history[0], case.history[1])
    for words in (*case.said, ACTOR):
        assert words in html, words
    with translation.override(language):
        address = reverse(case.history[0], args=[case.history[1]])
        page = case.page if language == "fr" else f"/ar{case.page}"
        assert address in browser.get(page).content.decode(), "nothing leads to the history"
        assert browser.get(address).status_code == 200


@pytest.mark.feature(120)
def test_the_states_of_a_certificate_stand_with_their_reasons(
    actor: User, client_for: Callable[..., Client], settings: Any, tmp_path: Any
) -> None:
    settings.STATE_DIR = tmp_path
    certificate = certificates.issue(registration=attended(), actor=actor, now=timezone.now())
    certificates.cancel(certificate=certificate, actor=actor, reason="Nom erroné", now=timezone.now())
    browser = client_for(actor)
    html = read(browser, "trainings:certificate-history", certificate.pk)
    for words in (ACTOR, "Nom erroné", "Valable", "Annulée", certificate.number):
        assert words in html
    for secret in (certificate.control_code, certificate.check_token, certificate.signature):
        assert secret not in html
    assert "jamais affiché" in html
    tab = read(browser, "trainings:certificate-tab", certificate.registration.part.session.slug)
    assert reverse("trainings:certificate-history", args=[certificate.pk]) in tab


def attended() -> Any:
    from trainings.tests.test_certificates import attended as make  # noqa: PLC0415

    return make()


# -- masked by right ------------------------------------------------------------------------------------------------
SECRETS = {
    "contacts": ("bureau@example.tn", "+21671999888", "71\u00a0999\u00a0888"),
    "people": (ACTOR, "Artisane Cachée", "Formatrice Cachée"),
    "reasons": ("Motif confidentiel", "Note réservée"),
}


def everything(actor: User) -> list[tuple[str, object]]:
    """Objects that an auditor may open, each with something that the role may not read."""
    body = organisations.create(actor=actor, name_fr="Pôle Visible", kind="pole")
    organisations.update(organisation=body, version=None, actor=actor, email="bureau@example.tn", phone="+21671999888")
    craft = make_cluster("published", kind="craft")
    memberships.join(
        cluster=craft,
        organisation=None,
        person=make_person("Artisane Cachée"),
        role="member",
        starts_on=date(2026, 1, 1),
        ends_on=None,
        actor=actor,
    )
    today = timezone.localdate()
    phases.enter(
        cluster=craft, track=Track.STAGE, code="growth", on=today, today=today, note="Note réservée", actor=actor
    )
    trainer = make_person("Formatrice Cachée")
    one = make_session("draft", trainers=[trainer])
    half_day = HalfDay.objects.filter(part__session=one).first()
    assert half_day is not None
    half_days.update(half_day=half_day, version=None, trainers=[trainer], actor=actor, now=timezone.now())
    sessions.propose(session=one, actor=actor)
    sessions.send_back(session=one, actor=actor, reason="Motif confidentiel")
    type(one).objects.filter(pk=one.pk).update(state="published")
    return [
        ("directory:organisation-history", body.pk),
        ("clusters:cluster-history", craft.slug),
        ("trainings:session-history", one.slug),
    ]


@pytest.mark.feature(117)
@pytest.mark.parametrize(
    ("role", "masked"),
    [
        ("manager", ()),
        ("officer", ()),
        ("auditor", ("contacts", "people", "reasons")),
        ("trainer", None),
        ("member", None),
        ("animator", None),
        (None, None),
    ],
)
def test_what_a_role_may_not_read_stands_nowhere_in_a_history(
    role: str | None, masked: tuple[str, ...] | None, actor: User, client_for: Callable[..., Client]
) -> None:
    browser = client_for(make_user(role))
    addresses = everything(actor)
    if masked is None:
        assert {browser.get(reverse(name, args=[key])).status_code for name, key in addresses} <= {403, 404}
        return
    html = "".join(read(browser, name, key) for name, key in addresses)
    for kind, values in SECRETS.items():
        for value in values:
            wanted = kind not in masked and value != "+21671999888"
            assert (value in html) == wanted, f"{value} for {role}"
    notes = ("non affiché pour votre rôle", "Son motif n’est pas affiché pour votre rôle.")
    for note in notes:
        assert (note in html) == bool(masked)
    if masked:
        for label in ("adresse e-mail", "artisan", "formateur", "une personne de l’agence"):
            assert label.lower() in html.lower(), f"that it changed is said: {label}"


def test_every_field_that_is_secret_by_its_name_is_shown_to_nobody() -> None:
    for model in (User, Person, Consent):
        source = Source(model)
        assert all(source.mask_of(each) == "nobody" for each in model._meta.concrete_fields if "password" in each.name)
    assert Source(Person).mask_of(Person._meta.get_field("email")) == "contacts"
    assert Source(Person).mask_of(Person._meta.get_field("name_latin")) == "people"
    assert Source(Consent).mask_of(Consent._meta.get_field("person")) == "people"


# -- erased, long, many ---------------------------------------------------------------------------------------------
@pytest.mark.feature(117)
def test_values_that_were_erased_are_said_to_be(actor: User, client_for: Callable[..., Client]) -> None:
    one = persons.create(actor=actor, now=timezone.now() - timedelta(days=4000), name_latin="Nom", email="a@example.tn")
    persons.update(person=one, version=None, actor=actor, phone="+21671000003")
    make_consent(one, given_at=timezone.now() - timedelta(90), withdrawn_at=timezone.now() - timedelta(days=60))
    assert retention.purge_contacts(timezone.now()) == 1
    html = read(client_for(actor), "directory:person-history", one.pk)
    assert html.count("effacé</em>") == 3, "by the purge both, and the telephone that was entered before"
    for value in ("a@example.tn", "71\u00a0000\u00a0003", "21671000003"):
        assert value not in html


def test_a_reason_that_was_erased_is_said_to_be(actor: User, client_for: Callable[..., Client]) -> None:
    case = account(actor)
    JournalReason.objects.all().delete()
    html = read(client_for(actor), *case.history)
    assert "Son motif a été effacé." in html and "Fin de mission" not in html


def test_a_name_is_that_of_the_day_of_the_change(actor: User) -> None:
    body = make_organisation("Nom Ancien")
    one = persons.create(actor=actor, now=timezone.now(), name_latin="X", organisation=body)
    events = body.events  # type: ignore[attr-defined]
    events.update(pgh_created_at=timezone.now() - timedelta(days=9))
    for event in (*one.events.all(), *one.affiliations.get().events.all()):  # type: ignore[attr-defined]
        type(event).objects.filter(pk=event.pk).update(pgh_created_at=timezone.now() - timedelta(days=5))
    organisations.update(organisation=body, version=None, actor=actor, name_fr="Nom Nouveau")
    page = directory_history.PERSON.page(one, Rights.all())
    assert "Nom Ancien" in [change.after for line in page.lines for change in line.changes]


def test_a_long_history_is_paged_not_cut(actor: User, client_for: Callable[..., Client]) -> None:
    body = make_organisation("Pôle 0")
    for number in range(1, PAGE + 6):
        organisations.update(organisation=body, version=None, actor=actor, website=f"https://w{number}.tn")
    browser = client_for(actor)
    first = read(browser, "directory:organisation-history", body.pk)
    assert f"https://w{PAGE + 5}.tn" in first and "https://w3.tn" not in first
    entry = journal.history_of(body)[PAGE - 1]
    assert f"?before={entry.pk}" in first
    second = read(browser, "directory:organisation-history", body.pk, query=f"?before={entry.pk}")
    assert "https://w3.tn" in second and 'rel="next"' not in second and "https://w1.tn" in second
    for wrong in ("?before=x", "?before=-1", "?before=" + "9" * 40):
        assert f"https://w{PAGE + 5}.tn" in read(browser, "directory:organisation-history", body.pk, query=wrong)


def test_a_long_text_is_shortened_with_the_whole_behind_it(actor: User, client_for: Callable[..., Client]) -> None:
    one = make_training(objectives_fr="Début. " + "mot " * 80 + "Fin.")
    trainings.update(training=one, version=None, actor=actor, objectives_fr="Court.")
    html = read(client_for(actor), "trainings:training-history", one.pk)
    assert "<summary><bdi>Début." in html and "Fin." in html


def test_dates_and_choices_are_in_the_readers_words(actor: User, client_for: Callable[..., Client]) -> None:
    feast = Holiday.objects.create(
        on=date(2027, 3, 10), name_fr="Aïd", name_ar="العيد", kind="lunar", status="estimated"
    )

    @journal.act
    def move() -> None:
        Holiday.objects.filter(pk=feast.pk).update(on=date(2027, 3, 11), status="confirmed")
        journal.record("holiday.confirm", obj=feast, actor=actor)

    move()
    browser = client_for(actor)
    html = read(browser, "directory:holiday-history", feast.pk)
    assert "10 mars 2027" in html and "11 mars 2027" in html and "Date confirmée" in html
    with translation.override("ar"):
        arabic = read(browser, "directory:holiday-history", feast.pk)
    assert "10 مارس 2027" in arabic and 'dir="rtl"' in arabic
    assert "icon-flip" in arabic, "the arrow points along the line of reading"


@pytest.mark.parametrize("make", [person, session, cluster], ids=lambda make: make.__name__)
def test_a_history_asks_as_often_for_three_lines_as_for_one(
    make: Callable[[User], Case], actor: User, client_for: Callable[..., Client]
) -> None:
    case = make(actor)
    browser = client_for(actor)
    address = reverse(case.history[0], args=[case.history[1]])
    before = len(queries_of(browser, address))
    assert before <= 30


def test_an_organisations_history_is_flat(actor: User, client_for: Callable[..., Client]) -> None:
    body = make_organisation()
    numbers = iter(range(99))

    def change() -> None:
        website, programme = f"https://n{next(numbers)}.tn", make_programme()
        organisations.update(organisation=body, version=None, actor=make_user(), website=website)
        assert programme.pk

    assert_flat_queries(client_for(actor), reverse("directory:organisation-history", args=[body.pk]), change)


def test_a_persons_history_is_flat(actor: User, client_for: Callable[..., Client]) -> None:
    one = make_person()

    def join() -> None:
        persons.affiliate(person=one, organisation=make_organisation(), function="Membre", actor=make_user())

    address = reverse("directory:person-history", args=[one.pk])
    assert_flat_queries(client_for(actor), address, join, limit=16)
