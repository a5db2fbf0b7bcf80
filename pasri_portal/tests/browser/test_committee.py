"""Staff lead a committee: from its founding act to minutes that are approved and an action that another verifies."""

from __future__ import annotations

import io

import pytest
from playwright.sync_api import expect
from pypdf import PdfWriter

from core.testing.smtp import Sink
from pasri_portal.tests.browser.conftest import Visit
from pasri_portal.tests.browser.house import House
from pasri_portal.tests.browser.sittings import (
    ITEM,
    OWNER,
    Sitting,
    approve_at_the_next_meeting,
    decide,
    freeze,
    let_three_weeks_pass,
    let_two_weeks_pass,
    lift,
    open_sitting,
    remark,
    send_minutes,
    settle,
)
from pasri_portal.tests.browser.visitor import Visitor, of_day

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

NAMES = {"fr": ("Comité des vanniers", "لجنة صانعي السلال"), "ar": ("Comité des potiers", "لجنة الخزافين")}
PRESIDENTS = {"fr": ("Cheffe des vanniers", "رئيسة صانعي السلال"), "ar": ("Doyenne des potiers", "عميدة الخزافين")}
"""Each language’s journey has its own committee and its own president, entered on the way."""
SECRETARIAT = {"fr": "Agence Exemple", "ar": "الوكالة المثال"}
PRESIDES = {"fr": "Ministère Exemple", "ar": "الوزارة المثال"}
THIRD = {"fr": "Centre technique Exemple", "ar": "المركز الفني المثال"}
THIRD_SITS = {"fr": "Chef de service Exemple", "ar": "رئيس مصلحة المثال"}
RULES = {
    "power": "decides",
    "notice_days": "7",
    "notice_count": "calendar",
    "quorum_numerator": "1",
    "quorum_denominator": "2",
    "voters": "deliberative",
    "majority": "cast",
    "chair_substitute": "rank",
    "minutes_days": "10",
    "language": "ar",
}
ACTION = {"title_fr": "Équiper l’atelier commun", "title_ar": "تجهيز الورشة المشتركة"}


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_staff_lead_a_committee_from_its_act_to_a_verified_action(
    visit: Visit, portal: House, sink: Sink, language: str
) -> None:
    staff, member = visit(language), visit(language)
    staff.sign_in("officer")
    committee = make_committee(staff)
    enter_act(staff)
    fill_seats(staff, portal, committee)
    first = plan(staff)
    convene(staff, first)
    answer(visit(language), sink)
    let_two_weeks_pass(portal, first)
    open_sitting(staff, first)
    decide(staff)
    lift(staff)
    let_three_weeks_pass(portal, first)
    send_minutes(staff, first)
    member.sign_in("member")
    remark(member, first)
    settle(staff, first)
    approve_at_the_next_meeting(staff, committee)
    freeze(staff, first)
    action = make_action(staff, first)
    declare_done(member, action)
    verify(staff, action)
    member.go(action)
    member.sees("Verified and closed", context="action")


# -- the committee ---------------------------------------------------------------------------------------------------
def make_committee(staff: Visitor) -> str:
    """Without its French name it is refused; gives the address of its page."""
    name_fr, name_ar = NAMES[staff.language]
    staff.follow("Committees", within=".rail")
    staff.follow("Enter a committee", within="main")
    staff.fill(name_ar=name_ar)
    staff.choose("secretariat", SECRETARIAT[staff.language])
    staff.press("Enter the committee", within="main")
    expect(staff.page.locator("#error-summary")).to_be_focused()
    expect(staff.page.locator("[name=name_ar]")).to_have_value(name_ar)
    staff.fill(name_fr=name_fr)
    staff.press("Enter the committee", within="main")
    staff.sees("The committee is entered. Enter its founding act next.")
    return staff.page.url.removeprefix(f"{staff.origin}{staff.prefix}")


