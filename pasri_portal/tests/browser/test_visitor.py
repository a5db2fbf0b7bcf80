"""Visitors without an account: from the calendar to a place, to the waiting list, and the check of a certificate."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from playwright.sync_api import expect

from core.testing.smtp import Sink
from pasri_portal.tests.browser.conftest import Visit
from pasri_portal.tests.browser.house import House
from pasri_portal.tests.browser.visitor import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

TITLES = {"fr": "Atelier à une seule place", "ar": "ورشة بمقعد واحد"}
NAMES = (("Conseillère technique", "المستشارة الفنية"), ("Chef de service", "رئيس المصلحة"))
CERTIFICATES = "SELECT number, control_code, check_token FROM trainings_certificate ORDER BY id"


@pytest.mark.feature(23)
@pytest.mark.feature(26)
@pytest.mark.feature(27)
@pytest.mark.parametrize("language", ["fr", "ar"])
def test_visitors_get_the_place_and_the_turn_behind_it(visit: Visit, portal: House, sink: Sink, language: str) -> None:
    announce_one_place(visit(language))
    first, second = visit(language), visit(language, width=390)
    ask(first, NAMES[0], f"premiere-{language}@example.org", "Register")
    confirm(first, sink, f"premiere-{language}@example.org")
    first.sees("Your place is confirmed", within="h1")
    ask(second, NAMES[1], f"second-{language}@example.org", "Join the waiting list")
    confirm(second, sink, f"second-{language}@example.org")
    second.sees("You are on the waiting list", within="h1")
    second.sees("Your turn: number %(position)s of %(of)s", position=1, of=1)
    first.follow("Cancel my registration")
    first.press("Cancel my registration")
    first.sees("Your registration is cancelled", within="h1")
    second.go(second.link_in_mail(sink, f"second-{language}@example.org", "A place is offered to you: %(session)s"))
    second.press("Accept the place")
    second.sees("Your place is confirmed", within="h1")
    expect(second.link("Put it in my calendar")).to_be_visible()
    second.link_in_mail(sink, f"second-{language}@example.org", "Your place is confirmed: %(session)s")


def announce_one_place(staff: Visitor) -> None:
    """Staff publish a session with one place, five weeks ahead, and open it."""
    staff.sign_in("officer")
    staff.go("/trainings/sessions/new/")
    staff.page.locator("select[name=training]").select_option(index=2)
    tuesday = date.today() + timedelta(days=35)  # noqa: DTZ011
    friday = tuesday + timedelta(days=3)
    titles = {"title_fr": TITLES["fr"], "title_ar": TITLES["ar"]}
    staff.fill(starts_on=tuesday.strftime("%d/%m/%Y"), ends_on=friday.strftime("%d/%m/%Y"), capacity="1", **titles)
    staff.press("Make the draft")
    staff.press("Publish")
    staff.press("Open registration")
    staff.sees("Registration is open.")


def ask(visitor: Visitor, names: tuple[str, str], address: str, button: str) -> None:
    """From the calendar to "look in your mailbox", with a form that is wrong first and loses nothing."""
    visitor.go("/")
    visitor.page.locator("main a[href$='/sessions/']").first.click()
    visitor.page.locator("a", has_text=TITLES[visitor.language]).last.click()
    visitor.follow(button)
    visitor.fill(name_latin=names[0], name_ar=names[1], email="pas une adresse", phone="71 000 000")
    visitor.press("Send me the link to confirm")
    expect(visitor.page.locator("#error-summary")).to_be_focused()
    expect(visitor.page.locator("#error-summary a")).to_have_count(2)
    expect(visitor.page.locator("[name=email]")).to_have_value("pas une adresse")
    expect(visitor.page.locator("[name=name_ar]")).to_have_value(names[1])
    visitor.fill(email=address)
    visitor.tick("consent")
    visitor.press("Send me the link to confirm")
    visitor.sees("Look in your mailbox", within="h1")
    visitor.says(address)


def confirm(visitor: Visitor, sink: Sink, address: str) -> None:
    visitor.go(visitor.link_in_mail(sink, address, "Confirm your registration: %(session)s"))
    visitor.press("Confirm my registration")


@pytest.mark.feature(47)
@pytest.mark.feature(48)
@pytest.mark.parametrize("language", ["fr", "ar"])
def test_a_stranger_checks_a_certificate(visit: Visit, portal: House, language: str) -> None:
    number, code, token = portal.look_up(CERTIFICATES)[0]
    stranger = visit(language, width=390)
    stranger.go("/")
    stranger.follow("Check a certificate", within="main", context="menu")
    stranger.fill(number=number, code="22222222")
    stranger.press("Check", within="main")
    stranger.sees("No certificate has this number with this control code. Compare both with the paper.")
    expect(stranger.page.locator("[name=number]")).to_have_value(number)
    stranger.fill(code=code)
    stranger.press("Check", within="main")
    for words in ("Attestation valable", "شهادة صالحة", number, "Diagnostic et cartographie des acteurs"):
        stranger.says(words)
    stranger.go(f"{stranger.origin}/c/{token}")
    assert stranger.page.url.endswith(f"{stranger.prefix}/certificates/{token}/")
    stranger.says("Attestation valable")
    assert number in stranger.read_pdf(stranger.link("The certificate as PDF"))
    stranger.go(f"{stranger.origin}/c/{token[::-1]}")
    stranger.sees("No such certificate", within="h1")
