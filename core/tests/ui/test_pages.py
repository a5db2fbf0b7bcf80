"""The frame of every page: language, direction, theme; the gallery; the pages for what goes wrong."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from accounts.tests.factories import make_user
from core.testing.client import StrictClient

ERRORS = ("400", "403", "403_csrf", "404", "413", "500")
LANGUAGES = ("fr", "ar", "en")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ERRORS)
def test_error_pages_open_without_request_or_database(name: str, language: str) -> None:
    """No database is open in this test: a page that asked for one would fail."""
    with translation.override(language):
        html = render_to_string(f"errors/{name}.html", {"reference": "4B1E77A0", "page_path": "/x/", "theme": "dark"})
    direction = "rtl" if language == "ar" else "ltr"
    assert f'<html lang="{language}" dir="{direction}" data-bs-theme="dark">' in html
    assert ("bootstrap.rtl.min.css" in html) == (language == "ar")
    assert html.count("<h1>") == 1


def test_server_error_shows_the_reference() -> None:
    html = render_to_string("errors/500.html", {"reference": "4B1E77A0"})
    assert '<bdi class="code strong">4B1E77A0</bdi>' in html


def test_expired_form_offers_what_was_typed_again() -> None:
    context = {"typed": [("title", "منى"), ("note", "<b>")], "action": "/x/", "csrf_token": "abc"}
    html = render_to_string("errors/403_csrf.html", context)
    assert '<input type="hidden" name="title" value="منى">' in html
    assert 'value="&lt;b&gt;"' in html
    assert 'name="csrfmiddlewaretoken" value="abc"' in html
    assert "<form" not in render_to_string("errors/403_csrf.html", {"typed": [], "action": "/x/"})


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("prefix", "language", "direction"), [("", "fr", "ltr"), ("/ar", "ar", "rtl"), ("/en", "en", "ltr")]
)
def test_gallery_draws_every_piece_in_each_language(
    client_for: Callable[..., StrictClient], prefix: str, language: str, direction: str
) -> None:
    response = client_for(make_user("officer")).get(f"{prefix}/gallery/")
    html = response.content.decode()
    assert response.status_code == 200
    assert f'<html lang="{language}" dir="{direction}"' in html
    assert "error-summary" in html
    assert 'class="halves"' in html


@pytest.mark.django_db
def test_gallery_is_for_the_agencys_staff(client_for: Callable[..., StrictClient], client: StrictClient) -> None:
    assert client_for(make_user("member")).get("/gallery/").status_code == 403
    assert client.get("/gallery/").status_code == 302


@pytest.mark.django_db
def test_theme_is_kept_in_a_cookie_and_written_by_the_server(client_for: Callable[..., StrictClient]) -> None:
    browser = client_for(make_user("officer"))
    assert "data-bs-theme" not in browser.get("/gallery/").content.decode()[:200]
    response = browser.post("/theme/", {"theme": "dark", "next": "/gallery/"})
    assert response.headers["Location"] == "/gallery/"
    assert 'data-bs-theme="dark"' in browser.get("/gallery/").content.decode()
    browser.post("/theme/", {"theme": "system", "next": "/gallery/"})
    assert "data-bs-theme" not in browser.get("/gallery/").content.decode()[:200]


@pytest.mark.django_db
def test_theme_needs_no_account_and_no_business_row(client: StrictClient) -> None:
    with CaptureQueriesContext(connection) as captured:
        response = client.post("/theme/", {"theme": "light", "next": "/"})
    assert response.cookies["theme"].value == "light"
    assert response.cookies["theme"]["samesite"] == "Lax"
    assert [q for q in captured.captured_queries if "INSERT" in q["sql"]] == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "/\\evil.example"]
)
def test_theme_never_leads_elsewhere(client: StrictClient, elsewhere: str) -> None:
    response = client.post("/theme/", {"theme": "dark", "next": elsewhere})
    assert response.headers["Location"] == "/"


@pytest.mark.django_db
def test_theme_is_not_set_by_opening_an_address_or_without_the_token(client: StrictClient) -> None:
    assert client.get("/theme/").status_code == 405
    strict = StrictClient(enforce_csrf_checks=True)
    assert strict.post("/theme/", {"theme": "dark"}).status_code == 403


def test_unknown_theme_in_the_cookie_is_ignored(client: StrictClient, db: None) -> None:
    client.cookies["theme"] = '"><script>'
    html = client.get(reverse("account_login")).content.decode()
    assert "data-bs-theme" not in html[:200]


def test_conflict_page_shows_both_versions_and_loses_nothing() -> None:
    conflict = SimpleNamespace(name="title", label="Titre", mine="A <i>", theirs="B")
    merge = SimpleNamespace(
        pairs=[("title", "A <i>"), ("note", "ligne"), ("version", "4")],
        conflicts=[conflict],
        taken=["Salle"],
        by="",
        at=None,
    )
    context = {"merge": merge, "object": "SEM-2014-03", "action": "/x/?a=1", "theme": "", "csrf_token": "abc"}
    html = render_to_string("core/conflict.html", context)
    for name, value in (("title", "A &lt;i&gt;"), ("note", "ligne"), ("version", "4")):
        assert f'<input type="hidden" name="{name}" value="{value}">' in html
    assert 'type="radio" name="pick-title" value="mine" checked' in html
    assert 'type="radio" name="pick-title" value="theirs"' in html
    assert "<li>Salle</li>" in html


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_says_why_it_came_and_who_pays(language: str) -> None:
    with translation.override(language):
        context = {"why": "règle 2, <b>", "demo": True}
        html, text = render_to_string("email/base.html", context), render_to_string("email/base.txt", context)
    assert "règle 2, &lt;b&gt;" in html
    assert "règle 2, <b>" in text
    for body in (html, text):
        assert "Démonstration" in body
    assert f'<html lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}">' in html
    paid = {
        "fr": "Financé par l’Union européenne",
        "ar": "بتمويل من الاتحاد الأوروبي",
        "en": "Funded by the European Union",
    }
    assert paid[language] in html
    assert paid[language] in text
