"""A manager comes in by two steps: an app's code, then a passkey, and reads what happened to an account."""

from __future__ import annotations

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from pasri_portal.tests.browser.conftest import Visit
from pasri_portal.tests.browser.house import House
from pasri_portal.tests.browser.second_step import code_of, give_device, remove_all, set_up_app
from pasri_portal.tests.browser.visitor import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


@pytest.mark.feature(118)
@pytest.mark.parametrize("language", ["fr", "ar"])
def test_manager_signs_in_by_two_steps_and_reads_a_history(visit: Visit, portal: House, language: str) -> None:
    manager = visit(language)
    manager.sign_in("manager")
    secret = set_up_app(manager)
    try:
        keep_the_codes(manager)
        sign_out(manager)
        by_password_and_code(manager, portal, secret)
        read_the_history(manager)
        open_a_history_tab(manager, portal)
        add_a_passkey(manager)
        sign_out(manager)
        by_passkey_alone(manager)
    finally:
        remove_all(manager)


def keep_the_codes(manager: Visitor) -> None:
    expect(manager.page.locator("ol.codes li")).to_have_count(10)
    manager.press("I have put them away")
    manager.sees("Your recovery codes are put away. The portal will not show them again.")


def sign_out(manager: Visitor) -> None:
    with manager.page.expect_navigation():
        manager.page.locator("form[action$='/logout/'] button").first.click()


def by_password_and_code(manager: Visitor, portal: House, secret: str) -> None:
    email, password = portal.accounts["manager"]
    manager.go(reverse("account_login"))
    manager.fill(login=email, password=password)
    manager.press("Sign in", within="main")
    manager.sees("Second step", within="h1")
    manager.fill(code="000000")
    manager.press("Sign in", within="main")
    expect(manager.page.locator("#error-summary")).to_be_focused()
    manager.fill(code=code_of(secret, steps=1))
    with manager.page.expect_navigation(url=lambda url: "/login" not in url):
        manager.button("Sign in", within="main").click()


def read_the_history(manager: Visitor) -> None:
    manager.go(reverse("accounts:user-list"))
    with manager.page.expect_navigation():
        manager.page.locator("tbody th a").filter(has_text=name_of(manager)).first.click()
    manager.sees("History")
    manager.sees("Second step of signing in added")


def open_a_history_tab(manager: Visitor, portal: House) -> None:
    [(slug,)] = portal.look_up("SELECT slug FROM trainings_session WHERE state = 'held' ORDER BY id LIMIT 1")
    manager.go(reverse("trainings:session-detail", args=[slug]))
    manager.follow("History", within="main")
    expect(manager.page.locator("main ol.trail li, main tbody tr").first).to_be_visible()


def name_of(manager: Visitor) -> str:
    return "المسؤول عن البرنامج" if manager.language == "ar" else "Responsable du programme"


def add_a_passkey(manager: Visitor) -> None:
    give_device(manager)
    manager.go(reverse("accounts:passkey-add"))
    manager.fill(name="Poste du bureau")
    manager.press("Make the passkey", within="main")
    manager.sees("The passkey is set up.")
    manager.says("Poste du bureau")


def by_passkey_alone(manager: Visitor) -> None:
    manager.go(reverse("account_login"))
    with manager.page.expect_navigation(url=lambda url: "/login" not in url):
        manager.button("Sign in with a passkey", within="main").click()
    expect(manager.page.locator(".rail")).to_be_visible()
