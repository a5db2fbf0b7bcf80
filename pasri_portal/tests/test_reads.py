"""Who read or exported lists of people: who, what, when; once a quarter of an hour, for two years, to managers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pgtrigger
import pytest
from django.db import InternalError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.tests.factories import make_user
from core import privacy, reads
from core.models import ReadEntry
from core.testing.queries import assert_flat_queries
from directory.tests.factories import make_organisation, make_person
from trainings.tests.factories import make_registration, make_session

pytestmark = pytest.mark.django_db


def noted() -> list[tuple[str, str, int]]:
    return list(ReadEntry.objects.order_by("id").values_list("act", "what", "object_id"))


@pytest.mark.feature(122)
def test_reading_and_exporting_people_is_logged_with_who_what_when(client_for: Callable[..., Client]) -> None:
    officer, manager = make_user(full_name="Agente Lectrice"), make_user("manager")
    person = make_person("Personne Lue")
    browser = client_for(officer)
    people = reverse("directory:person-list")
    browser.get(f"{people}?q=lue")
    browser.get(reverse("directory:person-detail", args=[person.pk]))
    assert browser.post(f"{people}?q=lue", {"export": "csv"}).status_code == 200
    assert noted() == [("read", "persons", 0), ("read", "directory.person", person.pk), ("export", "persons", 0)]
    first = ReadEntry.objects.earliest("id")
    assert (first.user, first.filters, first.rows) == (officer, 1, 1)
    assert abs(first.at - timezone.now()) < timedelta(minutes=1)
    values = " ".join(str(value) for row in ReadEntry.objects.values() for value in row.values())
    assert "Lue" not in values and "lue" not in values, "no name and no word of a search is kept"

    html = client_for(manager).get(reverse("read-list")).content.decode()
    for words in ("Agente Lectrice", "Personnes", "Fiche d’une personne", "Exporté", "Ouvert"):
        assert words in html, words
    assert reverse("directory:person-detail", args=[person.pk]) in html


@pytest.mark.feature(122)
def test_the_log_is_filtered_and_exported(client_for: Callable[..., Client]) -> None:
    one, two = make_user(full_name="Agente Une"), make_user(full_name="Agent Deux")
    reads.note(user=one, what="persons", rows=3)
    reads.note_export(user=two, what="persons", rows=40)
    browser = client_for(make_user("manager"))
    address = reverse("read-list")

    def rows(query: str) -> str:
        return browser.get(address + query).content.decode().partition("<tbody")[2]

    assert "Agente Une" in rows(f"?user={one.pk}") and "Agent Deux" not in rows(f"?user={one.pk}")
    assert "Agent Deux" in rows("?act=export") and "Agente Une" not in rows("?act=export")
    assert "Agente Une" not in rows("?what=directory.person")
    taken = browser.post(f"{address}?act=export", {"export": "csv"})
    text = b"".join(taken).decode("utf-8-sig") if taken.streaming else taken.content.decode("utf-8-sig")
    assert "Agent Deux" in text and "Agente Une" not in text and "40" in text


def test_the_same_list_again_is_one_reading_and_a_later_one_another(client_for: Callable[..., Client]) -> None:
    officer = make_user()
    browser = client_for(officer)
    for _time in range(3):
        browser.get(reverse("directory:person-list"))
    assert len(noted()) == 1
    with pgtrigger.ignore("core.ReadEntry:append_only"):
        ReadEntry.objects.update(slot=timezone.now() - timedelta(hours=1))
    browser.get(reverse("directory:person-list"))
    assert len(noted()) == 2
    client_for(make_user()).get(reverse("directory:person-list"))
    assert len(noted()) == 3, "another person is another reading"


def test_every_list_and_file_of_people_is_logged(client_for: Callable[..., Client]) -> None:
    browser = client_for(make_user("manager"))
    registration = make_registration(make_session("open").parts.get())
    slug, person = registration.part.session.slug, make_person()
    pages = {
        "directory:person-list": [],
        "directory:person-detail": [person.pk],
        "directory:person-history": [person.pk],
        "accounts:user-list": [],
        "accounts:user-detail": [make_user().pk],
        "accounts:invitation-list": [],
        "notifications:message-list": [],
        "trainings:registration-index": [],
        "trainings:registration-list": [slug],
        "trainings:registration-detail": [registration.pk],
        "trainings:registration-history": [registration.pk],
        "trainings:attendance-tab": [slug],
        "trainings:certificate-tab": [slug],
    }
    for name, args in pages.items():
        with pgtrigger.ignore("core.ReadEntry:append_only"):
            ReadEntry.objects.all().delete()
        assert browser.get(reverse(name, args=args)).status_code == 200
        assert len(noted()) == 1, name
        assert noted()[0][1] in reads.labels(), name
    browser.get(reverse("search") + "?q=personne")
    assert noted()[-1][1] == "search"


def test_what_holds_no_person_or_the_own_file_is_not_logged(client_for: Callable[..., Client]) -> None:
    body = make_organisation()
    browser = client_for(make_user())
    for address in (reverse("directory:organisation-list"), reverse("directory:organisation-detail", args=[body.pk])):
        browser.get(address)
    own = make_user("member")
    assert client_for(own).get(reverse("directory:person-detail", args=[make_person(user=own).pk])).status_code == 200
    assert client_for(make_user("auditor")).get(reverse("directory:person-list")).status_code == 403
    assert noted() == []


def test_a_list_pays_one_statement_for_it(client_for: Callable[..., Client]) -> None:
    browser = client_for(make_user())
    address = reverse("directory:person-list")
    browser.get(address)
    with CaptureQueriesContext(
        connection,
    ) as captured:
        browser.get(address)
    own = [query["sql"] for query in captured.captured_queries if "readentry" in query["sql"]]
    assert len(own) == 1 and "ON CONFLICT DO NOTHING" in own[0]


def test_the_database_refuses_to_change_an_entry() -> None:
    reads.note(user=make_user(), what="persons")
    for change in (lambda: ReadEntry.objects.update(rows=5), lambda: ReadEntry.objects.all().delete()):
        with pytest.raises(InternalError), transaction.atomic():
            change()


@pytest.mark.feature(122)
def test_entries_of_two_years_ago_are_deleted_at_night() -> None:
    user, now = make_user(), timezone.now()
    reads.note(user=user, what="persons")
    assert reads.purge(now + timedelta(days=700)) == 0
    assert privacy.purge(now=now + timedelta(days=732))["core.reads"] == 1
    assert reads.purge(now + timedelta(days=732)) == 0
    assert noted() == []


def test_the_log_is_as_quick_with_three_lines_as_with_one(client_for: Callable[..., Client]) -> None:
    def read() -> None:
        reads.note(user=make_user(), what="directory.person", object_id=make_person().pk)

    assert_flat_queries(client_for(make_user("manager")), reverse("read-list"), read)


def test_an_empty_log_says_what_it_will_hold(client_for: Callable[..., Any]) -> None:
    html = client_for(make_user("manager")).get(reverse("read-list")).content.decode()
    assert "Personne n’a encore consulté de liste de personnes" in html
