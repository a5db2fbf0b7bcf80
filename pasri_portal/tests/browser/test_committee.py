"""Staff lead a committee: from its founding act to minutes that are approved and an action that another verifies."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from playwright.sync_api import Locator, expect
from pypdf import PdfWriter

from core.testing.smtp import Sink
from pasri_portal.tests.browser.conftest import Visit
from pasri_portal.tests.browser.house import House
from pasri_portal.tests.browser.visitor import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

NAMES = {"fr": ("Comité des vanniers", "لجنة صانعي السلال"), "ar": ("Comité des potiers", "لجنة الخزافين")}
PRESIDENTS = {"fr": ("Cheffe des vanniers", "رئيسة صانعي السلال"), "ar": ("Doyenne des potiers", "عميدة الخزافين")}
"""Each language’s journey has its own committee and its own president, entered on the way."""
SECRETARIAT = {"fr": "Agence Exemple", "ar": "الوكالة المثال"}
PRESIDES = {"fr": "Ministère Exemple", "ar": "الوزارة المثال"}
OWNER = {"fr": "Université Exemple", "ar": "الجامعة المثال"}
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
ITEM = {"title_fr": "Ouvrir un atelier commun", "title_ar": "فتح ورشة مشتركة"}
DECIDED = "Le comité ouvre un atelier commun à Gabès."
DECIDED_AR = "تفتح اللجنة ورشة مشتركة بقابس."
NOTE = "Le lieu est discuté ; l’université le prête."
NOTE_AR = "نوقش المكان؛ وتعيره الجامعة."
REMARK = {"fr": "Ajouter la date de l’ouverture.", "ar": "يضاف تاريخ الافتتاح."}
ACTION = {"title_fr": "Équiper l’atelier commun", "title_ar": "تجهيز الورشة المشتركة"}
TO_TODAY = """
  WITH moved AS (
    SELECT starts_at - greatest(now() - interval '30 minutes', date_trunc('day', now(), 'Africa/Tunis')) AS by
    FROM steering_meeting WHERE id = %(meeting)s
  )
  UPDATE steering_meeting SET starts_at = starts_at - moved.by, ends_at = ends_at - moved.by,
    convened_at = convened_at - moved.by, answers_until = answers_until - moved.by
  FROM moved WHERE id = %(meeting)s
