"""The frame in a real browser: policy, accessibility, focus, double press, leaving a form, theme."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.test import Client
from playwright.sync_api import Browser, Dialog, Page, Route

from accounts.tests.factories import make_user
from core.testing.browser import Looker
from core.ui.samples import SampleForm

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

Open = Callable[..., Looker]


@pytest.fixture
def look(chromium: Browser, live_server: Any) -> Iterator[Open]:
    """`look(width=390, staff=True)`: somebody's browser on the running portal."""
    opened: list[Looker] = []

    def looker(*, staff: bool = False, **kwargs: Any) -> Looker:
        session = ""
        if staff:
            client = Client()
            client.force_login(make_user("officer"))
            session = client.cookies[settings.SESSION_COOKIE_NAME].value
        opened.append(Looker(chromium, live_server.url, session=session, **kwargs))
        return opened[-1]

    yield looker
    for one in opened:
        one.close()


def form_page(looker: Looker, form: SampleForm) -> Page:
    """A page of the portal's own origin that holds one form; what it posts is caught by the test."""
    body = render_to_string(
        "ui/form.html", {"form": form, "submit": "Enregistrer", "action": "/sample/", "csrf_token": "x"}
    )
    scripts = '<script type="module" src="/static/portal/js/portal.js"></script>'
    html = (
        f'<!doctype html><html lang="fr"><head><title>x</title>{scripts}</head><body><main>{body}</main></body></html>'
    )
    looker.page.route("**/sample-form/", lambda route: route.fulfill(body=html, content_type="text/html"))
    return looker.open("/sample-form/")


@pytest.mark.parametrize(
    ("prefix", "width", "theme"), [("", 1280, "light"), ("/ar", 390, "dark"), ("/en", 320, "light")]
)
def test_gallery_is_accessible_and_keeps_the_policy(look: Open, prefix: str, width: int, theme: str) -> None:
    looker = look(staff=True, width=width, theme=theme)
    looker.open(f"{prefix}/gallery/")
    assert looker.look() == []


@pytest.mark.parametrize("prefix", ["", "/ar"])
@pytest.mark.parametrize(
    "path", ["/nowhere/", "/accounts/login/", "/accounts/password/reset/", "/accounts/login/code/"]
)
def test_pages_of_the_door_are_accessible_and_keep_the_policy(look: Open, prefix: str, path: str) -> None:
    looker = look(width=390)
    looker.open(prefix + path)
    assert looker.look() == []


def test_errors_take_the_focus_and_lead_to_their_fields(look: Open) -> None:
    page = form_page(look(), SampleForm({"title": "x"}))
    assert page.evaluate("document.activeElement.id") == "error-summary"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "id_language"


def test_a_button_pressed_twice_sends_once_and_says_that_it_works(look: Open) -> None:
    page = form_page(look(), SampleForm())
    posts: list[str] = []

    def count(route: Route) -> None:
        posts.append(route.request.post_data or "")
        route.fulfill(status=204)

    page.route("**/sample/", count)
    page.fill("#id_title", "منى")
    press = "b => { b.click(); b.click(); b.click(); return [b.getAttribute('aria-busy'), b.disabled]; }"
    assert page.locator("[type=submit]").evaluate(press) == ["true", False]
    page.wait_for_timeout(300)
    assert len(posts) == 1


def test_leaving_asks_only_when_something_was_typed(look: Open) -> None:
    looker = look()
    asked: list[str] = []

    def answer(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    looker.page.on("dialog", answer)
    page = form_page(looker, SampleForm())
    looker.open("/accounts/login/")
    assert asked == []
    page = form_page(looker, SampleForm())
    page.fill("#id_title", "a")
    page.fill("#id_title", "")
    looker.open("/accounts/login/")
    assert asked == []
    page = form_page(looker, SampleForm())
    page.fill("#id_title", "a")
    looker.open("/accounts/login/")
    assert asked == ["beforeunload"]


def test_another_language_keeps_what_was_typed_once(look: Open) -> None:
    page = look().open("/accounts/login/")
    page.fill("main [name=login]", "personne@example.tn")
    page.fill("main [name=password]", "secret")
    page.locator("a[hreflang=ar]").first.click()
    page.wait_for_url("**/ar/accounts/login/")
    assert page.input_value("main [name=login]") == "personne@example.tn"
    assert page.input_value("main [name=password]") == ""
    page.reload()
    assert page.evaluate("sessionStorage.length") == 0


def test_theme_changes_at_once_and_stays(look: Open) -> None:
    looker = look(theme="light")
    page = looker.open("/accounts/login/")
    with page.expect_response("**/theme/"):
        page.click("[data-theme-toggle]")
    assert page.get_attribute("html", "data-bs-theme") == "dark"
    page.reload()
    assert page.get_attribute("html", "data-bs-theme") == "dark"
    assert looker.look() == []


def test_theme_works_without_script(chromium: Browser, live_server: Any) -> None:
    context = chromium.new_context(java_script_enabled=False, color_scheme="light")
    page = context.new_page()
    page.goto(f"{live_server.url}/ar/accounts/login/")
    page.click("[data-theme-toggle]")
    assert page.url == f"{live_server.url}/ar/accounts/login/"
    assert page.get_attribute("html", "data-bs-theme") == "dark"
    context.close()


def test_coming_back_to_an_expired_form_renews_its_token(look: Open) -> None:
    looker = look(theme="light")
    page = looker.open("/")
    looker.open("/nowhere/")
    looker.context.clear_cookies(name="csrftoken")
    page.go_back()
    page.wait_for_load_state("networkidle")
    with page.expect_response("**/theme/") as response:
        page.click("[data-theme-toggle]")
    assert response.value.status == 302


def test_menu_of_the_rail_opens_on_a_phone(look: Open) -> None:
    page = look(staff=True, width=390).open("/gallery/")
    assert not page.is_visible("#rail-body")
    page.click(".rail-toggle")
    assert page.is_visible("#rail-body")
    assert page.get_attribute(".rail-toggle", "aria-expanded") == "true"
