"""Staff at a desk: from a training to certificates that a stranger can check."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from playwright.sync_api import expect

from core.testing.smtp import Sink
from pasri_portal.tests.browser.conftest import Visit
from pasri_portal.tests.browser.house import House
from pasri_portal.tests.browser.visitor import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

PROGRAMME = {"fr": "Programme de démonstration", "ar": "برنامج للتجربة"}
TITLES = {"title_fr": "Gouvernance d’un cluster", "title_ar": "حوكمة العنقود", "title_en": "Governing a cluster"}
BY_HAND = (
    ("Responsable qualité", "مسؤولة الجودة", "f"),
    ("Chef d’atelier", "رئيس الورشة", "m"),
)
IN_PUBLIC = ("Directrice commerciale", "المديرة التجارية")


@pytest.mark.feature(18)
@pytest.mark.feature(45)
@pytest.mark.feature(111)
@pytest.mark.feature(112)
@pytest.mark.parametrize("language", ["fr", "ar"])
def test_staff_lead_a_session_from_its_training_to_certificates(
    visit: Visit, portal: House, sink: Sink, language: str
) -> None:
    staff = visit(language)
    staff.sign_in("officer")
    day = a_week_without_holidays(portal)
    make_training(staff)
    file = make_session(staff, day)
    add_part(staff, file, day + timedelta(days=1))
    add_trainer_and_question(staff, file)
    publish(staff, file)
    register_two_by_hand(staff, file)
    visitor = visit(language)
    address = f"direction-{language}@example.org"
    register_in_public(visitor, file, address)
    confirm(visitor, sink, address)
    staff.go(file)
    staff.press("Close registration")
    staff.sees("Registration is closed.")
    let_four_weeks_pass(staff, file, day)
    mark_and_close(staff, file)
    staff.press("Mark as held")
    staff.sees("The session is marked as held.")
    number, code = issue(staff, file)
    check(visitor, number, code)
    visitor.go(visitor.link_in_mail(sink, address, "Your certificate of attendance: %(session)s"))
    expect(visitor.page.locator("a[href$='/certificate.pdf']")).to_be_visible()


def a_week_without_holidays(portal: House) -> date:
    """A Tuesday two weeks ahead or later, that works as the day after it does."""
    holidays = {row[0] for row in portal.look_up('SELECT "on" FROM directory_holiday')}
    day = date.today() + timedelta(days=14)  # noqa: DTZ011  (any Tuesday of about then will do)
    while day.weekday() != 1 or holidays & {day, day + timedelta(days=1)}:
        day += timedelta(days=1)
    return day


def make_training(staff: Visitor) -> None:
    staff.follow("Trainings", within=".rail")
    staff.follow("New training", within="main")
    staff.fill(**TITLES)
    staff.choose("programme", PROGRAMME[staff.language])
    staff.press("Save", within="main")
    staff.sees("The training is saved. Prepare its first session when you like.")


def make_session(staff: Visitor, day: date) -> str:
    """The first part with its half-days; gives the address of the session's file."""
    staff.follow("New session", within="main")
    staff.fill(starts_on=day.strftime("%d/%m/%Y"), ends_on=(day - timedelta(days=1)).strftime("%d/%m/%Y"))
    staff.fill(venue_fr="Salle des formations", venue_ar="قاعة التكوين", capacity="12", category_1="8", category_2="6")
    staff.press("Make the draft")
    expect(staff.page.locator("#error-summary")).to_be_focused()
    expect(staff.page.locator("[name=venue_fr]")).to_have_value("Salle des formations")
    staff.fill(ends_on=day.strftime("%d/%m/%Y"))
    staff.press("Make the draft")
    staff.sees("Draft", within=".steps")
    expect(staff.page.locator("tbody a.ilink[href*='/half-days/']").first).to_be_visible()
    return staff.page.url


def add_part(staff: Visitor, file: str, day: date) -> None:
    staff.page.locator("summary", has_text=staff.word("More", "acts")).click()
    staff.follow("Add a part")
    when = day.strftime("%d/%m/%Y")
    staff.fill(title_fr="Outils", title_ar="الأدوات", starts_on=when, ends_on=when, capacity="10")
    staff.press("Save", within="main")
    staff.sees("The part is added.")
    staff.press("Propose half-days")
    expect(staff.page.locator("tbody[id^=programme-]")).to_have_count(2)
    expect(staff.page.locator("tbody[id^=programme-]").nth(1).locator("a[href*='/half-days/']").first).to_be_visible()


