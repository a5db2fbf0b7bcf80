"""Pages of pasted lists: which are looked at, and the way from a paste to its undoing."""

from __future__ import annotations

from django.urls import reverse

from pasri_portal.tests.browser.pages import Page, of
from pasri_portal.tests.browser.walk import Walk

LIST = """\
Nom et prénom\tالاسم واللقب بالعربية\tFonction\tOrganisme\tE-mail\tTéléphone\tRemarque
Chef de projet pilote\tرئيس مشروع نموذجي\tIngénieur\tSociété Exemple\tpilote@example.org\t98 123 456\tx
Chargée d’études\tمكلفة بالدراسات\t\t\tetudes@example\t123\t
Chef de projet pilote\tرئيس مشروع نموذجي\tIngénieur\tSociété Exemple\tpilote@example.org\t98 123 456\t
"""
PAGES = of(
    "officer",
    "core:import-list",
    "directory:person-import",
    ("trainings:registration-import", "open", 1),
    ("clusters:member-import", "published-cluster"),
)
IN_ARABIC = [page for page in PAGES if page.name != "clusters:member-import"]


def corners(walk: Walk) -> None:
    """Refused, checked with errors, corrected, entered, undone, given up; and what a manager sees of it."""
    for way in (refused, from_a_paste_to_its_undoing, given_up, checked_in_arabic):
        walk.step(way.__name__, lambda way=way: way(walk))  # type: ignore[misc]


def refused(walk: Walk) -> None:
    person = walk.person("officer")
    person.go(reverse("directory:person-import"))
    person.press("Read the list")
    walk.look(person)


def from_a_paste_to_its_undoing(walk: Walk) -> None:
    person = walk.person("officer")
    person.go(reverse("directory:person-import"))
    person.fill(pasted=LIST)
    person.press("Read the list")
    walk.look(person)
    person.press("Check again")
    walk.look(person)
    boxes = person.page.locator("main input[name^='c-']")
    boxes.nth(0).fill("etudes@example.org")
    boxes.nth(1).fill("98123457")
    person.press("Check again")
    walk.look(person)
    with person.page.expect_navigation():
        person.page.locator("button[value=confirm]").click()
    walk.look(person)
    address = person.page.url
    walk.look_at(person, "core:import-list")
    manager = walk.person("manager")
    manager.go(address)
    walk.look(manager)
    person.go(address)
    person.follow("Undo this list")
    walk.look(person)
    person.press("Undo this list")
    walk.look(person)


def given_up(walk: Walk) -> None:
    person = walk.person("officer")
    person.go(reverse("directory:person-import"))
    person.fill(pasted=LIST)
    person.press("Read the list")
    address = person.page.url
    person.press("Give this list up")
    walk.look(person)
    person.go(address)
    walk.look(person)


def checked_in_arabic(walk: Walk) -> None:
    person = walk.person("officer", language="ar", width=390)
    page = Page("trainings:registration-import", "officer", ("open", 1))
    person.page.goto(person.origin + walk.url(page, "ar"))
    person.fill(pasted=LIST)
    person.press("Read the list")
    walk.look(person)
