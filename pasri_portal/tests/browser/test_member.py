"""A member of a committee, on a phone: from the link in a mail to an opinion and an answer; and who comes after."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest
from django.urls import reverse
from playwright.sync_api import Locator, expect

from core.testing.smtp import Sink
from pasri_portal.tests.browser.conftest import Visit
from pasri_portal.tests.browser.house import House
from pasri_portal.tests.browser.visitor import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

REVIEWERS = {"fr": 2, "ar": 6}
"""Each language’s journey speaks for a seat of its own, by its rank: a seat is reminded once an hour."""
SUCCEEDED = {"fr": 5, "ar": 4}
SEAT = """
  SELECT s.id, o.name_fr, o.name_ar, p.id, p.name_latin, p.name_ar FROM steering_seat s
  JOIN directory_organisation o ON o.id = s.organisation_id
  JOIN steering_committee c ON c.id = s.committee_id AND c.origin = 'fictional'
  JOIN steering_mandate m ON m.seat_id = s.id AND m.kind = 'titular' JOIN directory_person p ON p.id = m.person_id
  WHERE s.rank = %s ORDER BY m.id
"""
REVIEW = """
  SELECT p.slug, v.number FROM steering_planversion v JOIN steering_plan p ON p.id = v.plan_id
  JOIN steering_committee c ON c.id = p.committee_id AND c.origin = 'fictional' WHERE v.state = 'review'
"""
OPINIONS = "SELECT verdict, comment, by_link FROM steering_review WHERE seat_id = %s ORDER BY action_id, id"
MEETING = """
  SELECT m.id FROM steering_meeting m JOIN steering_committee c ON c.id = m.committee_id AND c.origin = 'fictional'
  WHERE m.state = %s
