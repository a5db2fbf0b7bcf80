"""Staff with a list of thirty people: pasted into a session, corrected, confirmed, exported, undone."""

from __future__ import annotations

from io import BytesIO

import openpyxl
import pytest
from playwright.sync_api import expect

from pasri_portal.tests.browser.conftest import Visit
from pasri_portal.tests.browser.house import House
from pasri_portal.tests.browser.visitor import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

OPEN_PART = """
  SELECT s.slug, p.id, p.position FROM trainings_sessionpart p JOIN trainings_session s ON s.id = p.session_id
  JOIN trainings_partcategory c ON c.part_id = p.id WHERE s.state = 'open' ORDER BY s.id, p.id
"""
CATEGORY = """
  SELECT g.name_fr, g.name_ar FROM trainings_partcategory c JOIN trainings_publiccategory g ON g.id = c.category_id
  WHERE c.part_id = %s ORDER BY c.id
"""
KNOWN = """
  SELECT name_latin, name_ar FROM directory_person d WHERE name_latin <> '' AND name_ar <> '' AND email IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM trainings_registration r WHERE r.part_id = %s AND r.person_id = d.id) ORDER BY id
"""
REGISTERED = "SELECT count(*) FROM trainings_registration WHERE part_id = %s AND email LIKE %s"
HEADINGS = {
    "fr": ("Nom et prénom", "Nom en arabe", "Catégorie de public", "Fonction", "E-mail", "Téléphone"),
    "ar": ("الاسم واللقب", "الاسم بالعربية", "الصنف", "الوظيفة", "البريد الإلكتروني", "رقم الهاتف"),
}
NAMES = {"fr": ("Invité", "ضيف"), "ar": ("Stagiaire", "متربص")}
LATIN = "abcdefghijklmnopqrstuvwxyz"
ARABIC = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"


def the_list(language: str, category: str, known: str) -> str:
    """Thirty people: two cells are wrong, one person may be known."""
    lines = ["\t".join(HEADINGS[language])]
    for n in range(29):
        email, phone = f"liste-{language}-{n}@example.org", f"98 20 {n:02d} 10"
        if n == 3:
            email = f"liste-{language}-3@"
        if n == 5:
            phone = "98 20"
        latin, arabic = NAMES[language]
        name, name_ar = f"{latin} {LATIN[n % 26]}{LATIN[n // 26]}", f"{arabic} {ARABIC[n % 28]}{ARABIC[n // 28 + 3]}"
        lines.append("\t".join((name, name_ar, category, "Technicien", email, phone)))
    lines.append("\t".join((known, "", category, "", "", "")))
    return "\n".join(lines)


@pytest.mark.feature(105)
@pytest.mark.parametrize("language", ["fr", "ar"])
def test_staff_paste_thirty_people_export_them_and_undo(visit: Visit, portal: House, language: str) -> None:
    staff = visit(language)
    staff.sign_in("officer")
    slug, part, position = portal.look_up(OPEN_PART)[0]
    category = portal.look_up(CATEGORY, part)[0][0 if language == "fr" else 1]
    known = portal.look_up(KNOWN, part)[0][0 if language == "ar" else 1]
    paste(staff, slug, position, the_list(language, category, known))
    correct(staff, language)
    confirm(staff)
    expect(staff.page.locator("main tbody tr")).to_have_count(30)
    assert portal.look_up(REGISTERED, part, f"liste-{language}-%")[0][0] == 29
    result = staff.page.url
    assert export(staff, slug) >= 30
    staff.go(result)
    staff.follow("Undo this list")
    staff.press("Undo this list")
    staff.sees("The list is undone.")
    assert portal.look_up(REGISTERED, part, f"liste-{language}-%")[0][0] == 0


def paste(staff: Visitor, slug: str, position: int, text: str) -> None:
    """From the session's tab; the list is read, and nothing is entered."""
    staff.go(f"/trainings/sessions/{slug}/registrations/")
    with staff.page.expect_navigation():
        staff.page.locator(f"main a[href$='/paste/{position}/']").click()
    staff.press("Read the list")
    expect(staff.page.locator("#error-summary")).to_be_focused()
    staff.fill(pasted=text)
    staff.press("Read the list")
    staff.sees("Nothing is entered yet. What you correct here is kept until tomorrow.")


def correct(staff: Visitor, language: str) -> None:
    """Two cells, and whether somebody is known: the confirmation opens when all three are done."""
    boxes = staff.page.locator("main input[name^='c-']")
    expect(boxes).to_have_count(2)
    expect(staff.page.locator("button[value=confirm]")).to_be_disabled()
    boxes.nth(0).fill(f"liste-{language}-3@example.org")
    staff.press("Check again")
    expect(staff.page.locator("#error-summary")).to_be_focused()
    expect(boxes).to_have_count(1)
    boxes.nth(0).fill("٩٨ ٢٠ ٠٥ ١٠")
    expect(staff.page.locator("fieldset.who input:checked")).to_have_count(0)
    staff.page.locator("fieldset.who input[value^='use:']").first.check()
    staff.press("Check again")
    expect(staff.page.locator("main input[name^='c-']")).to_have_count(0)


def confirm(staff: Visitor) -> None:
    button = staff.page.locator("button[value=confirm]")
    expect(button).to_be_enabled()
    expect(button).to_contain_text("30")
    with staff.page.expect_navigation():
        button.click()
    staff.sees("The list is entered", within="main")


def export(staff: Visitor, slug: str) -> int:
    """The list of the session as a workbook: how many rows stand in it."""
    staff.go(f"/trainings/sessions/{slug}/registrations/")
    staff.page.locator(".list-line details.menu summary").click()
    with staff.page.expect_download() as download:
        staff.page.locator("button[value=xlsx]").click()
    content = BytesIO(download.value.path().read_bytes())
    sheet = openpyxl.load_workbook(content).active
    assert sheet is not None
    return sheet.max_row - 1