def add_trainer_and_question(staff: Visitor, file: str) -> None:
    staff.page.locator("summary", has_text=staff.word("More", "acts")).click()
    staff.follow("Trainers")
    staff.fill(q="formatrice")
    staff.press("Search", context="verb", within="main")
    staff.press("Add", within="main")
    staff.sees("The trainer is added.")
    staff.go(f"{file}questions/")
    staff.fill(label_fr="Votre principal besoin ?", label_ar="ما هي حاجتكم الأولى؟")
    staff.press("Add the question")
    staff.sees("The question is added.")


def publish(staff: Visitor, file: str) -> None:
    staff.go(file)
    staff.press("Publish")
    staff.sees("The session is published: everybody can read its page.")
    staff.press("Open registration")
    staff.sees("Registration is open.")


def register_two_by_hand(staff: Visitor, file: str) -> None:
    for name, name_ar, sex in BY_HAND:
        staff.go(f"{file}registrations/")
        staff.page.locator("a[href$='/registrations/new/1/']").first.click()
        staff.fill(name_latin=name, name_ar=name_ar)
        staff.tick("sex", sex)
        staff.page.locator("select[name=category]").select_option(index=1)
        staff.tick("consent")
        staff.press("Register", context="somebody", within="main")
        staff.says(name_ar if staff.language == "ar" else name)
        staff.sees("Confirmed", within="main")


def register_in_public(visitor: Visitor, file: str, address: str) -> None:
    """A form that lacks the consent keeps everything that was typed."""
    slug = file.rstrip("/").rpartition("/")[2]
    visitor.go(f"/sessions/{slug}/")
    visitor.page.locator("a[href$='/register/1/']").click()
    visitor.fill(name_latin=IN_PUBLIC[0], name_ar=IN_PUBLIC[1], email=address)
    visitor.page.locator("select[name=category]").select_option(index=2)
    visitor.page.locator("[name^=question_]").fill("Trouver des partenaires")
    visitor.press("Send me the link to confirm")
    visitor.sees("Without your consent the agency may not keep your registration.", within="#error-summary")
    expect(visitor.page.locator("[name^=question_]")).to_have_value("Trouver des partenaires")
    visitor.tick("consent")
    visitor.press("Send me the link to confirm")
    visitor.says(address)


def confirm(visitor: Visitor, sink: Sink, address: str) -> None:
    visitor.go(visitor.link_in_mail(sink, address, "Confirm your registration: %(session)s"))
    visitor.press("Confirm my registration")
    visitor.sees("Confirmed", within="main")


def let_four_weeks_pass(staff: Visitor, file: str, day: date) -> None:
    """The days of both parts move back, and their half-days with them."""
    for position in (1, 2):
        staff.go(file)
        staff.page.locator("tbody[id^=programme-]").nth(position - 1).locator("a[href$='/edit/']").first.click()
        when = (day + timedelta(days=position - 1) - timedelta(days=42)).strftime("%d/%m/%Y")
        staff.fill(starts_on=when, ends_on=when)
        staff.press("Save", within="main")
        staff.sees("The part is saved.")


def mark_and_close(staff: Visitor, file: str) -> None:
    staff.go(f"{file}attendance/")
    rooms = staff.page.locator("main a[href*='/room/']:not([href$='.pdf'])")
    for address in [link.get_attribute("href") for link in rooms.all()]:
        staff.page.goto(f"{staff.origin}{address}")
        if staff.page.locator("[data-row]").count():
            staff.press("All present")
            staff.follow("Close", context="half-day")
        else:
            staff.page.goto(f"{staff.origin}{address}close/")
        staff.press("Close the half-day")
        staff.sees("The half-day is closed.")
    staff.go(file)


def issue(staff: Visitor, file: str) -> tuple[str, str]:
    """Three certificates; gives the number and the control code of the first, as its paper says them."""
    staff.go(f"{file}certificates/")
    with staff.page.expect_navigation():
        staff.page.locator("form[action$='/certificates/issue/'] button").click()
    expect(staff.page.locator("a[href$='/certificate.pdf']")).to_have_count(3)
    text = staff.read_pdf(staff.page.locator("a[href$='/certificate.pdf']").first)
    number = re.search(r"DEMO-\d{4}-\d{5}", text)
    code = re.search(r"\b[A-HJ-NP-Z2-9]{4}[ -]?[A-HJ-NP-Z2-9]{4}\b", text)
    assert number, text
    assert code, text
    return number[0], code[0]


def check(visitor: Visitor, number: str, code: str) -> None:
    visitor.go("/certificates/")
    visitor.fill(number=number, code=code)
    visitor.press("Check", within="main")
    visitor.says("Attestation valable")
    visitor.says("شهادة صالحة")
    visitor.says(TITLES["title_ar"])
