"""Clusters in a browser: visitors from the map to a cluster, with keys alone, without script; staff who keep one."""

from __future__ import annotations

import csv
import io

import pytest
from playwright.sync_api import Browser, Page, expect

from pasri_portal.tests.browser.conftest import Visit
from pasri_portal.tests.browser.house import House
from pasri_portal.tests.browser.visitor import LOCALES, Visitor

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

PLACE = {"fr": "Gabès", "ar": "قابس"}
CLUSTER = {"fr": "Fibres végétales de Gabès", "ar": "الألياف النباتية بقابس"}
NAMES = {"name_fr": "Grappe des vanniers de {}", "name_ar": "عنقود صانعي السلال {}"}
TABS = 80
"""More presses of the key than any page has stops."""


def in_the_map(page: Page, language: str) -> str:
    return f"svg.geomap a[aria-label^='{PLACE[language]}']"


@pytest.mark.feature(1)
@pytest.mark.feature(9)
@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("language", ["fr", "ar"])
def test_a_visitor_goes_from_the_map_to_a_cluster(visit: Visit, portal: House, language: str, width: int) -> None:
    visitor = visit(language, width=width)
    visitor.go("/")
    visitor.follow("Find a cluster", within="main")
    number = visitor.page.locator(in_the_map(visitor.page, language))
    said = number.get_attribute("aria-label") or ""
    with visitor.page.expect_navigation():
        number.click()
    visitor.check_language()
    rows = visitor.page.locator("main .listing > li")
    assert said.endswith(f" {rows.count()}"), "the list says the number of the map"
    expect(visitor.page.locator(in_the_map(visitor.page, language))).to_have_attribute("aria-current", "true")
    expect(visitor.page.locator("main select[name=governorate]")).to_have_value("TN-81")
    link = visitor.link("Open data (CSV)").get_attribute("href")
    answer = visitor.context.request.get(f"{visitor.origin}{link}")
    found = list(csv.DictReader(io.StringIO(answer.body().decode("utf-8-sig")), delimiter=";"))
    assert len(found) == rows.count()
    with visitor.page.expect_navigation():
        rows.locator("a", has_text=CLUSTER[language]).click()
    visitor.check_language()
    visitor.says(CLUSTER[language], within="h1")
    visitor.says(PLACE[language], within="main .facts")
    with visitor.page.expect_navigation():
        visitor.page.locator(".crumbs a").last.click()
    expect(visitor.page.locator("main select[name=governorate]")).to_have_value("TN-81")
    visitor.fill(q="zzzz")
    visitor.press("Filter", within="main", context="verb")
    expect(visitor.page.locator("main .listing > li")).to_have_count(0)
    visitor.follow("Members of clusters", within="main")
    expect(visitor.page.locator("main .listing > li").first).to_be_visible()


def press_until(page: Page, selector: str) -> None:
    """The tabulator until the focus stands there, where a person sees it."""
    for _number in range(TABS):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"the keys do not lead to {selector}")


@pytest.mark.feature(9)
@pytest.mark.parametrize("language", ["fr", "ar"])
def test_the_keys_alone_lead_from_the_map_to_a_cluster(visit: Visit, portal: House, language: str) -> None:
    visitor = visit(language)
    page = visitor.go("/directory/")
    press_until(page, in_the_map(page, language))
    width = "getComputedStyle(document.activeElement.querySelector('path')).strokeWidth"
    assert float(page.evaluate(width).removesuffix("px")) > 3, "the focus is seen on the map"
    with page.expect_navigation():
        page.keyboard.press("Enter")
    press_until(page, "main .listing a")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    visitor.says(PLACE[language], within="main .facts")


