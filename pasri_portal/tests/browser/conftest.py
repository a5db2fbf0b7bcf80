"""A portal for each kind of visit, and somebody's browser on it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser

from core.testing.smtp import Sink
from launcher.state import CHECKOUT
from pasri_portal.tests.browser.house import House, Model, house, model
from pasri_portal.tests.browser.visitor import Visitor

FAILURES = CHECKOUT / "var" / "browser"
"""Pictures of the pages at which a test failed; the state folder of the tests is gone when they are over."""

Visit = Callable[..., Visitor]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """A failed test leaves a picture of every page that it had open."""
    report = yield
    if report.when == "call" and report.failed:
        for number, one in enumerate(getattr(item, "visitors", []), 1):
            FAILURES.mkdir(parents=True, exist_ok=True)
            picture = FAILURES / f"{item.name.replace('/', '-')}-{number}.png"
            one.page.screenshot(path=picture, full_page=True)
            report.sections.append(("page", f"{one.page.url}\n{picture}"))
    return report


@pytest.fixture(scope="session")
def own_name() -> str:
    """Begins the names of the databases; one for each process of the tests."""
    given = urlsplit(os.environ["DATABASE_URL"]).path.strip("/")
    return f"{given}_browser_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"


@pytest.fixture(scope="session")
def prepared(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Model]:
    """Asks for the browser first: without one, nothing is prepared."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base
    name = urlsplit(os.environ["DATABASE_URL"]).path.strip("/")
    with model(shared / "model", name=f"{name}_browser_model") as made:
        yield made


@pytest.fixture(scope="session")
def sink() -> Iterator[Sink]:
    """The mail server of the journeys."""
    with Sink() as server:
        yield server


@pytest.fixture(scope="session")
def portal(prepared: Model, own_name: str, sink: Sink, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """The portal of the journeys: its mail leaves by SMTP and arrives in the sink."""
    folder = tmp_path_factory.mktemp("portal")
    with house(prepared, folder, name=f"{own_name}_portal", broker=2, email_url=sink.url) as running:
        yield running


@pytest.fixture(scope="module")
def demo(prepared: Model, own_name: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """The demonstration exactly as `up` gives it: no mail leaves, it is read in the portal."""
    with house(prepared, tmp_path_factory.mktemp("demo"), name=f"{own_name}_demo", broker=3) as running:
        yield running


@pytest.fixture
def visit(request: pytest.FixtureRequest, chromium: Browser, portal: House) -> Iterator[Visit]:
    """`visit("ar", width=390)`: somebody's browser on the portal. What it complains about fails the test."""
    visitors: list[Visitor] = []
    request.node.visitors = visitors

    def come(language: str = "fr", **kwargs: int) -> Visitor:
        visitors.append(Visitor(chromium, portal, language, **kwargs))
        return visitors[-1]

    yield come
    complaints = [complaint for one in visitors for complaint in one.complaints]
    for one in visitors:
        one.close()
    assert complaints == []
