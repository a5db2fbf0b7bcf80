"""Pages of recommendations and actions: which are looked at, and the ways from a form to its answer."""

from __future__ import annotations

from pathlib import Path

from django.urls import reverse

from pasri_portal.tests.browser.corners import link_to, submit
from pasri_portal.tests.browser.pages import Page, of
from pasri_portal.tests.browser.walk import Walk

FICTIONAL = "SELECT id FROM steering_{} WHERE origin = 'fictional' AND {} ORDER BY id"
ACTION = FICTIONAL.format("action", "{}")
NO_PARTS = "id NOT IN (SELECT parent_id FROM steering_action WHERE parent_id IS NOT NULL)"
OBJECTS = {
    "composite": "SELECT id FROM steering_recommendation WHERE id IN (SELECT parent_id FROM steering_recommendation)",
    "recommendation": FICTIONAL.format("recommendation", "state <> 'proposed'"),
    "asked": FICTIONAL.format("recommendation", "state = 'proposed' AND parent_id IS NULL"),
    "open-action": ACTION.format(f"state = 'running' AND {NO_PARTS}"),
    "action-with-parts": ACTION.format("id IN (SELECT parent_id FROM steering_action)"),
    "declared-action": ACTION.format("state = 'declared' AND id IN (SELECT action_id FROM steering_evidence)"),
    "verified-action": ACTION.format("state = 'verified'"),
    "dropped-action": ACTION.format("state = 'dropped'"),
    "action-of-somebody": """
      SELECT a.id FROM steering_action a JOIN directory_person p ON p.id = a.owner_person_id
      WHERE a.state IN ('todo', 'running') AND p.email IS NOT NULL AND p.user_id IS NULL AND a.origin = 'fictional'
        AND a.id NOT IN (SELECT parent_id FROM steering_action WHERE parent_id IS NOT NULL) ORDER BY a.id
    """,
    "proof": """
      SELECT e.id FROM steering_evidence e JOIN steering_action a ON a.id = e.action_id
      WHERE a.origin = 'fictional' AND a.state IN ('todo', 'running') AND e.withdrawn_at IS NULL ORDER BY e.id
    """,
}
PAGES = [
    *of(
        "officer",
        "steering:recommendation-list",
        "steering:recommendation-list?q=zzzz",
        "steering:recommendation-create",
        ("steering:recommendation-detail", "composite"),
        ("steering:recommendation-detail", "recommendation"),
        ("steering:recommendation-edit", "recommendation"),
        ("steering:recommendation-history", "recommendation"),
        ("steering:recommendation-split", "asked"),
        ("steering:recommendation-move", "asked", "accept"),
        ("steering:recommendation-move", "asked", "accept-partly"),
        ("steering:recommendation-move", "asked", "reject"),
        "steering:action-list",
        "steering:action-list?stand=all",
        "steering:action-list?stand=overdue",
        "steering:action-list?q=zzzz",
        "steering:own-actions",
        "steering:action-create",
        ("steering:action-detail", "open-action"),
        ("steering:action-detail", "action-with-parts"),
        ("steering:action-detail", "declared-action"),
        ("steering:action-detail", "verified-action"),
        ("steering:action-edit", "open-action"),
        ("steering:action-history", "verified-action"),
        ("steering:action-progress", "open-action"),
        ("steering:action-declare", "open-action"),
        ("steering:action-slip", "open-action"),
        ("steering:action-verify", "declared-action"),
        ("steering:action-send-back", "declared-action"),
        ("steering:action-reopen", "verified-action"),
        ("steering:action-drop", "open-action"),
        ("steering:action-take-up", "dropped-action"),
        ("steering:evidence-add", "open-action"),
        ("steering:evidence-withdraw", "proof"),
    ),
    *of("member", "steering:own-actions", "steering:action-list", "steering:recommendation-list"),
    *of("auditor", "steering:action-list", ("steering:action-detail", "verified-action")),
]
IN_ARABIC = [
    page
    for page in PAGES
    if not page.query
    and page.name
    in {
        "steering:recommendation-list",
        "steering:recommendation-detail",
        "steering:recommendation-split",
        "steering:action-list",
        "steering:action-detail",
        "steering:action-progress",
        "steering:action-verify",
        "steering:own-actions",
    }
]


def corners(walk: Walk) -> None:
    """Forms with errors, a proof that is not what it claims, and the personal link from its mail to its answer."""
    for way in (forms_with_errors, parts_in_one_form, proof_that_is_none, link_behind_a_mail):
        walk.step(way.__name__, lambda way=way: way(walk))  # type: ignore[misc]


def forms_with_errors(walk: Walk) -> None:
    for page in of(
        "officer",
        "steering:recommendation-create",
        "steering:action-create",
        ("steering:action-progress", "open-action"),
        ("steering:action-slip", "open-action"),
        ("steering:recommendation-move", "asked", "reject"),
    ):
        person = walk.person(page.role)
        person.go(walk.url(page))
        submit(person)
        walk.look(person)


def parts_in_one_form(walk: Walk) -> None:
    """One row more keeps what is typed; a part without its evidence of closure is refused beside its field."""
    person = walk.person("officer")
    person.go(walk.url(Page("steering:recommendation-split", "officer", ("asked",))))
    person.fill(text_fr_1="Première partie", closure_fr_1="Liste validée", text_fr_2="Deuxième partie")
    person.press("One part more", within="main")
    assert person.page.locator("[name=text_fr_1]").input_value() == "Première partie"
    person.press("Divide it", within="main")
    walk.look(person)


def proof_that_is_none(walk: Walk) -> None:
    person = walk.person("officer")
    person.go(walk.url(Page("steering:evidence-add", "officer", ("open-action",))))
    wrong = Path(walk.house.state) / "preuve.pdf"
    wrong.write_bytes(b"MZ programme")
    person.fill(label="Liste validée")
    person.page.locator("main [name=file]").set_input_files(wrong)
    submit(person)
    walk.look(person)


def link_behind_a_mail(walk: Walk) -> None:
    """Staff ask; the person in charge opens the link and answers; somebody else who is signed in may not."""
    officer, stranger = walk.person("officer"), walk.person("")
    pk = walk.object("action-of-somebody")
    officer.go(reverse("steering:action-detail", args=[pk]))
    officer.press("Ask by e-mail", within="main")
    walk.look(officer)
    query = "SELECT p.email FROM steering_action a JOIN directory_person p ON p.id = a.owner_person_id WHERE a.id = %s"
    address = walk.house.look_up(query, pk)[0][0]
    link = link_to(walk, address)
    answer = officer.page.goto(officer.origin + link.removeprefix(stranger.origin))
    walk.look(officer, status=403, answer=answer)
    stranger.go(link)
    walk.look(stranger)
    submit(stranger)
    walk.look(stranger)
    stranger.fill(percent="60", note="Deux étapes sur trois.")
    submit(stranger)
    walk.look(stranger)
