"""The pages of a pasted list: what was pasted stays, errors beside their cell, only its author sees it."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from accounts.models import RoleGrant, User
from accounts.tests.factories import make_user
from core import uploads
from core.enums import ImportState
from core.imports import Import
from core.testing.client import StrictClient
from core.tests import hostile
from directory.models import Person
from directory.tests.factories import make_governorate, make_person
from directory.tests.test_imports import big

pytestmark = [pytest.mark.django_db, pytest.mark.feature(105)]
Browsers = Callable[..., StrictClient]
LIST = "Nom et prénom\tE-mail\nLeïla Exemple\tleila@\nKarim Exemple\tkarim@example.tn\n"


@pytest.fixture
def officer() -> User:
    return make_user("officer")


@pytest.fixture
def browser(client_for: Browsers, officer: User) -> StrictClient:
    return client_for(officer)


def start(language: str = "fr") -> str:
    with translation.override(language):
        return reverse("directory:person-import")


def pasted(browser: StrictClient, text: str = LIST, language: str = "fr") -> str:
    """The address of the page to which pasting leads."""
    response = browser.post(start(language), {"pasted": text})
    assert response.status_code == 302, response.content.decode()
    return str(response.url)


def test_the_way_from_the_list_of_people_to_their_files(browser: StrictClient) -> None:
    assert start() in browser.get(reverse("directory:person-list")).content.decode()
    url = pasted(browser)

    page = browser.get(url).content.decode()
    assert 'name="c-1-1"' in page
    assert "1 case est à corriger." in page
    assert re.search(r'value="confirm"\s+disabled', page)

    page = browser.post(url, {"version": 1, "c-1-1": "leila@exemple", "act": "confirm"}).content.decode()
    assert 'id="error-summary"' in page
    assert "leila@exemple" in page
    assert Person.objects.count() == 0

    page = browser.post(url, {"version": 2, "c-1-1": "leila@example.tn", "act": "check"}).content.decode()
    assert "Saisir 2 personnes" in page
    answer = browser.post(url, {"version": 3, "act": "confirm"})
    assert answer.url == url
    page = browser.get(url).content.decode()
    assert "La liste est saisie" in page
    assert "Leïla Exemple" in page
    assert Person.objects.count() == 2


def test_in_arabic_the_same(browser: StrictClient) -> None:
    url = pasted(browser, "الاسم واللقب\tالبريد الإلكتروني\nليلى مثال\tleila@example.tn\nكريم مثال\t\n", "ar")
    assert url.startswith("/ar/")
    page = browser.get(url).content.decode()
    assert "إدخال شخصين" in page
    browser.post(url, {"version": 1, "act": "confirm"})
    assert "تم إدخال القائمة" in browser.get(url).content.decode()
    undo = browser.get(f"{url}undo/").content.decode()
    assert "سيُسحب سطران" in undo
    browser.post(f"{url}undo/")
    browser.post(f"{url}undo/")
    assert Person.objects.count() == 0
    assert "سُحب سطران" in browser.get(url).content.decode()


def test_what_was_pasted_stays_when_it_is_refused(browser: StrictClient) -> None:
    nothing = browser.post(start(), {"pasted": " "}).content.decode()
    assert "Collez la liste, ou choisissez un fichier." in nothing
    text = "Nom\n" + "\n".join(f"Personne {n}" for n in range(301))
    page = browser.post(start(), {"pasted": text}).content.decode()
    assert "Personne 299" in page
    assert Import.objects.count() == 0
    file = SimpleUploadedFile("liste.csv", b"Nom\nUn Exemple\n")
    both = browser.post(start(), {"pasted": LIST, "file": file}).content.decode()
    assert "pas les deux" in both


def test_sent_twice_a_list_is_one(browser: StrictClient) -> None:
    token = {"once": "a" * 24}
    first = browser.post(start(), {"pasted": LIST, **token}).url
    assert browser.post(start(), {"pasted": LIST, **token}).url == first
    assert Import.objects.count() == 1


def test_a_file_is_read_and_a_hostile_one_refused_beside_its_field(browser: StrictClient) -> None:
    good = SimpleUploadedFile("liste.csv", "Nom et prénom;E-mail\nLeïla Exemple;leila@example.tn\n".encode("cp1252"))
    url = browser.post(start(), {"file": good}).url
    assert "liste.csv" in browser.get(url).content.decode()

    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("[Content_Types].xml", "<Types/>")
        bomb.writestr("xl/workbook.xml", b" " * 98_000_000)
    page = browser.post(start(), {"file": SimpleUploadedFile("liste.xlsx", packed.getvalue())}).content.decode()
    assert 'aria-invalid="true"' in page
    for name, content in (("a.pdf", b"%PDF-1.7 x"), ("b.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 9)):
        page = browser.post(start(), {"file": SimpleUploadedFile(name, content)}).content.decode()
        assert 'id="error-summary"' in page
    assert Import.objects.count() == 1


def test_a_file_of_several_megabytes_is_read(browser: StrictClient) -> None:
    lines = [hostile.HEADINGS, ("Leïla Exemple", "leila@example.tn", "20123456")]
    content = hostile.workbook(hostile.sheet(lines), xl__media__image1_png=hostile.noise(3_000_000))
    answer = browser.post(start(), {"file": SimpleUploadedFile("liste.xlsx", content)})
    assert answer.status_code == 302
    assert "leila@example.tn" in browser.get(answer.url).content.decode()
    typed = browser.post(start(), {"pasted": "x" * 1_100_000, "file": SimpleUploadedFile("liste.xlsx", content)})
    assert typed.status_code == 413


def test_a_file_that_is_too_large_is_refused_before_it_is_stored(
    browser: StrictClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "MOST_BYTES", 1000)
    answer = browser.post(start(), {"file": SimpleUploadedFile("liste.csv", b"x" * 2000)})
    assert answer.status_code == 413
    assert "10" in answer.content.decode()


def test_only_its_author_opens_a_list_and_a_manager_what_was_entered(
    browser: StrictClient, client_for: Browsers
) -> None:
    url = pasted(browser, "Nom et prénom\nLeïla Exemple\n")
    manager, other = client_for(make_user("manager")), client_for(make_user("officer"))
    assert [one.get(url).status_code for one in (manager, other)] == [404, 404]
    browser.post(url, {"version": 1, "act": "confirm"})
    assert [one.get(url).status_code for one in (manager, other)] == [200, 404]
    assert "Annuler cette liste" in manager.get(url).content.decode()
    assert url in manager.get(reverse("core:import-list")).content.decode()
    assert url not in other.get(reverse("core:import-list")).content.decode()
    assert other.post(f"{url}undo/").status_code == 404
    manager.post(f"{url}undo/")
    assert Person.objects.count() == 0


@pytest.mark.parametrize("role", ["trainer", "member", "auditor"])
def test_others_may_paste_nothing(role: str, client_for: Browsers) -> None:
    browser = client_for(make_user(role))
    assert browser.get(start()).status_code == 403
    assert browser.post(start(), {"pasted": LIST}).status_code == 403


def test_whose_role_ended_meanwhile_is_refused(browser: StrictClient, officer: User) -> None:
    url = pasted(browser, "Nom et prénom\nLeïla Exemple\n")
    RoleGrant.objects.filter(user=officer).delete()
    assert browser.post(url, {"version": 1, "act": "confirm"}).status_code == 403
    assert Person.objects.count() == 0


def test_another_window_is_told_and_nothing_is_overwritten(browser: StrictClient) -> None:
    url = pasted(browser)
    browser.post(url, {"version": 1, "c-1-1": "leila@example.tn", "act": "check"})
    page = browser.post(
        url, {"version": 1, "c-1-1": "autre@example.tn", "act": "confirm"}, follow=True
    ).content.decode()
    assert "dans une autre fenêtre" in page
    assert "leila@example.tn" in page
    assert Person.objects.count() == 0
    assert browser.post(url, {"version": "x", "act": "confirm"}, follow=True).status_code == 200


def test_the_choice_is_posted_and_columns_can_be_said(browser: StrictClient) -> None:
    make_person("Leïla Exemple", email="leila@example.tn")
    url = pasted(browser, "Colonne A\tColonne B\nLeïla Exemple\tleila@example.tn\nKarim Exemple\tkarim@example.tn\n")
    answers: dict[str, Any] = {"version": 1, "col-0": "name", "col-1": "email", "skip": "1", "act": "check"}
    page = browser.post(url, answers).content.decode()
    assert "Saisir 1 personne" in page


def test_given_up_it_is_erased_and_says_so(browser: StrictClient) -> None:
    url = pasted(browser)
    browser.post(f"{url}drop/")
    imp = Import.objects.get()
    assert (imp.state, imp.grid) == (ImportState.DROPPED, {})
    assert "Rien n’a été saisi" in browser.get(url).content.decode()
    assert browser.post(url, {"version": 1, "act": "confirm"}).status_code == 302


def test_the_page_of_three_hundred_asks_the_database_as_often_as_that_of_three(browser: StrictClient) -> None:
    make_governorate()
    counted = []
    for count in (3, 300):
        url = pasted(browser, big(count))
        browser.get(url)
        with CaptureQueriesContext(connection) as captured:
            assert browser.get(url).status_code == 200
        counted.append(len(captured))
    assert counted[0] == counted[1]
    assert counted[1] <= 24


def test_the_history_of_the_account_says_what_was_entered(
    browser: StrictClient, client_for: Browsers, officer: User
) -> None:
    url = pasted(browser, "Nom et prénom\nLeïla Exemple\n")
    browser.post(url, {"version": 1, "act": "confirm"})
    page = client_for(make_user("manager")).get(reverse("accounts:user-detail", args=[officer.pk])).content.decode()
    assert "Liste saisie : Coller une liste de personnes (1 lignes)" in page.replace("\u00a0", " ")
    assert "Leïla" not in page
