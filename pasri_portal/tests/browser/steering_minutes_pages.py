"""Pages of minutes and notes: which are looked at, and what a browser alone can show: saving while one types."""

from __future__ import annotations

from pasri_portal.tests.browser.corners import submit
from pasri_portal.tests.browser.pages import Page, of
from pasri_portal.tests.browser.walk import Walk

MINUTES = """
  SELECT m.id FROM steering_meeting m JOIN steering_minutes p ON p.meeting_id = m.id
  WHERE p.state = 'remarks' AND m.origin = 'fictional' ORDER BY m.id
"""
OBJECTS = {
    "minutes-meeting": MINUTES,
    "meeting-to-come": "SELECT id FROM steering_meeting WHERE state = 'planned' AND origin = 'fictional' ORDER BY id",
    "noted-item": """
      SELECT n.item_id FROM steering_itemnote n JOIN steering_agendaitem i ON i.id = n.item_id
      JOIN steering_minutes p ON p.meeting_id = i.meeting_id WHERE p.state = 'remarks' AND n.text_ar = '' ORDER BY n.id
    """,
    "open-remark": "SELECT id FROM steering_remark WHERE state = 'open' ORDER BY id",
}
PAGES = [
    *of(
        "officer",
        ("steering:minutes", "minutes-meeting"),
        ("steering:minutes", "meeting-to-come"),
        ("steering:minutes-changes", "minutes-meeting"),
        ("steering:minutes-history", "minutes-meeting"),
        ("steering:minutes-send", "minutes-meeting"),
        ("steering:note-list", "minutes-meeting"),
        ("steering:note-edit", "noted-item"),
        ("steering:note-revisions", "noted-item"),
        ("steering:remark-add", "minutes-meeting"),
        ("steering:remark-settle", "open-remark"),
    ),
    *of("member", ("steering:minutes", "minutes-meeting"), ("steering:minutes-changes", "minutes-meeting")),
    *of("auditor", ("steering:minutes", "minutes-meeting")),
]
TURNED = {"minutes", "note-list", "note-revisions", "minutes-send", "remark-add"}
IN_ARABIC = [page for page in PAGES if page.role == "officer" and page.name.removeprefix("steering:") in TURNED]
FILES = {"steering:minutes-pdf", "steering:minutes-word", "steering:minutes-file"}
"""Addresses that answer with something else than a page."""


def corners(walk: Walk) -> None:
    """Forms with errors, a translation, notes that are saved while one types, two people at once."""
    for way in (forms_with_errors, a_translation, notes_while_typing):
        walk.step(way.__name__, lambda way=way: way(walk))  # type: ignore[misc]


def forms_with_errors(walk: Walk) -> None:
    for page in of(
        "officer",
        ("steering:remark-settle", "open-remark"),
        ("steering:remark-add", "minutes-meeting"),
    ):
        person = walk.person(page.role)
        person.go(walk.url(page))
        submit(person)
        walk.look(person)


def a_translation(walk: Walk) -> None:
    """The box of a missing translation, sent empty, leads to its own page."""
    walk.open(Page("steering:minutes-translate", "officer", ("minutes-meeting", "notes", "noted-item", "ar")))
    officer = walk.person("officer")
    submit(officer)
    walk.look(officer)


def notes_while_typing(walk: Walk) -> None:
    """Typed, and kept without a button; what somebody else wrote meanwhile stops it with words."""
    officer, manager = walk.person("officer"), walk.person("manager")
    address = walk.url(Page("steering:note-list", "officer", ("minutes-meeting",)))
    item = walk.object("noted-item")
    for person in (officer, manager):
        person.go(address)
    field = f"#note-fr-{item}"
    form = f"form:has({field})"
    officer.page.locator(field).fill("Texte tapé en séance.")
    officer.page.locator(f"{form} [data-note-status]", has_text="enregistré à").wait_for()
    manager.page.locator(field).fill("Autre texte.")
    manager.page.locator(f"{form} [data-note-conflict]").wait_for()
    assert manager.page.locator(field).input_value() == "Autre texte."
    walk.look(manager)
    manager.page.locator(f"{form} [data-note-conflict] button").click()
    manager.page.wait_for_load_state()
    walk.look(manager)
