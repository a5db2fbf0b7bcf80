"""Pages of clusters, of the public directory and of the territory: which are looked at, with which objects."""

from __future__ import annotations

from django.urls import reverse

from pasri_portal.tests.browser.corners import submit
from pasri_portal.tests.browser.pages import Page, of
from pasri_portal.tests.browser.walk import Walk

CLUSTER = "SELECT slug FROM clusters_cluster WHERE state = '{}' AND origin = 'fictional' ORDER BY id"
MEMBER = "SELECT m.id FROM clusters_membership m WHERE m.ends_on IS NULL AND m.{} IS NOT NULL ORDER BY m.id"
OBJECTS = {
    "published-cluster": CLUSTER.format("published"),
    "draft-cluster": CLUSTER.format("draft"),
    "archived-cluster": CLUSTER.format("archived"),
    "craft-cluster": """
      SELECT c.slug FROM clusters_cluster c JOIN clusters_membership m ON m.cluster_id = c.id
      WHERE m.person_id IS NOT NULL AND c.state = 'published' ORDER BY c.id
    """,
    "animated-cluster": """
      SELECT c.slug FROM clusters_cluster c JOIN clusters_animation a ON a.cluster_id = c.id ORDER BY c.id
    """,
    "membership": MEMBER.format("organisation_id"),
    "artisan": MEMBER.format("person_id"),
    "animation": "SELECT id FROM clusters_animation WHERE ends_on IS NULL ORDER BY id",
    "phase": "SELECT id FROM clusters_phase WHERE track = 'stage' ORDER BY starts_on DESC, id DESC",
    "host": "SELECT id FROM directory_organisation WHERE origin = 'fictional' ORDER BY id",
    "delegation": "SELECT id FROM directory_delegation ORDER BY id",
}
PAGES = [
    *of(
        "",
        "clusters:directory",
        "clusters:directory?q=zzzz",
        "clusters:directory?governorate=TN-81",
        "clusters:directory?kind=craft&stage=nonsense",
        ("clusters:public-cluster", "published-cluster"),
        ("clusters:public-cluster", "craft-cluster"),
        "clusters:member-directory",
        "clusters:member-directory?governorate=TN-81&kind=firm",
        "clusters:member-directory?q=zzzz",
    ),
    *of(
        "officer",
        "clusters:territory",
        "clusters:cluster-list",
        "clusters:cluster-list?q=zzzz",
        "clusters:cluster-create",
        ("clusters:cluster-detail", "animated-cluster"),
        ("clusters:cluster-detail", "draft-cluster"),
        ("clusters:cluster-detail", "archived-cluster"),
        ("clusters:cluster-edit", "published-cluster"),
        ("clusters:cluster-withdraw", "published-cluster"),
        ("clusters:cluster-archive", "animated-cluster"),
        ("clusters:cluster-history", "published-cluster"),
        ("clusters:phase-enter", "published-cluster", "stage"),
        ("clusters:phase-enter", "published-cluster", "support"),
        ("clusters:phase-undo", "phase"),
        ("clusters:member-list", "published-cluster"),
        ("clusters:member-list", "craft-cluster"),
        ("clusters:member-list?period=all", "published-cluster"),
        ("clusters:member-list", "draft-cluster"),
        ("clusters:member-add", "published-cluster"),
        ("clusters:member-add?q=exemple", "published-cluster"),
        ("clusters:member-add?q=zzzz", "published-cluster"),
        ("clusters:member-edit", "membership"),
        ("clusters:member-edit", "artisan"),
        ("clusters:member-remove", "membership"),
        ("clusters:animator-assign", "published-cluster"),
        ("clusters:animator-assign?q=exemple", "published-cluster"),
        ("clusters:animator-hand-over", "animation"),
        ("clusters:animator-end", "animation"),
    ),
    *of("auditor", ("clusters:cluster-detail", "animated-cluster"), ("clusters:member-list", "craft-cluster")),
    *of("manager", ("directory:governorate-detail", "TN-81"), ("directory:delegation-create", "TN-81")),
]
IN_ARABIC = [
    page
    for page in PAGES
    if not page.query
    and page.name
    in {
        "clusters:directory",
        "clusters:public-cluster",
        "clusters:member-directory",
        "clusters:territory",
        "clusters:cluster-list",
        "clusters:cluster-create",
        "clusters:cluster-detail",
        "clusters:cluster-history",
        "clusters:member-list",
        "clusters:member-add",
        "clusters:animator-hand-over",
        "directory:governorate-detail",
    }
]


def corners(walk: Walk) -> None:
    """Forms with errors, a member who was chosen, and a delegation, of which the demonstration has none."""
    for way in (forms_with_errors, member_who_was_chosen, number_with_a_wrong_key, delegation_from_its_start):
        walk.step(way.__name__, lambda way=way: way(walk))  # type: ignore[misc]


def _submit_and_look(walk: Walk, page: Page) -> None:
    person = walk.person(page.role)
    person.go(walk.url(page))
    submit(person)
    walk.look(person)


def forms_with_errors(walk: Walk) -> None:
    for page in of(
        "officer",
        "clusters:cluster-create",
        ("clusters:cluster-archive", "published-cluster"),
        ("clusters:phase-enter", "published-cluster", "stage"),
    ):
        _submit_and_look(walk, page)


def member_who_was_chosen(walk: Walk) -> None:
    """The form with its days, empty and then wrong."""
    for name in ("clusters:member-add", "clusters:animator-assign"):
        of_whom, table = ("organisation", "host") if name.endswith("add") else ("person", "person")
        page = Page(name, "officer", ("draft-cluster",), f"{of_whom}={walk.object(table)}")
        walk.open(page)
        _submit_and_look(walk, page)


def number_with_a_wrong_key(walk: Walk) -> None:
    person = walk.person("officer")
    person.go(reverse("directory:organisation-create"))
    person.fill(name_fr="Atelier d’essai", tax_number="1282182 A")
    submit(person)
    walk.look(person)


def delegation_from_its_start(walk: Walk) -> None:
    manager = walk.person("manager")
    manager.go(walk.url(Page("directory:delegation-create", "manager", ("TN-81",))))
    manager.fill(name_fr="Délégation d’essai", name_ar="معتمدية للتجربة", source="Essai")
    manager.press("Enter the delegation", within="main")
    walk.look(manager)
    for act in ("detail", "history", "edit", "close"):
        name = f"directory:delegation-{act}"
        walk.open(Page(name, "manager", ("delegation",)))
    walk.open(Page("directory:delegation-detail", "manager", ("delegation",)), language="ar", width=390)
    walk.open(Page("clusters:cluster-edit", "officer", ("published-cluster",)))