@pytest.mark.feature(9)
@pytest.mark.parametrize("language", ["fr", "ar"])
def test_the_map_and_the_filters_need_no_script(chromium: Browser, portal: House, language: str) -> None:
    context = chromium.new_context(java_script_enabled=False, locale=LOCALES[language])
    page = context.new_page()
    page.goto(f"{portal.url}{'' if language == 'fr' else '/ar'}/directory/")
    page.locator(in_the_map(page, language)).click()
    expect(page.locator("main .listing > li").first).to_be_visible()
    page.locator("main .listing a", has_text=CLUSTER[language]).click()
    expect(page.locator("h1")).to_contain_text(CLUSTER[language])
    page.go_back()
    page.locator("main select[name=kind]").select_option("innovation")
    page.locator("main form[role=search] button").click()
    expect(page.locator("main .listing > li")).to_have_count(0)
    context.close()


@pytest.mark.feature(2)
@pytest.mark.feature(4)
@pytest.mark.parametrize("language", ["fr", "ar"])
def test_staff_enter_publish_correct_and_archive_a_cluster(visit: Visit, portal: House, language: str) -> None:
    staff, names = visit(language), {name: text.format(language) for name, text in NAMES.items()}
    staff.sign_in("officer")
    file = enter(staff, names)
    staff.sees("Before it can be published, the public page needs:")
    staff.go(f"{file}phases/stage/")
    staff.fill(code="emergence", starts_on="٠١/٠٢/٢٠٢٥" if language == "ar" else "1/2/2025")
    staff.press("Enter the phase")
    add_member(staff, file)
    staff.go(file)
    staff.press("Publish")
    staff.sees("The cluster is in the public directory.")

    visitor = visit(language, width=390)
    visitor.go(f"/directory/?q={names['name_fr']}")
    with visitor.page.expect_navigation():
        visitor.page.locator("main .listing a").first.click()
    visitor.says(names[f"name_{language}"], within="h1")
    address = visitor.page.url

    staff.follow("Correct", within="main", context="verb")
    staff.fill(presentation_fr="")
    staff.press("Save", within="main")
    staff.sees("The public page needs %(what)s. Withdraw the cluster from the directory first.")
    staff.fill(presentation_fr="Des vanniers et des vannières.")
    staff.press("Save", within="main")
    staff.sees("The cluster is saved.")
    staff.follow("Archive", within="main", context="verb")
    staff.press("Archive", within="main")
    expect(staff.page.locator("#error-summary")).to_be_focused()
    staff.fill(reason="Fin du soutien")
    staff.press("Archive", within="main")
    staff.sees("The cluster is archived.")
    staff.follow("History", within="main")
    staff.says("Fin du soutien")
    answer = visitor.page.goto(address)
    assert answer is not None and answer.status == 404


def enter(staff: Visitor, names: dict[str, str]) -> str:
    """A draft; gives the address of its file."""
    staff.follow("Clusters", within=".rail")
    staff.follow("Enter a cluster", within="main")
    staff.fill(name_fr=names["name_fr"], founded_on="01/01/2199")
    staff.press("Enter the cluster", within="main")
    expect(staff.page.locator("#error-summary")).to_be_focused()
    expect(staff.page.locator("[name=name_fr]")).to_have_value(names["name_fr"])
    staff.fill(**names, kind="craft", founded_on="12/11/2024", presentation_fr="Des vanniers.")
    staff.page.locator("main [name=governorate]").select_option(index=5)
    staff.page.locator("main [name=sectors]").first.check()
    staff.press("Enter the cluster", within="main")
    staff.sees("The cluster is entered as a draft.")
    return staff.page.url.removeprefix(f"{staff.origin}{staff.prefix}")


def add_member(staff: Visitor, file: str) -> None:
    """Looked for, chosen, refused with wrong days, then right."""
    staff.go(f"{file}members/new/")
    staff.page.locator("main [name=q]").fill("exemple")
    staff.press("Search", within="main", context="verb")
    with staff.page.expect_navigation():
        staff.page.locator("main a[href*='organisation=']").first.click()
    staff.fill(starts_on="01/03/2025", ends_on="01/02/2025")
    staff.press("Add the member", within="main")
    staff.sees("A membership ends on or after the day on which it starts.")
    expect(staff.page.locator("[name=starts_on]")).to_have_value("01/03/2025")
    staff.fill(ends_on="")
    staff.press("Add the member", within="main")
    staff.sees("The member is added.")
    expect(staff.page.locator("main tbody tr")).to_have_count(1)
