"""Pages of committees, seats and institutions that change: which are looked at, with which objects."""

from __future__ import annotations

from django.urls import reverse

from pasri_portal.tests.browser.corners import submit
from pasri_portal.tests.browser.pages import Page, of
from pasri_portal.tests.browser.walk import Walk

SEAT = """
  SELECT s.{} FROM steering_seat s JOIN steering_mandate m ON m.seat_id = s.id AND m.ends_on IS NULL ORDER BY s.id
"""
OBJECTS = {
    "committee": """
      SELECT c.slug FROM steering_committee c JOIN steering_meeting g ON g.committee_id = c.id ORDER BY c.id
    """,
    "bare-committee": "SELECT slug FROM steering_committee WHERE origin <> 'fictional' ORDER BY id",
    "act": "SELECT a.id FROM steering_foundingact a JOIN steering_meeting g ON g.act_id = a.id ORDER BY a.id",
    "seat": SEAT.format("id"),
    "mandate": "SELECT id FROM steering_mandate WHERE ends_on IS NULL ORDER BY id",
    "institution": SEAT.format("organisation_id"),
    "other-institution": "SELECT id FROM directory_organisation WHERE origin = 'fictional' ORDER BY id DESC",
}
PAGES = [
    *of(
        "officer",
        "steering:committee-list",
        "steering:committee-list?q=zzzz",
        "steering:committee-create",
        ("steering:committee-detail", "committee"),
        ("steering:committee-detail", "bare-committee"),
        ("steering:committee-edit", "committee"),
        ("steering:committee-history", "committee"),
        ("steering:committee-act", "committee"),
        ("steering:committee-act", "bare-committee"),
        ("steering:act-create", "committee"),
        ("steering:act-edit", "act"),
        ("steering:seat-list", "committee"),
        ("steering:seat-list?period=all", "committee"),
        ("steering:seat-create", "committee"),
        ("steering:seat-create?q=exemple", "committee"),
        ("steering:seat-create?q=zzzz", "committee"),
        ("steering:seat-detail", "seat"),
        ("steering:seat-edit", "seat"),
        ("steering:seat-end", "seat"),
        ("steering:mandate-create", "seat"),
        ("steering:mandate-create?q=exemple", "seat"),
        ("steering:mandate-edit", "mandate"),
        ("steering:mandate-end", "mandate"),
        ("steering:mandate-replace", "mandate"),
        ("steering:mandate-remove", "mandate"),
        "steering:succession-list",
        "steering:succession-create",
        "steering:succession-create?q=exemple",
    ),
    *of("manager", ("steering:seat-detail", "seat")),
    *of("auditor", ("steering:committee-detail", "committee"), ("steering:seat-detail", "seat")),
    *of("member", "steering:own-seat", "steering:committee-list"),
]
IN_ARABIC = [
    page
    for page in PAGES
    if not page.query and page.name.partition(":")[2] not in {"mandate-end", "mandate-remove", "seat-end", "seat-edit"}
]


def corners(walk: Walk) -> None:
    """A change of institutions step by step, and forms with errors."""
    for way in (change_of_an_institution, forms_with_errors, person_who_was_chosen):
        walk.step(way.__name__, lambda way=way: way(walk))  # type: ignore[misc]


def change_of_an_institution(walk: Walk) -> None:
    """What happened, who succeeds, the choice, and the preview."""
    old, new = walk.object("institution"), walk.object("other-institution")
    officer = walk.person("officer")
    steps = (
        f"organisation={old}",
        f"organisation={old}&kind=rename",
        f"organisation={old}&kind=split",
        f"organisation={old}&kind=split&successor={new}",
        f"organisation={old}&kind=merger&successor={new}",
    )
    for query in steps:
        walk.open(Page("steering:succession-create", "officer", (), query))
    officer.go(f"{reverse('steering:succession-create')}?{steps[-1]}")
    officer.fill(on="01/03/2026", act="Décret d’essai")
    submit(officer)
    walk.look(officer)


def forms_with_errors(walk: Walk) -> None:
    for page in of(
        "officer",
        "steering:committee-create",
        ("steering:act-create", "committee"),
        ("steering:act-edit", "act"),
        ("steering:mandate-remove", "mandate"),
    ):
        person = walk.person(page.role)
        person.go(walk.url(page))
        submit(person)
        walk.look(person)


def person_who_was_chosen(walk: Walk) -> None:
    """The forms that follow a choice."""
    for name, owner, what, table in (
        ("seat-create", "committee", "organisation", "other-institution"),
        ("mandate-create", "seat", "person", "person"),
        ("mandate-replace", "mandate", "person", "person"),
    ):
        walk.open(Page(f"steering:{name}", "officer", (owner,), f"{what}={walk.object(table)}"))