"""
"""The days until a meeting pass: it began half an hour ago."""
OF_ITEMS = "IN (SELECT id FROM steering_agendaitem WHERE meeting_id = %s)"
TIMES = (
    ("steering_meeting", "id = %s", ("starts_at", "ends_at", "convened_at", "answers_until", "opened_at", "lifted_at")),
    ("steering_presence", "meeting_id = %s", ("arrived_at", "left_at")),
    ("steering_quorumcount", "meeting_id = %s", ("at",)),
    ("steering_agendaitem", "meeting_id = %s", ("opened_at", "treated_at")),
    ("steering_decision", f"item_id {OF_ITEMS}", ("decided_at",)),
    ("steering_itemnote", f"item_id {OF_ITEMS}", ("saved_at",)),
)
"""Where the hours of a sitting stand."""


@dataclass(frozen=True)
class Sitting:
    """A meeting, by the addresses under which its pages are found."""

    pk: int

    @property
    def file(self) -> str:
        return f"/meetings/{self.pk}/"

    @property
    def room(self) -> str:
        return f"{self.file}room/"

    @property
    def minutes(self) -> str:
        return f"{self.file}minutes/"


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
    portal.change(TO_TODAY.replace("%(meeting)s", str(first.pk)))
    open_sitting(staff, first)
    decide(staff, first)
    lift(staff, first)
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


def refused(person: Visitor, field: str, english: str) -> None:
    """The form comes back with its summary, and says beside the field what is wrong."""
    expect(person.page.locator("#error-summary")).to_be_focused()
    person.sees(english, within=f"#div_id_{field}")


def of_day(days: int, hour: str = "") -> str:
    """A day from today on as one types it."""
    day = date.today() + timedelta(days=days)  # noqa: DTZ011  (about then will do)
    return f"{day:%d/%m/%Y} {hour}".strip()


def press_in(person: Visitor, selector: str) -> None:
    """The first button or link there, and the page that follows."""
    with person.page.expect_navigation():
        person.page.locator(selector).first.click()
    person.check_language()


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
    refused(staff, "proxies_each", "Proxies are not allowed: leave this undocumented.")
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
    seat = staff.page.url
    enter_president(staff)
    staff.go(seat)
    appoint(staff, PRESIDENTS[staff.language][staff.language == "ar"])
    give_seat(staff, committee, OWNER[staff.language])
    appoint(staff, member[staff.language == "ar"])
    give_seat(staff, committee, THIRD[staff.language])
    appoint(staff, THIRD_SITS[staff.language])
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
    staff.follow("Appoint a person", within="main")
    staff.follow("Enter a person", within="main")
    name_latin, name_ar = PRESIDENTS[staff.language]
    staff.fill(name_latin=name_latin, name_ar=name_ar, sex="f", email=address_of(staff), language=staff.language)
    staff.press("Enter the person", within="main")
    staff.sees("The person is entered.")


def address_of(person: Visitor) -> str:
    """Where the president of this journey is written to."""
    return f"presidence-{person.language}@example.org"


def appoint(staff: Visitor, name: str) -> None:
    staff.follow("Appoint a person", within="main")
    choose_found(staff, name)
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
    refused(staff, "ends_at", "A meeting ends after it starts.")
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
    refused(staff, "answers_until", "Answers are expected before the meeting.")
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


# -- in the room -----------------------------------------------------------------------------------------------------
def open_sitting(staff: Visitor, sitting: Sitting) -> None:
    """Nobody opens a meeting without its quorum."""
    staff.go(sitting.file)
    staff.follow("In the room", within="main")
    staff.sees("Quorum not met: %(required)s required")
    expect(staff.button("Open the meeting", within="main")).to_be_disabled()
    staff.sees("The titular comes", within="main .seats")
    everybody_arrives(staff)
    staff.sees("Quorum met: %(required)s required")
    staff.press("Open the meeting")
    staff.sees("The meeting is open.")


def everybody_arrives(staff: Visitor) -> None:
    for seat in [row.get_attribute("id") for row in staff.page.locator("main li[id^=seat-]").all()]:
        press_in(staff, f"#{seat} form[action*='/arrive/'] button")


def decide(staff: Visitor, sitting: Sitting) -> None:
    """A decision needs its text; then the committee takes it by consensus, while the notes are saved by themselves."""
    treat_first(staff, sitting)
    staff.press("Come to the item", within="main .items > li:nth-child(2)")
    notes = staff.page.locator("form[data-note]")
    notes.locator("[name=text_fr]").fill(NOTE)
    expect(notes.locator("[data-note-status]")).to_contain_text(re.compile(r"\d\d:\d\d"))
    staff.tick("mode", "consensus")
    staff.press("Prepare the decision")
    refused(staff, "text_fr", "Write the decision, in French or in Arabic.")
    write_decision(staff.page.locator("main"), DECIDED, DECIDED_AR)
    staff.choose("owner", OWNER[staff.language])
    staff.fill(due_on=of_day(90))
    staff.press("Prepare the decision")
    press_in(staff, "main form[action$='/decide/'] button")
    staff.sees("Adopted", context="decision", within="main .decided")
    staff.press("Item treated")


def treat_first(staff: Visitor, sitting: Sitting) -> None:
    """The portal itself put the open actions first."""
    staff.press("Come to the item", within="main .items > li:nth-child(1)")
    staff.press("Item treated")


def write_decision(place: Locator, french: str, arabic: str) -> None:
    place.locator("[name=text_fr]").fill(french)
    place.locator("[name=text_ar]").fill(arabic)


def lift(staff: Visitor, sitting: Sitting) -> None:
    staff.follow("Lift the meeting", within="main")
    staff.press("Lift the meeting", within="main")
    staff.sees("The meeting is lifted.")


def let_three_weeks_pass(portal: House, sitting: Sitting) -> None:
    for table, where, columns in TIMES:
        moved = ", ".join(f"{column} = {column} - interval '21 days'" for column in columns)
        portal.change(f"UPDATE {table} SET {moved} WHERE {where}", sitting.pk)  # noqa: S608  (names of ours)


# -- the minutes -----------------------------------------------------------------------------------------------------
def send_minutes(staff: Visitor, sitting: Sitting) -> None:
    """What lacks its translation is written first; a deadline that is over is refused."""
    staff.follow("Minutes", within="main .nav-tabs", context="of a meeting")
    staff.says(DECIDED)
    box = staff.page.locator("main details", has_text=NOTE)
    box.locator("summary").click()
    box.locator("textarea").fill(NOTE_AR)
    staff.press("Save the translation", within=box)
    staff.sees("The translation is saved.")
    staff.follow("Send for remarks", within="main")
    staff.fill(remarks_until=of_day(-1, "12:00"))
    staff.press("Send to the members", within="main")
    refused(staff, "remarks_until", "The deadline lies in the past.")
    staff.fill(remarks_until=of_day(12, "12:00"))
    staff.press("Send to the members", within="main")
    staff.sees("The minutes are sent: the members may remark on them.")


def remark(member: Visitor, sitting: Sitting) -> None:
    member.go(sitting.minutes)
    member.says(DECIDED)
    member.page.locator("main [name=text]").fill(REMARK[member.language])
    member.press("Send the remark", within="main")
    member.sees("The remark is with the secretariat.")


def settle(staff: Visitor, sitting: Sitting) -> None:
    """A remark that is not taken needs its answer."""
    staff.go(sitting.minutes)
    staff.says(REMARK[staff.language])
    staff.follow("Settle", within="main", context="a remark")
    staff.tick("state", "left")
    staff.press("Save the answer", within="main")
    expect(staff.page.locator("#error-summary")).to_be_focused()
    staff.fill(answer="La date est celle de la décision.")
    staff.press("Save the answer", within="main")
    staff.sees("The remark is settled.")


def approve_at_the_next_meeting(staff: Visitor, committee: str) -> None:
    """It was held yesterday, and is entered from paper; its agenda begins with the minutes that wait."""
    staff.go(committee)
    staff.follow("Meetings", within="main .nav-tabs", context="tab")
    staff.follow("Plan a meeting", within="main")
    staff.fill(starts_at=of_day(-1, "10:00"), ends_at="11:00")
    staff.tick("from_paper")
    staff.press("Plan the meeting", within="main")
    staff.sees("Approval of the minutes of meeting no. %(number)s", number=1)
    staff.follow("In the room", within="main")
    staff.follow("Enter from paper", within="main")
    staff.press("Open the meeting at this hour", within="main")
    staff.sees("The meeting is entered from paper: note who was there, with their hours.")
    everybody_arrives(staff)
    at_typed_hour(staff, "Come to the item", "10:05")
    staff.tick("mode", "consensus")
    write_decision(
        staff.page.locator("main form[action$='/decisions/new/']"), "Le procès-verbal est approuvé.", "صودق على المحضر."
    )
    staff.press("Prepare the decision")
    staff.page.locator("main form[action$='/decide/'] [name=hour]").fill("10:10")
    press_in(staff, "main form[action$='/decide/'] button")
    at_typed_hour(staff, "Item treated", "10:15")
    at_typed_hour(staff, "Postpone the item", "10:20")
    at_typed_hour(staff, "Lift the meeting", "10:30")
    staff.sees("The meeting is lifted.")


def at_typed_hour(staff: Visitor, act: str, hour: str) -> None:
    """An act in a meeting from paper has a page of its own, where its hour is typed."""
    staff.follow(act, within="main")
    staff.fill(hour=hour)
    staff.press(act, within="main")


def freeze(staff: Visitor, sitting: Sitting) -> None:
    """Frozen with its hash; both papers bear the decision, and so does the document for Word."""
    staff.go(sitting.minutes)
    staff.press("Freeze the approved minutes", within="main")
    staff.sees("The minutes are approved and frozen; the meeting is closed.")
    digest = staff.page.locator("main .hash bdi").inner_text()
    assert re.fullmatch(r"[0-9a-f]{64}", digest), digest
    kept = staff.page.locator("main a[href*='/minutes/files/']", has_text=staff.word("in French")).first
    for paper in (staff.read_pdf(kept), staff.read_pdf(staff.link("PDF in French", within="main"))):
        assert DECIDED in " ".join(paper.split()), paper
    for language, text in (("fr", DECIDED), ("ar", DECIDED_AR)):
        assert text in read_word(staff, staff.page.locator(f"main a[href$='/paper/{language}.docx']"))


def read_word(staff: Visitor, link: Locator) -> str:
    """The text of the document to which a visible link leads."""
    expect(link).to_be_visible()
    answer = staff.context.request.get(f"{staff.origin}{link.get_attribute('href')}")
    document = zipfile.ZipFile(io.BytesIO(answer.body())).read("word/document.xml").decode()
    return re.sub(r"<[^>]+>", "", document)


# -- the action ------------------------------------------------------------------------------------------------------
def make_action(staff: Visitor, sitting: Sitting) -> str:
    """From the decision, whose institution and due date it takes; gives its address."""
    staff.go(sitting.room)
    press_in(staff, "main .decided a[href*='/actions/new/']")
    staff.fill(**ACTION)
    staff.press("Add the action", within="main")
    staff.sees("The action is added.")
    staff.says(OWNER[staff.language], within="main .facts-stack")
    return staff.page.url.removeprefix(f"{staff.origin}{staff.prefix}")


def declare_done(member: Visitor, action: str) -> None:
    """From the list of the own actions; nothing is done without evidence, and nobody verifies the own work."""
    member.go("/my-actions/")
    press_in(member, f"main a.title[href$='{action}']")
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
