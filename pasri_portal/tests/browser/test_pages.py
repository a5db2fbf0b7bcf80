"""Every page of the demonstration once: axe, policy, own origin, language, no sideways scroll."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from pasri_portal.tests.browser.house import House
from pasri_portal.tests.browser.pages import IN_ARABIC, PAGES
from pasri_portal.tests.browser.walk import Walk


@pytest.fixture
def walk(chromium: Browser, demo: House) -> Iterator[Walk]:
    one = Walk(chromium, demo)
    yield one
    one.close()


def test_every_page_is_accessible_keeps_the_policy_and_fits(walk: Walk) -> None:
    for page in PAGES:
        walk.step(page.name, lambda page=page: walk.open(page))
    assert walk.faults == []
