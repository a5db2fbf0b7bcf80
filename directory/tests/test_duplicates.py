"""Who may be the same person: found by address, telephone and name in either script; proposed, never decided."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.tests.factories import make_user
from core.testing.client import StrictClient
from core.tests.sounds import FAMILY_NAMES, FIRST_NAMES
from directory.domain import duplicates, persons
from directory.domain.duplicates import Sought, Why
from directory.models import Person
from directory.tests.factories import make_organisation, make_person

pytestmark = pytest.mark.django_db
ClientFor = Callable[..., StrictClient]


def found(sought: Sought) -> list[tuple[str, list[Why]]]:
    candidates = duplicates.likely([sought]).get(0, [])
    return [(one.person.name_latin or one.person.name_ar, one.why) for one in candidates]


@pytest.mark.feature(107)
@pytest.mark.parametrize(
    ("sought", "why"),
    [
        (Sought(email=" AMEL@example.tn"), [Why.ADDRESS]),
        (Sought(phone="+21671234567"), [Why.PHONE]),
        (Sought("Amel Ben Salah"), [Why.NAME]),
        (Sought("ben  salah AMÉL"), [Why.NAME]),
        (Sought("Amal Bensalah"), [Why.NEARLY]),
        (Sought(name_ar="أَمَل بن صالح"), [Why.OTHER_SCRIPT]),
        (Sought("Amel Ben Salah", email="amel@example.tn"), [Why.ADDRESS, Why.NAME]),
        (Sought("Amel Trabelsi", email="other@example.tn", phone="+21698765432"), []),
        (Sought("Salah"), []),
        (Sought(), []),
    ],
)
def test_a_known_person_is_proposed_with_the_reasons(sought: Sought, why: list[Why]) -> None:
    make_person("Amel Ben Salah", name_ar="", email="amel@example.tn", phone="+21671234567")
    make_person("Béchir Amri", name_ar="البشير العمري", phone="+21655555555")
    assert found(sought) == ([("Amel Ben Salah", why)] if why else [])


def test_names_that_differ_in_both_scripts_are_two_persons() -> None:
    make_person("Mohamed Gharbi", name_ar="محمد الغربي")
    assert found(Sought("Mahmoud Gharbi", "محمود الغربي")) == []
    assert found(Sought("Mohammed Gharbi", "محمد غربي")) == [("Mohamed Gharbi", [Why.NAME])]
    assert found(Sought(name_ar="الغربي محمد")) == [("Mohamed Gharbi", [Why.NAME])]


def test_the_strongest_come_first_and_five_at_most_and_never_the_file_itself() -> None:
    people = [make_person("Sami Trabelsi", name_ar="") for _number in range(7)]
    near = make_person("Samy Trabelsi", name_ar="", email="sami@example.tn")
    candidates = duplicates.likely([Sought("Sami Trabelsi", email="sami@example.tn", beside=people[0].pk)])[0]
    assert len(candidates) == duplicates.MOST_EACH
    assert candidates[0].person == near and candidates[0].why == [Why.ADDRESS, Why.NEARLY]
    assert people[0] not in [one.person for one in candidates]
    assert near in [one.person for one in duplicates.of(people[0])] or len(duplicates.of(people[0])) == 5


def test_three_hundred_names_cost_as_many_queries_as_one() -> None:
    """And little time, however many bear a name: the rows come from the indexes, a few each."""
    body = make_organisation()
    firsts = [spelt[0] for spelt in FIRST_NAMES.values()]
    lasts = [spelt[0] for spelt in FAMILY_NAMES.values()]
    names = [f"{first} {last}" for first in firsts for last in lasts][:3000]
    Person.objects.bulk_create(
        Person(name_latin=name, email=f"d{number}@example.tn", created_at="2026-01-01T00:00Z")
        for number, name in enumerate(names + ["Mohamed Gharbi"] * 2000)
    )
    persons.affiliate(person=Person.objects.first(), organisation=body, actor=None)  # type: ignore[arg-type]
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE directory_person")
    arabic = [f"{first} {last}" for first in FIRST_NAMES for last in FAMILY_NAMES]
    sought = [Sought(name_ar=name) for name in arabic[:299]] + [Sought("Mohamed Gharbi")]
    with CaptureQueriesContext(connection) as queries:
        started = time.monotonic()
        answer = duplicates.likely(sought)
        seconds = time.monotonic() - started
    assert len(queries) <= 3
    assert len(answer) >= 290 and all(len(candidates) <= 5 for candidates in answer.values())
    assert seconds < 3  # a tenth of it on a quiet machine


@pytest.fixture
def staff(client_for: ClientFor) -> StrictClient:
    return client_for(make_user("officer"))


NEW = {"name_latin": "Amal Bensalah", "sex": "f", "language": "fr", "function": "Ce que j’ai écrit"}


@pytest.mark.feature(107)
@pytest.mark.parametrize(("prefix", "words"), [("", "presque le même nom"), ("/ar", "اسم قريب"), ("/en", "nearly")])
def test_the_form_comes_back_once_with_who_may_be_the_same(staff: StrictClient, prefix: str, words: str) -> None:
    known = make_person("Amel Ben Salah", name_ar="", organisation=make_organisation("Pôle Exemple 7", name_ar=""))
    url = prefix + reverse("directory:person-create")
    page = staff.post(url, NEW)
    html = page.content.decode()
    assert page.status_code == 200 and Person.objects.count() == 1
    assert words in html and "Pôle Exemple 7" in html and "Ce que j’ai écrit" in html
    assert reverse("directory:person-detail", args=[known.pk]) in html
    assert set(page.context["form"].errors) == {"another"} and 'type="checkbox" name="another"' in html
    assert staff.post(url, {**NEW, "another": "on"}).status_code == 302
    assert Person.objects.count() == 2


def test_a_tick_is_kept_while_another_field_is_mended(staff: StrictClient) -> None:
    make_person("Amel Ben Salah", name_ar="")
    url = reverse("directory:person-create")
    page = staff.post(url, {**NEW, "another": "on", "phone": "12"})
    assert set(page.context["form"].errors) == {"phone"}
    assert 'name="another" value="on"' in page.content.decode()


def test_a_known_address_shows_whose_it_is(staff: StrictClient) -> None:
    known = make_person("Amel Ben Salah", email="amel@example.tn")
    odd = staff.post(reverse("directory:person-create"), {**NEW, "email": "a\0b"})
    assert set(odd.context["form"].errors) == {"email"}
    page = staff.post(reverse("directory:person-create"), {**NEW, "name_latin": "Zied", "email": "Amel@example.tn"})
    assert set(page.context["form"].errors) == {"email"}
    assert [one.person for one in page.context["candidates"]] == [known]


def test_nobody_alike_is_entered_at_once(staff: StrictClient) -> None:
    make_person("Béchir Amri", name_ar="")
    assert staff.post(reverse("directory:person-create"), NEW).status_code == 302


def test_staff_alone_read_on_a_file_whose_it_may_be_too(staff: StrictClient, client_for: ClientFor) -> None:
    user = make_user(None)
    own = make_person("Amel Ben Salah", name_ar="", user=user)
    other = make_person("", name_ar="أمل بن صالح")
    Person.objects.filter(pk=other.pk).update(name_latin="")
    url = reverse("directory:person-detail", args=[own.pk])
    assert "Peut-être la même personne que" in staff.get(url).content.decode()
    assert "Peut-être la même personne que" not in client_for(user).get(url).content.decode()
