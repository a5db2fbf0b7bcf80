"""Pages of plans, reviews, the red thread and what everybody reads: which are looked at, with which objects."""

from __future__ import annotations

from django.urls import reverse

from pasri_portal.tests.browser.corners import link_to, submit
from pasri_portal.tests.browser.pages import Page, of
from pasri_portal.tests.browser.walk import Walk

VERSION = """
  SELECT {} FROM steering_planversion v JOIN steering_plan p ON p.id = v.plan_id
  WHERE v.state = '{}' ORDER BY v.id DESC
"""
OBJECTS = {
    "review-plan": VERSION.format("p.slug", "review"),
    "review-version": VERSION.format("v.number", "review"),
    "public-plan": """
      SELECT p.slug FROM steering_plan p JOIN steering_planversion v ON v.plan_id = p.id
      WHERE p.is_published AND v.state IN ('adopted', 'closed') ORDER BY p.id
    """,
}
REVIEW = ("review-plan", "review-version")
PAGES = [
    *of("", "steering:accountability-list", ("steering:accountability", "public-plan")),
    *of(
        "officer",
        "steering:plan-list",
        "steering:plan-create",
        ("steering:plan-detail", "review-plan"),
        ("steering:plan-detail?view=owner", "review-plan"),
        ("steering:plan-detail?late=on&state=todo", "review-plan"),
        ("steering:plan-edit", "review-plan"),
        ("steering:plan-history", "review-plan"),
        ("steering:version-detail", *REVIEW),
        ("steering:version-history", *REVIEW),
        ("steering:version-diff", *REVIEW),
        ("steering:version-extend", *REVIEW),
        ("steering:version-back", *REVIEW),
        ("steering:version-adopt", *REVIEW),
        ("steering:version-close", *REVIEW),
        "steering:thread",
        "steering:orphans",
    ),
    *of(
        "member",
        "home",
        "steering:plan-list",
        ("steering:plan-detail", "review-plan"),
        ("steering:review", *REVIEW),
        "steering:thread",
    ),
    *of("manager", "programme-state"),
    *of("auditor", ("steering:version-detail", *REVIEW), "steering:thread"),
]
IN_ARABIC = [
    page
    for page in PAGES
    if not page.query
    and page.name
    in {
        "steering:accountability",
        "steering:plan-detail",
        "steering:version-detail",
        "steering:version-diff",
        "steering:review",
        "steering:thread",
        "steering:orphans",
        "programme-state",
    }
]


def corners(walk: Walk) -> None:
    """A plan from its start, a review with errors, the page behind the personal link, and the same for a stranger."""
    for way in (plan_from_its_start, review_with_errors, review_behind_a_mail):
        walk.step(way.__name__, lambda way=way: way(walk))  # type: ignore[misc]


def plan_from_its_start(walk: Walk) -> None:
    """An empty board, a draft without actions, the forms with errors, the draft with one action."""
    person = walk.person("officer")
    person.go(reverse("steering:plan-create"))
    submit(person)
    walk.look(person)
    committee = "SELECT committee_id FROM steering_action WHERE parent_id IS NULL ORDER BY id"
    person.fill(committee=str(walk.house.look_up(committee)[0][0]), name_fr="Plan d’essai", name_ar="خطة للتجربة")
    submit(person)
    walk.look(person)
    mine = "SELECT slug FROM steering_plan WHERE name_fr = 'Plan d’essai'"
    slug = walk.house.look_up(mine)[0][0]
    person.go(reverse("steering:plan-detail", args=[slug]))
    walk.look(person)
    person.go(reverse("steering:version-detail", args=[slug, 1]))
    walk.look(person)
    person.go(reverse("steering:version-choose", args=[slug, 1]))
    person.page.locator("main [name=actions]").first.check()
    submit(person)
    walk.look(person)
    person.go(reverse("steering:version-ask", args=[slug, 1]))
    walk.look(person)
    submit(person)
    walk.look(person)
    walk.open(Page("steering:plan-list", "officer", (), "committee=nowhere"))


def review_with_errors(walk: Walk) -> None:
    """Sent empty, then with a remark that says nothing."""
    page = Page("steering:review", "member", REVIEW)
    person = walk.person("member")
    person.go(walk.url(page))
    submit(person)
    walk.look(person)
    person.tick("verdict_plan", "changes")
    submit(person)
    walk.look(person)
    person.fill(comment_plan="L’échéance de la première action est trop courte.")
    submit(person)
    walk.look(person)


def review_behind_a_mail(walk: Walk) -> None:
    """The secretariat reminds one seat; the link of the mail opens for its reader, and for nobody else signed in."""
    officer = walk.person("officer")
    officer.go(walk.url(Page("steering:version-detail", "officer", REVIEW)))
    form = officer.page.locator("main form.post-button:has([name=seat])").first
    seat = form.locator("[name=seat]").get_attribute("value")
    with officer.page.expect_navigation():
        form.locator("button").click()
    walk.look(officer)
    address = """
      SELECT p.email FROM steering_mandate m JOIN directory_person p ON p.id = m.person_id
      WHERE m.seat_id = %s AND m.kind = 'titular' AND (m.ends_on IS NULL OR m.ends_on >= CURRENT_DATE)
    """
    link = link_to(walk, walk.house.look_up(address % int(seat or 0))[0][0])
    reader = walk.newcomer()
    reader.go(link)
    walk.look(reader)
    reader.tick("verdict_plan", "approve")
    submit(reader)
    walk.look(reader)
    answer = officer.page.goto(link)
    walk.look(officer, status=403, answer=answer)
