"""The pages of committees in a browser: entered, given rules and seats, people appointed and replaced."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.tests.factories import grant, make_user
from core import journal
from core.testing.queries import assert_flat_queries
from directory.models import Person
from directory.tests.factories import make_organisation
from steering.models import Committee, FoundingAct, Mandate
from steering.tests.factories import (
    SINCE,
    make_committee,
    make_mandate,
    make_meeting,
    make_member_user,
    make_person,
    make_seat,
)

pytestmark = pytest.mark.django_db
Browse = Callable[..., Any]


@pytest.fixture
def officer(client_for: Browse) -> Any:
    return client_for(make_user("officer"))


def page(browser: Any, name: str, *args: Any, query: str = "") -> str:
    return str(browser.get(reverse(f"steering:{name}", args=args) + query).content.decode())


def post(browser: Any, name: str, *args: Any, query: str = "", **values: Any) -> Any:
    return browser.post(reverse(f"steering:{name}", args=args) + query, values, follow=True)


def errors_of(answer: Any) -> dict[str, Any]:
    return dict(answer.context["form"].errors)


@pytest.mark.feature(50)
def test_a_committee_is_entered_with_a_sub_committee_and_says_what_is_blocked(officer: Any) -> None:
    post(officer, "committee-create", name_fr="Comité exemple", name_ar="لجنة مثال")
    top = Committee.objects.get()
    html = page(officer, "committee-detail", top.slug)
    assert "Aucun acte constitutif n’est en vigueur" in html and "convoquer une réunion" in html

    post(officer, "committee-create", name_fr="Sous-comité exemple", parent=top.pk)
    assert "Sous-comité exemple" in page(officer, "committee-detail", top.slug)
    assert "Sous-comité de" in page(officer, "committee-list")
    assert f'value="{top.pk}" selected' in page(officer, "committee-create", query=f"?parent={top.slug}")

    again = post(officer, "committee-create", name_fr="Comité exemple")
    assert "name_fr" in errors_of(again)
    edited = post(
        officer, "committee-edit", top.slug, name_fr="Comité exemple", parent=top.children.get().pk, version=1
    )
    assert "parent" in errors_of(edited)


def test_a_form_sent_twice_acts_once_but_other_content_is_not_lost(officer: Any) -> None:
    first = {"name_fr": "Comité exemple", "once": "x" * 20}
    for _time in range(2):
        assert post(officer, "committee-create", **first).redirect_chain
    assert Committee.objects.count() == 1
    other = post(officer, "committee-create", **{**first, "name_fr": "Autre comité"})
    html = other.content.decode()
    assert "Ce formulaire a déjà été envoyé" in html and 'value="Autre comité"' in html
    token = other.context["once_token"]
    assert token != first["once"] and token in html
    post(officer, "committee-create", name_fr="Autre comité", once=token)
    assert Committee.objects.count() == 2


@pytest.mark.parametrize("name", ["committee-create", "meeting-create", "action-create", "recommendation-create"])
def test_nul_in_an_address_is_passed_over(officer: Any, name: str) -> None:
    assert officer.get(reverse(f"steering:{name}") + "?committee=%00&parent=%00").status_code == 200


def act_values(**values: Any) -> dict[str, Any]:
    """What the form of a version posts: nothing is documented but its title and day."""
    return {"title_fr": "Arrêté exemple", "in_force_from": "01/02/2026", **values}


@pytest.mark.feature(50)
def test_a_founding_act_says_rule_by_rule_what_is_documented(officer: Any) -> None:
    committee = make_committee()
    committee.acts.all().delete()
    assert "Aucun acte constitutif n’est saisi" in page(officer, "committee-act", committee.slug)
    values = act_values(alternates="False", proxies="", notice_days="10", notice_count="working", casting_vote="True")
    post(officer, "act-create", committee.slug, **values)
    act = committee.acts.get()
    assert (act.alternates, act.proxies, act.casting_vote, act.quorum_numerator) == (False, None, True, None)
    html = page(officer, "committee-act", committee.slug)
    assert html.count("non documenté") >= 10 and "donner procuration" in html and "Jours ouvrables" in html

    wrong = post(officer, "act-create", committee.slug, **act_values(in_force_from="01/03/2026", quorum_numerator="2"))
    assert "donnez les deux nombres" in str(errors_of(wrong)["quorum_numerator"])
    twice = post(officer, "act-create", committee.slug, **act_values())
    assert "in_force_from" in errors_of(twice)
    begun = officer.get(reverse("steering:act-create", args=[committee.slug])).context["form"]
    assert begun["notice_days"].value() == 10 and begun["alternates"].value() == "False"
    assert committee.acts.count() == 1


@pytest.mark.feature(50)
def test_a_version_under_meetings_is_corrected_with_a_reason_only(officer: Any) -> None:
    committee = make_committee(seats=1)
    act = committee.acts.get()
    make_meeting(committee, "convened")
    form = officer.get(reverse("steering:act-edit", args=[act.pk])).context["form"]
    values = {name: form[name].value() for name in form.fields if form[name].value() is not None}
    values["in_force_from"] = "01/01/2020"
    assert "1 réunion repose sur cette version" in page(officer, "act-edit", act.pk)

    refused = post(officer, "act-edit", act.pk, **values | {"notice_days": 15, "reason": ""})
    assert "reason" in errors_of(refused)
    post(officer, "act-edit", act.pk, **values | {"notice_days": 15, "reason": "Lu au Journal officiel"})
    act.refresh_from_db()
    assert act.notice_days == 15
    html = page(officer, "committee-history", committee.slug)
    assert "Lu au Journal officiel" in html and "délai de convocation en jours" in html


def test_versions_are_listed_and_the_one_in_force_is_marked(officer: Any) -> None:
    committee = make_committee()
    old = committee.acts.get()
    FoundingAct.objects.create(
        committee=committee, title_fr="Arrêté à venir", in_force_from=timezone.localdate() + timedelta(days=9)
    )
    html = page(officer, "committee-act", committee.slug)
    assert html.count("en vigueur</span>") == 2, "beside the title, and in the list"
    assert "Arrêté à venir" in html
    other = page(officer, "committee-act", committee.slug, query=f"?version={committee.acts.first().pk}")
    assert f"?version={old.pk}" in other
    for wrong in (f"?version={make_committee().acts.get().pk}", "?version=999999"):
        assert officer.get(reverse("steering:committee-act", args=[committee.slug]) + wrong).status_code == 404


@pytest.mark.feature(51)
def test_a_seat_is_given_to_an_institution_that_is_looked_for(officer: Any) -> None:
    committee, body = make_committee(), make_organisation("Office Exemple")
    found = page(officer, "seat-create", committee.slug, query="?q=office")
    assert f"?organisation={body.pk}" in found
    values = {"rank": "3", "voice": "deliberative", "presides": "on", "starts_on": "01/02/2026"}
    nobody = post(officer, "seat-create", committee.slug, **values)
    assert "Choisissez d’abord une institution." in nobody.content.decode()
    chosen = f"?organisation={body.pk}"
    post(officer, "seat-create", committee.slug, query=chosen, **values)
    seat = committee.seats.get()
    assert (seat.organisation, seat.rank, seat.presides) == (body, 3, True)
    assert "Office Exemple" in page(officer, "seat-list", committee.slug)
    assert "vacant" in page(officer, "committee-detail", committee.slug)

    second = post(officer, "seat-create", committee.slug, query=chosen, **values | {"presides": ""})
    assert "confirmez qu’elle en a un second" in second.content.decode()
    assert 'type="checkbox" name="second"' in second.content.decode()
    post(officer, "seat-create", committee.slug, query=chosen, **values | {"presides": "", "second": "on"})
    assert committee.seats.count() == 2
    third = post(officer, "seat-create", committee.slug, query=chosen, **values | {"second": "on"})
    assert "préside déjà" in str(errors_of(third)["presides"])


@pytest.mark.feature(51)
def test_a_person_is_appointed_and_a_second_titular_is_refused_beside_the_field(officer: Any) -> None:
    seat = make_seat(make_committee())
    person, other = make_person(name_latin="Personne Une"), make_person()
    assert f"?person={person.pk}" in page(officer, "mandate-create", seat.pk, query="?q=personne+une")
    values = {"kind": "titular", "starts_on": "01/02/2026", "letter": "2026/7", "letter_on": "20/01/2026"}
    post(officer, "mandate-create", seat.pk, query=f"?person={person.pk}", **values)
    mandate = seat.mandates.get()
    assert (mandate.person, mandate.letter) == (person, "2026/7")

    refused = post(officer, "mandate-create", seat.pk, query=f"?person={other.pk}", **values)
    assert "a déjà un titulaire" in str(errors_of(refused)["starts_on"])
    assert 'value="01/02/2026"' in refused.content.decode()
    far = post(officer, "mandate-create", seat.pk, query=f"?person={other.pk}", **values | {"starts_on": "01/02/2090"})
    assert "plus de dix ans" in str(errors_of(far)["starts_on"])
    assert seat.mandates.count() == 1


@pytest.mark.feature(51)
def test_a_person_is_replaced_in_one_act_and_a_second_click_is_told(officer: Any) -> None:
    mandate = make_mandate(make_seat(make_committee()))
    person = make_person(name_latin="Personne Suivante")
    values = {"on": "01/03/2026", "function": "Directrice", "version": "1", "once": "x" * 20}
    for _time in range(2):
        post(officer, "mandate-replace", mandate.pk, query=f"?person={person.pk}", **values)
    mandate.refresh_from_db()
    assert f"{mandate.ends_on:%d/%m/%Y}" == "28/02/2026"
    assert mandate.seat.mandates.count() == 2
    html = page(officer, "seat-detail", mandate.seat_id)
    assert "Personne Suivante" in html and "Mandats passés" in html and str(mandate.person) in html
    history = page(officer, "committee-history", mandate.seat.committee.slug)
    assert "Remplacement" in history


def test_a_mandate_is_corrected_ended_and_taken_back(officer: Any) -> None:
    mandate = make_mandate(make_seat(make_committee()))
    values = {"kind": "titular", "starts_on": "01/01/2020", "function": "Chef de service", "version": "1"}
    post(officer, "mandate-edit", mandate.pk, **values)
    post(officer, "mandate-end", mandate.pk, ends_on="31/12/2025", version="2")
    mandate.refresh_from_db()
    assert (mandate.function, f"{mandate.ends_on:%Y}") == ("Chef de service", "2025")
    wrong = post(officer, "mandate-end", mandate.pk, ends_on="31/12/2019", version="3")
    assert "ends_on" in errors_of(wrong)
    assert "reason" in errors_of(post(officer, "mandate-remove", mandate.pk, reason=""))
    post(officer, "mandate-remove", mandate.pk, reason="Homonyme")
    assert not Mandate.objects.filter(pk=mandate.pk).exists()


def test_a_seat_is_corrected_and_ended(officer: Any) -> None:
    mandate = make_mandate(make_seat(make_committee()))
    values = {"rank": "7", "voice": "consultative", "starts_on": "01/01/2020", "version": "1"}
    post(officer, "seat-edit", mandate.seat_id, **values)
    post(officer, "seat-end", mandate.seat_id, ends_on="01/02/2026", version="2")
    mandate.refresh_from_db()
    assert (mandate.seat.rank, f"{mandate.ends_on:%d/%m/%Y}") == (7, "01/02/2026")
    slug = mandate.seat.committee.slug
    assert str(mandate.seat.organisation) not in page(officer, "seat-list", slug)
    assert str(mandate.seat.organisation) in page(officer, "seat-list", slug, query="?period=all")


@pytest.mark.feature(52)
def test_the_banner_says_what_must_be_seen_to(officer: Any, client_for: Browse) -> None:
    today = timezone.localdate()
    committee = make_committee()
    vacant = make_seat(committee)
    ending = make_mandate(make_seat(committee, rank=2), ends_on=today + timedelta(days=30))
    html = page(officer, "committee-detail", committee.slug)
    assert "Siège votant vacant" in html and "Mandat qui prend fin bientôt" in html
    assert reverse("steering:seat-detail", args=[vacant.pk]) in html and str(ending.person) in html
    assert "Siège votant vacant" not in page(client_for(make_user("auditor")), "committee-detail", committee.slug)


@pytest.mark.feature(116)
def test_a_member_sees_the_own_committees_only_and_writes_nothing(client_for: Browse) -> None:
    user = make_member_user()
    own = make_mandate(make_seat(make_committee()), user=user).seat
    other = make_mandate(make_seat(make_committee()))
    ended = make_mandate(make_seat(make_committee()), person=own.mandates.get().person, ends_on=SINCE).seat
    browser = client_for(user)
    listed = page(browser, "committee-list")
    assert own.committee.name_fr in listed and other.seat.committee.name_fr not in listed
    assert str(own.mandates.get().person) in page(browser, "seat-detail", own.pk)
    for seat in (other.seat, ended):
        for name, key in (("committee-detail", seat.committee.slug), ("seat-list", seat.committee.slug)):
            assert browser.get(reverse(f"steering:{name}", args=[key])).status_code == 404
        assert browser.get(reverse("steering:seat-detail", args=[seat.pk])).status_code == 404
    html = page(browser, "committee-detail", own.committee.slug)
    assert reverse("steering:seat-create", args=[own.committee.slug]) not in html
    assert reverse("steering:committee-history", args=[own.committee.slug]) not in html
    for name, key in (("committee-edit", own.committee.slug), ("seat-edit", own.pk), ("mandate-create", own.pk)):
        assert browser.post(reverse(f"steering:{name}", args=[key])).status_code == 403


@pytest.mark.feature(117)
def test_an_auditor_reads_institutions_and_no_name(client_for: Browse) -> None:
    mandate = make_mandate(make_seat(make_committee()), function="Fonction Secrète", letter="L-99")
    browser = client_for(make_user("auditor"))
    slug = mandate.seat.committee.slug
    pages = [
        page(browser, name, slug) for name in ("committee-detail", "seat-list", "committee-act", "committee-history")
    ]
    pages.append(page(browser, "seat-detail", mandate.seat_id))
    assert str(mandate.seat.organisation) in pages[0]
    for html in pages:
        for secret in (str(mandate.person), "Fonction Secrète", "L-99"):
            assert secret not in html
    answer = browser.post(reverse("steering:seat-list", args=[slug]), {"export": "csv"})
    text = b"".join(answer.streaming_content).decode() if answer.streaming else answer.content.decode()
    assert str(mandate.seat.organisation) in text and str(mandate.person) not in text


def test_seats_and_committees_leave_as_files(officer: Any) -> None:
    mandate = make_mandate(make_seat(make_committee()), function="Directeur")
    for name, args, wanted in (
        ("seat-list", [mandate.seat.committee.slug], str(mandate.person)),
        ("committee-list", [], mandate.seat.committee.name_fr),
    ):
        answer = officer.post(reverse(f"steering:{name}", args=args), {"export": "csv"})
        text = b"".join(answer.streaming_content).decode() if answer.streaming else answer.content.decode()
        assert wanted in text


@pytest.mark.feature(51)
def test_the_seat_says_whether_the_person_has_an_account_and_links_it(officer: Any, client_for: Browse) -> None:
    mandate = make_mandate(make_seat(make_committee()))
    assert "Pas de compte" in page(officer, "seat-detail", mandate.seat_id)
    manager = client_for(make_user("manager"))
    assert reverse("accounts:invitation-create") in page(manager, "seat-detail", mandate.seat_id)
    nobody = post(officer, "account-link", mandate.pk)
    assert "Aucun compte n’a l’adresse" in nobody.content.decode()

    user = make_user(None, mandate.person.email)
    html = page(manager, "seat-detail", mandate.seat_id)
    assert reverse("accounts:role-grant", args=[user.pk]) in html and "Lier le compte" in html
    grant(user, "member")
    post(officer, "account-link", mandate.pk)
    mandate.person.refresh_from_db()
    assert mandate.person.user == user
    html = page(officer, "seat-detail", mandate.seat_id)
    assert "rôle de membre du comité" in html and "Lier le compte" not in html
    assert mandate.seat.committee.name_fr in page(client_for(user), "committee-list")
    assert journal.history_of(mandate.person)[0].verb == "person.link_account"


def test_the_menu_leads_readers_to_committees_and_members_to_their_seat(client_for: Browse) -> None:
    committees, own = reverse("steering:committee-list"), reverse("steering:own-seat")
    for role, wanted in (
        ("officer", {committees}),
        ("auditor", {committees}),
        ("member", {committees, own}),
        ("trainer", set()),
    ):
        html = client_for(make_user(role)).get(reverse("home")).content.decode()
        assert {url for url in (committees, own) if f'href="{url}"' in html} == wanted


def test_the_search_finds_committees_for_who_may_see_them(officer: Any, client_for: Browse) -> None:
    committee = make_committee(name_fr="Comité introuvable ailleurs")
    url = reverse("steering:committee-detail", args=[committee.slug])
    assert url in officer.get(reverse("search"), {"q": "introuvable"}).content.decode()
    stranger = client_for(make_member_user())
    assert url not in stranger.get(reverse("search"), {"q": "introuvable"}).content.decode()


@pytest.mark.parametrize(
    ("name", "by_slug"),
    [("committee-detail", True), ("seat-list", True), ("committee-history", True), ("seat-detail", False)],
)
def test_pages_of_a_committee_ask_as_often_for_three_seats_as_for_one(officer: Any, name: str, by_slug: bool) -> None:
    committee = make_committee(seats=1)
    seat = committee.seats.get()

    def more() -> None:
        make_mandate(make_seat(committee, rank=9), kind="titular")
        make_mandate(seat, kind="alternate", starts_on=timezone.localdate())

    address = reverse(f"steering:{name}", args=[committee.slug if by_slug else seat.pk])
    assert_flat_queries(officer, address, more)


def test_the_list_of_committees_is_flat(officer: Any) -> None:
    assert_flat_queries(officer, reverse("steering:committee-list"), lambda: make_committee(seats=2))


def test_a_person_entered_on_the_way_to_an_appointment_is_chosen_for_it(officer: Any) -> None:
    seat = make_seat(make_committee())
    link = re.search(r'href="([^"]*persons/new/\?back=[^"]*)"', page(officer, "mandate-create", seat.pk))
    assert link
    answer = officer.post(link[1], {"name_latin": "Nouvelle titulaire", "sex": "u", "language": "fr"})
    person = Person.objects.get(name_latin="Nouvelle titulaire")
    assert answer.url == f"{reverse('steering:mandate-create', args=[seat.pk])}?person={person.pk}"
    away = f"{reverse('directory:person-create')}?back=//example.org/%3Fperson="
    answer = officer.post(away, {"name_latin": "Autre titulaire", "sex": "u", "language": "fr", "another": "on"})
    assert answer.url.startswith("/directory/persons/")