def enter_act(staff: Visitor) -> None:
    """A rule that contradicts another is told beside its field; nothing typed is lost."""
    staff.sees("No founding act is in force today: no meeting can be convened.")
    staff.follow("All rules and versions", within="main")
    staff.follow("Enter a version", within="main")
    staff.fill(title_fr="Arrêté de création", title_ar="قرار الإحداث", in_force_from=of_day(-60), **RULES)
    for name in ("casting_vote", "alternates"):
        staff.tick(name, "True")
    for name in ("proxies", "written_procedure"):
        staff.tick(name, "False")
    staff.fill(proxies_each="1")
    staff.press("Enter the version", within="main")
    staff.is_told("proxies_each", "Proxies are not allowed: leave this undocumented.")
    expect(staff.page.locator("[name=title_fr]")).to_have_value("Arrêté de création")
    staff.fill(proxies_each="")
    staff.press("Enter the version", within="main")
    staff.sees("The version is entered.")


def fill_seats(staff: Visitor, portal: House, committee: str) -> None:
    """Who presides is a person whom the directory does not know yet; the demo account of a member sits for another."""
    member = portal.look_up(
        "SELECT name_latin, name_ar FROM directory_person WHERE email = %s", portal.accounts["member"][0]
    )[0]
    give_seat(staff, committee, PRESIDES[staff.language], presides=True)
    enter_president(staff)
    staff.says(PRESIDENTS[staff.language][staff.language == "ar"])
    appoint(staff)
    give_seat(staff, committee, OWNER[staff.language])
    choose_person(staff, member[staff.language == "ar"])
    appoint(staff)
    give_seat(staff, committee, THIRD[staff.language])
    choose_person(staff, THIRD_SITS[staff.language])
    appoint(staff)
    staff.go(committee)
    expect(staff.page.locator("main tbody tr")).to_have_count(3)


def choose_found(staff: Visitor, text: str) -> None:
    """Searched in the directory, chosen among what was found."""
    staff.page.locator("main [name=q]").fill(text)
    staff.press("Search", within="main", context="verb")
    with staff.page.expect_navigation():
        staff.page.locator("main .todo li", has_text=text).get_by_role("link").first.click()


def give_seat(staff: Visitor, committee: str, institution: str, *, presides: bool = False) -> None:
    staff.go(committee)
    staff.follow("Enter a seat", within="main")
    choose_found(staff, institution)
    staff.fill(starts_on=of_day(-60))
    if presides:
        staff.tick("presides")
    staff.press("Enter the seat", within="main")
    staff.sees("The seat is entered. Appoint its titular next.")


def enter_president(staff: Visitor) -> None:
    """Whoever is entered on the way to an appointment is chosen for it."""
    staff.follow("Appoint a person", within="main")
    staff.follow("Enter a person", within="main")
    name_latin, name_ar = PRESIDENTS[staff.language]
    staff.fill(name_latin=name_latin, name_ar=name_ar, sex="f", email=address_of(staff), language=staff.language)
    staff.press("Enter the person", within="main")
    staff.sees("The person is entered.")


def address_of(person: Visitor) -> str:
    """Where the president of this journey is written to."""
    return f"presidence-{person.language}@example.org"


def choose_person(staff: Visitor, name: str) -> None:
    staff.follow("Appoint a person", within="main")
    choose_found(staff, name)


def appoint(staff: Visitor) -> None:
    staff.fill(starts_on=of_day(-60), letter="2026-14")
    staff.press("Appoint", within="main")
    staff.sees("The person is appointed.")


# -- the meeting -----------------------------------------------------------------------------------------------------
def plan(staff: Visitor) -> Sitting:
    """A meeting cannot end before it starts."""
    staff.follow("Meetings", within="main .nav-tabs", context="tab")
    staff.follow("Plan a meeting", within="main")
    staff.fill(starts_at=of_day(14, "10:00"), ends_at="09:00", place_fr="Salle du conseil", place_ar="قاعة المجلس")
    staff.press("Plan the meeting", within="main")
    staff.is_told("ends_at", "A meeting ends after it starts.")
    expect(staff.page.locator("[name=place_fr]")).to_have_value("Salle du conseil")
    staff.fill(ends_at="12:00")
    staff.press("Plan the meeting", within="main")
    staff.sees("The meeting is planned. Nobody is called to it yet.")
    sitting = Sitting(int(staff.page.url.rstrip("/").rpartition("/")[2]))
    staff.follow("Add an item", within="main")
    staff.fill(**ITEM, expected="decide", duration="30")
    staff.press("Add the item", within="main")
    staff.sees("The item is on the agenda.")
    return sitting


