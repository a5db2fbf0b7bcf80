"""Pages of meetings before they open: which are looked at, with which objects of the fictional season."""

from __future__ import annotations

from pasri_portal.tests.browser.corners import link_to, submit
from pasri_portal.tests.browser.pages import Page, of
from pasri_portal.tests.browser.walk import Walk

SAVE = "main form[method=post] button[type=submit]:not([name=see])"
MEETING = """
  SELECT m.id FROM steering_meeting m WHERE m.state IN ({}) AND m.origin = 'fictional' ORDER BY m.id
"""
OBJECTS = {
    "planned-meeting": MEETING.format("'planned'"),
    "convened-meeting": MEETING.format("'convened'"),
    "held-meeting": MEETING.format("'held', 'closed'"),
    "meeting-committee": """
      SELECT c.slug FROM steering_committee c JOIN steering_meeting m ON m.committee_id = c.id
      WHERE m.origin = 'fictional' ORDER BY c.id
    """,
    "agenda-item": """
      SELECT i.id FROM steering_agendaitem i JOIN steering_meeting m ON m.id = i.meeting_id
      WHERE m.state = 'planned' AND m.origin = 'fictional' ORDER BY i.id
    """,
    "alternate-seat": """
      SELECT s.id FROM steering_seat s JOIN steering_meeting m ON m.committee_id = s.committee_id
      JOIN steering_mandate a ON a.seat_id = s.id AND a.kind = 'alternate'
      WHERE m.state = 'convened' AND m.origin = 'fictional' ORDER BY m.id, s.rank
    """,
    "convened-seat": """
      SELECT s.id FROM steering_seat s JOIN steering_meeting m ON m.committee_id = s.committee_id
      WHERE m.state = 'convened' AND m.origin = 'fictional' ORDER BY m.id, s.rank
    """,
}
PAGES = [
    *of(
        "officer",
        "steering:meeting-list",
        "steering:meeting-list?state=cancelled&period=over",
        "steering:meeting-create",
        ("steering:meeting-detail", "planned-meeting"),
        ("steering:meeting-detail", "convened-meeting"),
        ("steering:meeting-detail", "held-meeting"),
        ("steering:meeting-edit", "planned-meeting"),
        ("steering:meeting-history", "convened-meeting"),
        ("steering:item-create", "planned-meeting"),
        ("steering:item-edit", "agenda-item"),
        ("steering:document-add", "agenda-item"),
        ("steering:convene", "planned-meeting"),
        ("steering:rectify", "convened-meeting"),
        ("steering:postpone", "convened-meeting"),
        ("steering:cancel", "planned-meeting"),
        ("steering:second-call", "held-meeting"),
        ("steering:answer-list", "convened-meeting"),
        ("steering:answer-list", "planned-meeting"),
        ("steering:answer-enter", "convened-meeting", "convened-seat"),
        ("steering:recurring-list", "meeting-committee"),
        ("steering:recurring-create", "meeting-committee"),
    ),
    *of(
        "auditor",
        "steering:meeting-list",
        ("steering:meeting-detail", "convened-meeting"),
        ("steering:answer-list", "convened-meeting"),
        ("steering:meeting-history", "convened-meeting"),
    ),
]
IN_ARABIC = [
    page
    for page in PAGES
    if not page.query
    and page.role == "officer"
    and page.name
    in {
        "steering:meeting-list",
        "steering:meeting-create",
        "steering:meeting-detail",
        "steering:item-create",
        "steering:convene",
        "steering:rectify",
        "steering:answer-list",
        "steering:answer-enter",
        "steering:recurring-list",
    }
]
FILES = {
    "steering:document-file",
    "steering:convocation-file",
    "steering:pack",
    "steering:regularity",
    "steering:meeting-ics",
}
"""Addresses that answer with something else than a page."""


def corners(walk: Walk) -> None:
    """Forms with errors; a recurring point from its start; the link of a convocation, alive and of somebody else."""
    for way in (forms_with_errors, recurring_point, link_of_a_convocation):
        walk.step(way.__name__, lambda way=way: way(walk))  # type: ignore[misc]


def forms_with_errors(walk: Walk) -> None:
    for page in of(
        "officer",
        "steering:meeting-create",
        ("steering:item-create", "planned-meeting"),
        ("steering:document-add", "agenda-item"),
        ("steering:convene", "planned-meeting"),
        ("steering:cancel", "planned-meeting"),
        ("steering:answer-enter", "convened-meeting", "convened-seat"),
    ):
        person = walk.person(page.role)
        person.go(walk.url(page))
        with person.page.expect_navigation():  # the other buttons of a letter open it in a window of its own
            person.page.locator(SAVE).last.click()
        walk.look(person)


def recurring_point(walk: Walk) -> None:
    """One is entered and looked at in its list, where it may be corrected."""
    officer = walk.person("officer")
    officer.go(walk.url(Page("steering:recurring-create", "officer", ("meeting-committee",))))
    officer.fill(title_fr="Questions diverses", title_ar="مسائل مختلفة")
    submit(officer)
    walk.look(officer)
    walk.objects["point"] = "SELECT id FROM steering_recurringitem ORDER BY id DESC"
    walk.open(Page("steering:recurring-edit", "officer", ("point",)))
    walk.open(Page("steering:recurring-list", "officer", ("meeting-committee",)), language="ar", width=390)


def link_of_a_convocation(walk: Walk) -> None:
    """The titular is excused, so that the alternate is written to: the link, an answer, and who else opens it."""
    address = "suppleant@example.org"
    walk.house.change(
        "UPDATE directory_person SET email = %s WHERE id = (SELECT person_id FROM steering_mandate "
        "WHERE kind = 'alternate' AND seat_id = %s ORDER BY id LIMIT 1)",
        address,
        walk.object("alternate-seat"),
    )
    officer = walk.person("officer")
    officer.go(walk.url(Page("steering:answer-enter", "officer", ("convened-meeting", "alternate-seat"))))
    officer.page.locator("input[name=reply][value=excused]").check()
    officer.fill(said_by="Personne Exemple")
    submit(officer)
    link = link_to(walk, address)
    somebody = walk.person("")
    somebody.go(link)
    walk.look(somebody)
    submit(somebody)
    walk.look(somebody)
    somebody.page.locator("input[name=reply][value=alternate]").check()
    somebody.page.locator("input[name=who][value=self]").check()
    submit(somebody)
    walk.look(somebody)
    answer = officer.page.goto(link)
    walk.look(officer, answer=answer, status=403)
