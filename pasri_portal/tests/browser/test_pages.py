"""Every page of the demonstration: axe, policy, own origin, language and direction, no sideways scroll, weight."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Browser

from core.testing.browser import Looker
from pasri_portal.tests.addresses import rows
from pasri_portal.tests.browser import (
    cluster_pages,
    import_pages,
    steering_committees_pages,
    steering_follow_up_pages,
    steering_meetings_pages,
    steering_minutes_pages,
    steering_plans_pages,
    steering_room_pages,
)
from pasri_portal.tests.browser.corners import every_corner
from pasri_portal.tests.browser.house import House
from pasri_portal.tests.browser.pages import IN_ARABIC, PAGES
from pasri_portal.tests.browser.walk import Walk

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("walk")]

FILES = {
    "healthz",
    "clusters:open-data",
    *steering_meetings_pages.FILES,
    *steering_minutes_pages.FILES,
    "steering:evidence-file",
    "trainings:sheet",
    "trainings:calendar-feed",
    "trainings:session-ics",
    "trainings:registration-calendar",
    "trainings:certificate-keys",
    "trainings:certificate-pdf",
    "trainings_short:calendar",
}
"""Addresses that answer with something else than a page."""

SUBJECTS = (
    cluster_pages,
    import_pages,
    steering_meetings_pages,
    steering_committees_pages,
    steering_follow_up_pages,
    steering_minutes_pages,
    steering_plans_pages,
    steering_room_pages,
)
"""Modules with OBJECTS, PAGES, IN_ARABIC and corners() of their own."""

IN_RESERVE = {"bootstrap5/errors_formset.html", "bootstrap5/layout/prepended_appended_text.html"}
"""Pieces of crispy-forms that ours replace, so that a form which needs one day is under the policy; none does today."""

BUDGET = 200_000
"""Bytes of a first visit, as they come over the line (design/README.md)."""


@pytest.fixture(scope="module")
def walk(chromium: Browser, demo: House) -> Iterator[Walk]:
    """Every page once, in French on a desk; each of them also fits a phone of 390 and of 320 px."""
    one = Walk(chromium, demo)
    for subject in SUBJECTS:
        one.objects |= getattr(subject, "OBJECTS", {})
    for page in [*PAGES, *(page for subject in SUBJECTS for page in subject.PAGES)]:
        one.step(page.name, lambda page=page: one.open(page))  # type: ignore[misc]
    for subject in SUBJECTS:
        subject.corners(one)
    every_corner(one)
    yield one
    one.close()


def test_pages_are_accessible_keep_the_policy_and_fit(walk: Walk) -> None:
    assert not walk.faults, "\n".join(walk.faults)


def test_every_template_was_looked_at(walk: Walk) -> None:
    folder = Path(settings.BASE_DIR) / "templates"
    ours = {str(path.relative_to(folder)) for path in folder.rglob("*.html")}
    assert sorted(name for name in ours - walk.templates - IN_RESERVE if "email/" not in name) == []


def test_every_address_of_a_page_was_looked_at(walk: Walk) -> None:
    pages = {name for name, row in rows().items() if row.method == "get" and 200 in row.answers.values()}
    unseen = sorted(pages - FILES - set(walk.seen))
    assert not unseen, "\n".join(unseen)


@pytest.mark.feature(112)
@pytest.mark.feature(113)
def test_pages_read_from_right_to_left_in_the_dark_on_a_phone(chromium: Browser, demo: House) -> None:
    one = Walk(chromium, demo)
    for subject in SUBJECTS:
        one.objects |= getattr(subject, "OBJECTS", {})
    for page in [*IN_ARABIC, *(page for subject in SUBJECTS for page in subject.IN_ARABIC)]:
        one.step(page.name, lambda page=page: one.open(page, language="ar", width=390, theme="dark"))  # type: ignore[misc]
    one.close()
    assert not one.faults, "\n".join(one.faults)


@pytest.mark.parametrize("path", ["/", "/ar/"])
def test_first_visit_is_light_and_stays_in_its_origin(chromium: Browser, demo: House, path: str) -> None:
    looker = Looker(chromium, demo.url)
    network = looker.context.new_cdp_session(looker.page)
    network.send("Network.enable")
    weights: list[float] = []
    network.on("Network.loadingFinished", lambda event: weights.append(event["encodedDataLength"]))
    looker.open(path)
    looker.page.wait_for_load_state("networkidle")
    looker.close()
    assert looker.complaints == []
    assert len(weights) >= 5, "the page with its styles, fonts and script"
    assert sum(weights) <= BUDGET
