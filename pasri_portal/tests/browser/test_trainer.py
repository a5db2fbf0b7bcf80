"""A trainer with a phone in the room: marks, loses the network, undoes, closes, prints the sheet."""

from __future__ import annotations

import pytest
from playwright.sync_api import Dialog, Locator, expect

from pasri_portal.tests.browser.conftest import Visit
from pasri_portal.tests.browser.house import House
from pasri_portal.tests.browser.visitor import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

TITLES = {"fr": "Animer un cluster au quotidien", "ar": "تنشيط العنقود يوميا"}
HALVES = {"fr": "morning", "ar": "afternoon"}
TODAY = """
  SELECT h.id FROM trainings_halfday h JOIN trainings_sessionpart p ON p.id = h.part_id
  JOIN trainings_session s ON s.id = p.session_id WHERE s.title_fr = %s AND h.on_day = s.ends_on AND h.half = %s
"""
BEGUN = {
    "morning": "UPDATE trainings_halfday SET starts_at = '00:00', ends_at = '00:01' WHERE id = %s",
    "afternoon": "UPDATE trainings_halfday SET starts_at = '00:01', ends_at = '23:59' WHERE id = %s",
}
"""In this order: half-days of a part never overlap."""

UNMARKED = "[data-row]:not(:has(.mark:not(.is-none) input:checked))"


@pytest.mark.feature(34)
@pytest.mark.feature(113)
@pytest.mark.parametrize("language", ["fr", "ar"])
def test_trainer_marks_a_half_day_on_a_phone_whatever_the_network_does(
    visit: Visit, portal: House, language: str
) -> None:
    half_day = half_day_of_today(portal, language)
    trainer = visit(language, width=390)
    trainer.sign_in("trainer")
    trainer.page.locator(".rail-toggle").click()
    trainer.follow("Attendance", within=".rail")
    trainer.sees("My half-days", within="h1")
    trainer.page.locator(f"a.what[href$='/room/{half_day}/']").click()
    trainer.says(TITLES[language], within="h1")
    present, missing = tally(trainer)
    mark(trainer, first_unmarked(trainer), "present")
    assert wait_for_tally(trainer, present + 1) == (present + 1, missing - 1)
    lose_the_network(trainer)
    mark_everybody_and_undo(trainer)
    read_the_sheet(trainer)
    close(trainer)


def half_day_of_today(portal: House, language: str) -> int:
    """The demonstration's morning or afternoon of today, begun whatever the hour of the test."""
    found = {}
    for half, begin in BEGUN.items():
        [(found[half],)] = portal.look_up(TODAY, TITLES["fr"], half)
        portal.change(begin, found[half])
    return int(found[HALVES[language]])


def tally(trainer: Visitor) -> tuple[int, int]:
    """Present, not marked: as the page counts them."""
    return int(trainer.page.locator("[data-present]").inner_text()), int(
        trainer.page.locator("[data-missing]").inner_text()
    )


def wait_for_tally(trainer: Visitor, present: int) -> tuple[int, int]:
    expect(trainer.page.locator("[data-present]")).to_have_text(str(present))
    return tally(trainer)


def first_unmarked(trainer: Visitor) -> Locator:
    """The first row without a mark, held by its number: it stays the same once it is marked."""
    number = trainer.page.locator(UNMARKED).first.get_attribute("data-row")
    return trainer.page.locator(f"[data-row='{number}']")


def mark(trainer: Visitor, row: Locator, code: str) -> None:
    row.locator(f"label.is-{code}").click()
    expect(row.locator(f"input[value='{code}']")).to_be_checked()


def lose_the_network(trainer: Visitor) -> None:
    """Two marks without a network: they say so, are counted, keep the page, and are saved once it is back."""
    page = trainer.page
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    with trainer.expecting("ERR_INTERNET_DISCONNECTED"):
        trainer.context.set_offline(True)
        absent, excused = first_unmarked(trainer), None
        mark(trainer, absent, "absent")
        excused = first_unmarked(trainer)
        mark(trainer, excused, "excused")
        for row in (absent, excused):
            expect(row.locator("[data-lost]")).to_contain_text(trainer.word("Not saved"))
        expect(page.locator("[data-netbar]")).to_contain_text("2")
        trainer.link("Leave").click(no_wait_after=True)
        expect(absent).to_be_visible()
        assert asked == ["beforeunload"]
        trainer.context.set_offline(False)
        for row in (absent, excused):
            expect(row.locator("[data-lost]")).to_be_hidden(timeout=20_000)
        expect(page.locator("[data-netbar]")).to_be_hidden()
    page.reload()
    expect(absent.locator("input[value='absent']")).to_be_checked()
    expect(excused.locator("input[value='excused']")).to_be_checked()
    page.remove_listener("dialog", stay)


def mark_everybody_and_undo(trainer: Visitor) -> None:
    present, missing = tally(trainer)
    trainer.press("All present")
    assert tally(trainer) == (present + missing, 0)
    trainer.press("Undo")
    trainer.sees("Undone.")
    assert tally(trainer) == (present, missing)
    trainer.press("All present")


def read_the_sheet(trainer: Visitor) -> None:
    """Both languages stand on the paper, whatever the page's."""
    text = trainer.read_pdf(trainer.link("Sheet to sign", within=".thumbbar"))
    assert TITLES["fr"] in text
    assert "Cheffe de projet" in text


def close(trainer: Visitor) -> None:
    trainer.follow("Close", context="half-day")
    trainer.press("Close the half-day")
    trainer.sees("The half-day is closed.")
    expect(trainer.page.locator(".marks")).to_have_count(0)