"""
REMARK = {"fr": "Ajouter une étape au printemps.", "ar": "إضافة مرحلة في الربيع."}
ADVICE = {"fr": "Le calendrier convient.", "ar": "الرزنامة مناسبة."}
PLACES = {"fr": ("Salle des conseils", "قاعة المجالس"), "ar": ("Salle de lecture", "قاعة المطالعة")}
HOLDERS = {"fr": "Ministère Exemple", "ar": "القطب المثال 1"}
"""A seat holds one proxy: each language gives it to another."""
NEW_NAMES = {
    "fr": ("Centre national de la qualité", "المركز الوطني للجودة"),
    "ar": ("Pôle de la mer", "قطب البحر"),
}
SUCCESSORS = {
    "fr": ("Cheffe du nouveau service", "رئيسة المصلحة الجديدة"),
    "ar": ("Directeur du nouveau pôle", "مدير القطب الجديد"),
}
PASSWORD = "quatre chevaux sous la pluie"


@dataclass(frozen=True)
class Sitting:
    """A seat with who sits in it, as one language names them."""

    seat: int
    institution: str
    institution_fr: str
    person: str
    address: str


def sitting(portal: House, rank: int, language: str) -> Sitting:
    """Who speaks for the seat, written to in the language of the journey, and for real: what is fictional is not."""
    seat, *names, pk, latin, arabic = portal.look_up(SEAT, rank)[0]
    address = f"siege{rank}@example.org"
    portal.change("UPDATE directory_person SET email = %s, language = %s WHERE id = %s", address, language, pk)
    for table in ("plan", "meeting"):
        portal.change(f"UPDATE steering_{table} SET origin = 'own' WHERE origin = 'fictional'")  # noqa: S608
    return Sitting(seat, names[language == "ar"], names[0], arabic if language == "ar" else latin, address)


# -- the opinion on a plan -------------------------------------------------------------------------------------------
@pytest.mark.feature(119)
@pytest.mark.parametrize("language", ["fr", "ar"])
def test_member_goes_from_a_mail_to_a_review_of_the_plan(
    visit: Visit, portal: House, sink: Sink, language: str
) -> None:
    asked = sitting(portal, REVIEWERS[language], language)
    staff = visit(language)
    staff.sign_in("officer")
    ask_again(staff, asked)
    member = visit(language, width=390)
    link = member.link_in_mail(sink, asked.address, "Reminder: your opinion on the action plan %(plan)s")
    member.go(link)
    read_whose_it_is(member, asked)
    assert portal.look_up(OPINIONS, asked.seat) == []
    send_without_the_comment(member)
    say_what_should_change(member)
    given = sorted(portal.look_up(OPINIONS, asked.seat))
    assert given == [("approve", ADVICE[language], True), ("changes", REMARK[language], True)]
    see_it_in_the_summary(staff, asked)
    refuse_somebody_else(staff, link)


def ask_again(staff: Visitor, asked: Sitting) -> None:
    """From the list of plans to the version under review; the seat has not answered."""
    staff.follow("Action plans", within=".rail")
    [(slug, number)] = staff.house.look_up(REVIEW)
    staff.page.locator(f"main a[href$='/plans/{slug}/']").first.click()
    staff.page.locator(f"main a[href$='/plans/{slug}/versions/{number}/']").first.click()
    row = row_of(staff, asked)
    expect(row).to_contain_text(staff.word("not yet"))
    staff.press("Remind", within=row)
    staff.says(asked.person)


def row_of(staff: Visitor, asked: Sitting) -> Locator:
    return (
        staff.page.locator("#opinions")
        .locator("xpath=ancestor::section[1]")
        .locator("tbody tr", has=staff.page.locator("form [name=seat]"))
        .filter(has_text=asked.institution)
    )


def read_whose_it_is(member: Visitor, asked: Sitting) -> None:
    """The seat and the person are named; the actions of the own institution come first; nothing is chosen."""
    member.sees("Your opinion on the action plan", within="h1")
    member.says(asked.institution, within=".pagehead")
    member.says(asked.person, within=".pagehead")
    own = member.page.locator("section[aria-labelledby=own]")
    expect(member.page.locator("main h2").first).to_have_text(member.word("Entrusted to your institution"))
    expect(own.locator("article").first).to_contain_text(asked.institution)
    expect(member.page.locator("main input:checked")).to_have_count(0)


def send_without_the_comment(member: Visitor) -> None:
    """Changes without saying which: refused beside its field, and the other answer stays with its remark."""
    own, other = verdicts(member)
    member.tick(own, "approve")
    member.page.locator("section[aria-labelledby=others] details summary").first.click()
    member.tick(other, "changes")
    member.fill(**{own.replace("verdict", "comment"): ADVICE[member.language]})
    member.press("Send my opinion")
    expect(member.page.locator("#error-summary")).to_be_focused()
    comment = member.page.locator(f"[name={other.replace('verdict', 'comment')}]")
    beside = comment.locator("xpath=..")
    expect(beside).to_contain_text(member.word("Say what should change, what you remark, or what you lack."))
    expect(comment).to_be_visible()
    expect(member.page.locator(f"[name={own}][value=approve]")).to_be_checked()
    expect(member.page.locator(f"[name={own.replace('verdict', 'comment')}]")).to_have_value(ADVICE[member.language])
    expect(member.page.locator(f"[name={other}][value=changes]")).to_be_checked()


def verdicts(member: Visitor) -> tuple[str, str]:
    """The fields for the first of the own actions, and for the first of the others."""
    places = ("own", "others")
    fields = [member.page.locator(f"section[aria-labelledby={place}] [name^=verdict_]").first for place in places]
    own, other = [str(field.get_attribute("name")) for field in fields]
    return own, other


def say_what_should_change(member: Visitor) -> None:
    _own, other = verdicts(member)
    member.fill(**{other.replace("verdict", "comment"): REMARK[member.language]})
    member.press("Send my opinion")
    member.sees("Your opinion is recorded. You may change it until the deadline.")
    expect(member.button("Change my opinion")).to_be_visible()
    expect(member.page.locator(f"[name={other}][value=changes]")).to_be_checked()
    assert member.look() == []


def see_it_in_the_summary(staff: Visitor, asked: Sitting) -> None:
    staff.page.reload()
    expect(row_of(staff, asked)).to_contain_text(staff.word("partly"))
    said = staff.page.locator("main tr", has_text=REMARK[staff.language])
    expect(said).to_contain_text(asked.institution)
    expect(said).to_contain_text(staff.word("I ask for changes"))


def refuse_somebody_else(staff: Visitor, link: str) -> None:
    staff.go(link)
    staff.sees("This link is for another person", within="h1")
    expect(staff.page.locator("main [name^=verdict_]")).to_have_count(0)
    expect(staff.button("Sign out", within="main")).to_be_visible()


# -- the answer to a convocation -------------------------------------------------------------------------------------
@pytest.mark.parametrize("language", ["fr", "ar"])
def test_member_answers_a_convocation_by_its_link_and_changes_the_answer(
    visit: Visit, portal: House, sink: Sink, language: str
) -> None:
    asked = sitting(portal, REVIEWERS[language], language)
    staff = visit(language)
    staff.sign_in("officer")
    correct_the_letter(staff)
    member = visit(language, width=390)
    member.go(member.link_in_mail(sink, asked.address, "Correction: %(committee)s, meeting no. %(number)s"))
    come(member, asked)
    give_a_proxy(member)
    see_both_answers(staff, asked)


def correct_the_letter(staff: Visitor) -> None:
    """Another place: a letter to everybody, which staff look at once more and send at once."""
    staff.follow("Meetings", within=".rail")
    [(meeting,)] = staff.house.look_up(MEETING, "convened")
    staff.page.locator(f"main a[href$='/meetings/{meeting}/']").first.click()
    staff.follow("Correct the convocation", within="main")
    place_fr, place_ar = PLACES[staff.language]
    staff.fill(place_fr=place_fr, place_ar=place_ar, note_fr="Autre salle.", note_ar="قاعة أخرى.")
    staff.press("Send the correction", within="main")
    staff.sees("The correction is on its way to everybody who was called.")
    staff.go(reverse("notifications:batch-list"))
    staff.page.locator("main tbody a[href*='/batches/']").first.click()
    staff.press("Send now", within="main")


def come(member: Visitor, asked: Sitting) -> None:
    member.sees("Answer the invitation", within="h1")
    for words in (asked.person, asked.institution, in_language(PLACES, member)):
        member.says(words, within="main")
    member.sees("none yet", within="main")
    member.press("Send my answer")
    expect(member.page.locator("#error-summary")).to_be_focused()
    member.tick("reply", "present")
    member.tick("who", "self")
    member.press("Send my answer")
    member.sees("Your answer is kept. You may change it until the deadline.")
    member.sees("The titular comes", within="main dl")


def give_a_proxy(member: Visitor) -> None:
    """Without the seat that gets it the proxy is refused, and what was chosen stays."""
    member.tick("reply", "proxy")
    member.tick("who", "self")
    member.press("Change my answer")
    member.sees("Name the seat to which the proxy is given.", within="main form")
    expect(member.page.locator("[name=reply][value=proxy]")).to_be_checked()
    member.choose("proxy_to", HOLDERS[member.language])
    member.press("Change my answer")
    member.sees("Gives a proxy", within="main dl")
    assert member.look() == []


def see_both_answers(staff: Visitor, asked: Sitting) -> None:
    [(meeting,)] = staff.house.look_up(MEETING, "convened")
    staff.go(reverse("steering:answer-list", args=[meeting]))
    row = staff.page.locator("main tbody tr", has=staff.page.locator(f"a[href$='/answers/{asked.seat}/']"))
    expect(row).to_contain_text(staff.word("Gives a proxy"))
    expect(row).to_contain_text(staff.word("by the personal link"))
    row.locator("summary").click()
    expect(row).to_contain_text(staff.word("The titular comes"))


# -- who comes after -------------------------------------------------------------------------------------------------
@pytest.mark.feature(51)
@pytest.mark.parametrize("language", ["fr", "ar"])
def test_successor_finds_what_the_seat_holds(visit: Visit, portal: House, sink: Sink, language: str) -> None:
    before = sitting(portal, SUCCEEDED[language], language)
    address = f"successeur-{language}@example.org"
    staff = visit(language)
    staff.sign_in("officer")
    replace(staff, before, address)
    rename(staff, before)
    invite(visit(language), before, address)
    successor = visit(language, width=390)
    open_the_account(successor, sink, address)
    link_the_account(staff, before)
    find_the_seat(successor)
    read_what_was_said_before(successor, before)
    answer_for_the_seat(successor)
    read_the_former_names(successor, before)


def replace(staff: Visitor, before: Sitting, address: str) -> None:
    """From the seat, today, by a letter of the institution; the successor is not in the directory yet."""
    latin, arabic = SUCCESSORS[staff.language]
    staff.go(reverse("steering:seat-detail", args=[before.seat]))
    mandate = staff.page.locator("main li", has_text=before.person)
    staff.follow("Replace", within=mandate, context="verb")
    staff.follow("Enter a person", within="main")
    staff.fill(name_latin=latin, name_ar=arabic, email=address, language=staff.language)
    staff.press("Enter the person", within="main")
    staff.sees("The person is entered.")
    staff.says(in_language(SUCCESSORS, staff), within="main p strong")
    staff.fill(on=today(), letter="2026-114", letter_on=today())
    staff.press("Replace", within="main")
    staff.sees("The person is replaced: both mandates stay in the history.")
    for person in (before.person, in_language(SUCCESSORS, staff)):
        staff.says(person, within="main")


def rename(staff: Visitor, before: Sitting) -> None:
    staff.follow("The institution changes", within="main")
    staff.page.locator("main a[href*='kind=rename']").click()
    name_fr, name_ar = NEW_NAMES[staff.language]
    staff.fill(name_fr=name_fr, name_ar=name_ar, on=today(), act="Décret n° 2026-12")
    with staff.page.expect_navigation():
        staff.page.locator("main form[method=post] button[type=submit]").last.click()
    for name in (before.institution, in_language(NEW_NAMES, staff)):
        staff.says(name, within="main tbody")


def today() -> str:
    return f"{date.today():%d/%m/%Y}"  # noqa: DTZ011  (the portal and the test share a clock)


def in_language(names: dict[str, tuple[str, str]], reader: Visitor) -> str:
    return names[reader.language][reader.language == "ar"]


def invite(manager: Visitor, before: Sitting, address: str) -> None:
    """From the seat, which shows the address and leads to the form with its role chosen."""
    manager.sign_in("manager")
    manager.go(reverse("steering:seat-detail", args=[before.seat]))
    manager.says(address, within="main")
    manager.page.locator("main li", has_text=address).locator("a[href*='/invitations/new/']").click()
    expect(manager.page.locator("main [name=role]")).to_have_value("member")
    manager.fill(email=address, full_name=in_language(SUCCESSORS, manager), language=manager.language)
    manager.press("Send the invitation")
    manager.sees("The invitation is on its way.")


def open_the_account(successor: Visitor, sink: Sink, address: str) -> None:
    """The account shows no seat until staff have looked whose it is."""
    successor.go(successor.link_in_mail(sink, address, "PASRI portal: your invitation"))
    successor.sees("Open your account", within="h1")
    successor.fill(password=PASSWORD, repeated=PASSWORD)
    successor.press("Open my account")
    successor.go(reverse("steering:own-seat"))
    successor.sees("You hold no mandate today")


def link_the_account(staff: Visitor, before: Sitting) -> None:
    staff.go(reverse("steering:seat-detail", args=[before.seat]))
    staff.press("Link the account", within="main")
    staff.sees("The account is linked to the file of the person.")


def find_the_seat(successor: Visitor) -> None:
    """The institution under its new name, its actions from before, the meeting and the plan that await it."""
    successor.page.reload()
    successor.says(in_language(NEW_NAMES, successor), within="main h2")
    successor.sees("from before your mandate", within="main .todo")
    expect(successor.link("Answer the convocation", within="main")).to_be_visible()
    assert successor.look() == []


def read_what_was_said_before(successor: Visitor, before: Sitting) -> None:
    """The seat has spoken through somebody else, who is named; what was said may be changed."""
    successor.follow("Give my opinion", within="main")
    successor.says(before.person, within="main .alert-success")
    expect(successor.page.locator("main input:checked").first).to_be_attached()
    expect(successor.button("Change my opinion")).to_be_visible()


def answer_for_the_seat(successor: Visitor) -> None:
    successor.go(reverse("steering:own-seat"))
    successor.follow("Answer the convocation", within="main")
    successor.tick("reply", "present")
    successor.press("Keep the answer", within="main")
    successor.sees("The answer is kept.")
    successor.go(reverse("steering:own-seat"))
    successor.sees("The titular comes", within="main")


def read_the_former_names(successor: Visitor, before: Sitting) -> None:
    """What was written before names the institution and its person as they were; on paper too."""
    [(meeting,)] = successor.house.look_up(MEETING, "held")
    successor.go(reverse("steering:meeting-detail", args=[meeting]))
    successor.page.locator("main a[href$='/minutes/']").first.click()
    successor.says(before.institution, within="main table")
    expect(successor.page.locator("main table").first).not_to_contain_text(in_language(NEW_NAMES, successor))
    paper = successor.read_pdf(successor.link("PDF in French", within="main"))
    assert before.institution_fr in paper
    assert NEW_NAMES[successor.language][0] not in paper
