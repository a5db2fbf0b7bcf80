"""A trainer proposes a session on a phone; staff send it back with a comment, then accept what was mended."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from pasri_portal.tests.browser.conftest import Visit
from pasri_portal.tests.browser.house import House
from pasri_portal.tests.browser.test_staff import a_week_without_holidays, make_training
from pasri_portal.tests.browser.visitor import Visitor, wait_for

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

TITLES = {
    "fr": {"fr": "Financer une action collective", "ar": "تمويل عمل جماعي"},
    "ar": {"fr": "Conduire une visite d’étude", "ar": "تسيير زيارة دراسية"},
}
"""Each language’s journey proposes its own session, under a title in both."""
TOLD = """
  SELECT m.id FROM core_message m JOIN trainings_session s ON s.id = m.object_id
  WHERE m.kind = 'trainings.proposal_decided' AND m.state = 'not_sent' AND m.to_email = %s AND s.title_fr = %s
"""
COMMENT = {"fr": "Le lieu manque encore.", "ar": "المكان غير مذكور."}


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_trainer_proposes_and_staff_send_back_then_accept(visit: Visit, portal: House, language: str) -> None:
    staff = visit(language)
    staff.sign_in("officer")
    make_training(staff)
    trainer = visit(language, width=390)
    trainer.sign_in("trainer")
    propose(trainer, portal)
    file = find_proposal(staff)
    send_back(staff)
    mend(trainer)
    accept(staff, file)
    trainer.page.reload()
    row = trainer.page.locator(".todo li", has_text=TITLES[language][language])
    expect(row).to_contain_text(trainer.word("Published"))
    wait_until_told(trainer)


def propose(trainer: Visitor, portal: House) -> None:
    """A first attempt without its place; a wrong day is told beside its field and nothing typed is lost."""
    day, title = a_week_without_holidays(portal), TITLES[trainer.language]
    trainer.follow("Propose a session", within="main")
    trainer.fill(training=str(portal.look_up("SELECT max(id) FROM trainings_training")[0][0]))
    trainer.fill(title_fr=title["fr"], title_ar=title["ar"], capacity="20")
    trainer.fill(starts_on=day.strftime("%d/%m/%Y"), ends_on="31/02/2027")
    trainer.press("Propose", within="main")
    expect(trainer.page.locator("#error-summary")).to_be_focused()
    expect(trainer.page.locator("[name=title_fr]")).to_have_value(title["fr"])
    trainer.fill(ends_on=day.strftime("%d/%m/%Y"))
    trainer.press("Propose", within="main")
    trainer.sees("Your proposal is with the agency: you are told by a message what becomes of it.")


def find_proposal(staff: Visitor) -> str:
    """From the home page, where it waits; gives the address of its file."""
    staff.go("/home/")
    title = TITLES[staff.language][staff.language]
    staff.page.locator(".todo li", has_text=title).locator("a.what").first.click()
    staff.says(title, within="h1")
    return staff.page.url


def send_back(staff: Visitor) -> None:
    staff.page.locator("main a[href$='/send-back/']").first.click()
    staff.press("Send back", within="main")
    expect(staff.page.locator("#error-summary")).to_be_focused()
    staff.fill(comment=COMMENT[staff.language])
    staff.press("Send back", within="main")
    staff.sees("The session is a draft again.")


def mend(trainer: Visitor) -> None:
    trainer.page.reload()
    trainer.says(COMMENT[trainer.language])
    trainer.follow("Mend and propose again", within="main")
    trainer.fill(venue_fr="Salle des formations")
    trainer.press("Propose again", within="main")
    trainer.sees("Your proposal is with the agency again.")


def accept(staff: Visitor, file: str) -> None:
    """Half-days are staff's to fix: a proposal gives days alone."""
    staff.go(file)
    if staff.button("Accept and publish").count() == 0:
        staff.press("Propose half-days")
    staff.press("Accept and publish")
    staff.sees("The session is published: everybody can read its page.")


def wait_until_told(trainer: Visitor) -> None:
    """The trainer is written to twice; an address of the demonstration has no mailbox."""
    address, _password = trainer.house.accounts["trainer"]
    wait_for(lambda: len(trainer.house.look_up(TOLD, address, TITLES[trainer.language]["fr"])) == 2, f"told {address}")
