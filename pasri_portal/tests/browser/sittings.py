"""A sitting in a browser, from the quorum to the frozen minutes, step by step; and the weeks that pass meanwhile."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass

from playwright.sync_api import Locator, expect

from pasri_portal.tests.browser.house import House
from pasri_portal.tests.browser.visitor import Visitor, of_day

OWNER = {"fr": "Université Exemple", "ar": "الجامعة المثال"}
ITEM = {"title_fr": "Ouvrir un atelier commun", "title_ar": "فتح ورشة مشتركة"}
DECIDED = {"fr": "Le comité ouvre un atelier commun à Gabès.", "ar": "تفتح اللجنة ورشة مشتركة بقابس."}
NOTE = "Le lieu est discuté ; l’université le prête."
NOTE_AR = "نوقش المكان؛ وتعيره الجامعة."
REMARK = {"fr": "Ajouter la date de l’ouverture.", "ar": "يضاف تاريخ الافتتاح."}
TO_TODAY = """
  UPDATE steering_meeting m SET starts_at = m.starts_at - past.days, ends_at = m.ends_at - past.days,
    convened_at = m.convened_at - past.days, answers_until = m.answers_until - past.days
  FROM (
    SELECT id, starts_at - greatest(now() - interval '30 minutes', date_trunc('day', now(), 'Africa/Tunis')) AS days
    FROM steering_meeting
  ) AS past
  WHERE past.id = m.id AND m.id = %s
"""
"""The days until a meeting: it began half an hour ago."""
FOR_TODAY = """
  UPDATE steering_answer a SET for_on = date(m.starts_at AT TIME ZONE 'Africa/Tunis')
  FROM steering_meeting m WHERE m.id = a.meeting_id AND m.id = %s
"""
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


# -- the time that passes ---------------------------------------------------------------------------------------------
def let_two_weeks_pass(portal: House, sitting: Sitting) -> None:
    for statement in (TO_TODAY, FOR_TODAY):
        portal.change(statement, sitting.pk)


def let_three_weeks_pass(portal: House, sitting: Sitting) -> None:
    for table, where, columns in TIMES:
        moved = ", ".join(f"{column} = {column} - interval '21 days'" for column in columns)
        portal.change(f"UPDATE {table} SET {moved} WHERE {where}", sitting.pk)  # noqa: S608  (names of ours)


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
        staff.open_at(f"#{seat} form[action*='/arrive/'] button")


def decide(staff: Visitor) -> None:
    """A decision needs its text; then the committee takes it by consensus, while the notes are saved by themselves."""
    treat_first(staff)
    staff.press("Come to the item", within="main .items > li:nth-child(2)")
    notes = staff.page.locator("form[data-note]")
    notes.locator("[name=text_fr]").fill(NOTE)
    expect(notes.locator("[data-note-status]")).to_contain_text(re.compile(r"\d\d:\d\d"))
    staff.tick("mode", "consensus")
    staff.press("Prepare the decision")
    staff.is_told("text_fr", "Write the decision, in French or in Arabic.")
    write_decision(staff.page.locator("main"), DECIDED["fr"], DECIDED["ar"])
    staff.choose("owner", OWNER[staff.language])
    staff.fill(due_on=of_day(90))
    staff.press("Prepare the decision")
    staff.open_at("main form[action$='/decide/'] button")
    staff.sees("Adopted", context="decision", within="main .decided")
    staff.press("Item treated")


def treat_first(staff: Visitor) -> None:
    """The portal itself put the open actions first."""
    staff.press("Come to the item", within="main .items > li:nth-child(1)")
    staff.press("Item treated")


def write_decision(place: Locator, french: str, arabic: str) -> None:
    place.locator("[name=text_fr]").fill(french)
    place.locator("[name=text_ar]").fill(arabic)


def lift(staff: Visitor) -> None:
    staff.follow("Lift the meeting", within="main")
    staff.press("Lift the meeting", within="main")
    staff.sees("The meeting is lifted.")


# -- the minutes -----------------------------------------------------------------------------------------------------
def send_minutes(staff: Visitor, sitting: Sitting) -> None:
    """What lacks its translation is written first; a deadline that is over is refused."""
    staff.go(sitting.file)
    staff.follow("Minutes", within="main .nav-tabs", context="of a meeting")
    staff.says(DECIDED[staff.language])
    box = staff.page.locator("main details", has_text=NOTE)
    box.locator("summary").click()
    box.locator("textarea").fill(NOTE_AR)
    staff.press("Save the translation", within=box)
    staff.sees("The translation is saved.")
    staff.follow("Send for remarks", within="main")
    staff.fill(remarks_until=of_day(-1, "12:00"))
    staff.press("Send to the members", within="main")
    staff.is_told("remarks_until", "The deadline lies in the past.")
    staff.fill(remarks_until=of_day(12, "12:00"))
    staff.press("Send to the members", within="main")
    staff.sees("The minutes are sent: the members may remark on them.")


def remark(member: Visitor, sitting: Sitting) -> None:
    member.go(sitting.minutes)
    member.says(DECIDED[member.language])
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
    staff.open_at("main form[action$='/decide/'] button")
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
        assert DECIDED["fr"] in " ".join(paper.split()), paper
    for language, text in DECIDED.items():
        assert text in read_word(staff, staff.page.locator(f"main a[href$='/paper/{language}.docx']"))


def read_word(staff: Visitor, link: Locator) -> str:
    """The text of the document to which a visible link leads."""
    expect(link).to_be_visible()
    answer = staff.context.request.get(f"{staff.origin}{link.get_attribute('href')}")
    document = zipfile.ZipFile(io.BytesIO(answer.body())).read("word/document.xml").decode()
    return re.sub(r"<[^>]+>", "", document)