def convene(staff: Visitor, sitting: Sitting) -> None:
    """The numbered letter, as its members read it."""
    staff.follow("Convene", within="main", context="verb")
    staff.sees("The letter leaves in time. The latest lawful day is")
    staff.fill(answers_until=of_day(20, "17:00"))
    staff.press("Send the letter", within="main")
    staff.is_told("answers_until", "Answers are expected between now and the beginning of the meeting.")
    staff.fill(answers_until=of_day(10, "17:00"))
    staff.press("Send the letter", within="main")
    staff.sees("The meeting is convened: the letter is on its way.")
    number = staff.page.locator("main .files .strong").last.inner_text().strip()
    letter = staff.read_pdf(staff.page.locator("main .files a[hreflang=fr]").last)
    assert number in letter, letter
    assert ITEM["title_fr"] in letter, letter


def answer(president: Visitor, sink: Sink) -> None:
    """From the mail to the answer of the seat."""
    president.go(
        president.link_in_mail(sink, address_of(president), "Invitation: %(committee)s, meeting no. %(number)s")
    )
    president.tick("reply", "present")
    president.tick("who", "self")
    president.press("Send my answer")
    president.sees("The titular comes")


# -- the action ------------------------------------------------------------------------------------------------------
def make_action(staff: Visitor, sitting: Sitting) -> str:
    """From the decision, whose institution and due date it takes; gives its address."""
    staff.go(sitting.room)
    staff.open_at("main .decided a[href*='/actions/new/']")
    staff.fill(**ACTION)
    staff.press("Add the action", within="main")
    staff.sees("The action is added.")
    staff.says(OWNER[staff.language], within="main .facts-stack")
    return staff.page.url.removeprefix(f"{staff.origin}{staff.prefix}")


def declare_done(member: Visitor, action: str) -> None:
    """From the list of the own actions; nothing is done without evidence, and nobody verifies the own work."""
    member.go("/my-actions/")
    member.open_at(f"main a.title[href$='{action}']")
    member.follow("Declare it done", within="main")
    member.fill(note="L’atelier est équipé.")
    member.press("Declare it done", within="main")
    expect(member.page.locator("#error-summary")).to_be_focused()
    expect(member.page.locator("[name=note]")).to_have_value("L’atelier est équipé.")
    member.page.locator("main [name=file]").set_input_files(
        {"name": "reception.pdf", "mimeType": "application/pdf", "buffer": blank_pdf()}
    )
    member.fill(label="Procès-verbal de réception")
    member.press("Declare it done", within="main")
    member.sees("The action is declared done; it waits for its verification.")
    refusal = "It is the work of your own institution: somebody of another institution verifies it."
    member.sees(refusal)
    member.go(f"{action}verify/")
    member.sees(refusal)
    expect(member.button("Verify and close", within="main")).to_have_count(0)


def blank_pdf() -> bytes:
    page, written = PdfWriter(), io.BytesIO()
    page.add_blank_page(width=200, height=200)
    page.write(written)
    return written.getvalue()


def verify(staff: Visitor, action: str) -> None:
    """Not before the evidence was opened."""
    staff.go(action)
    staff.follow("Verify and close", within="main")
    staff.fill(note="Le procès-verbal est signé.")
    staff.press("Verify and close", within="main")
    staff.sees("Open the evidence first: %(pieces)s.")
    expect(staff.page.locator("[name=note]")).to_have_value("Le procès-verbal est signé.")
    staff.read_pdf(staff.page.locator("main .files a[href*='/evidence/']"))
    staff.press("Verify and close", within="main")
    staff.sees("The action is verified and closed.")
    staff.says("Le procès-verbal est signé.")
