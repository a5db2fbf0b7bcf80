"""A real browser for tests: `chromium` (a session's browser), `Looker` (one page that is watched).

A plugin of the whole suite (see the root conftest): the driver runs once in a process. Tests carry
`@pytest.mark.browser`; without a browser on the machine they are skipped with the reason.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, Page, Request, Response, StorageState, ViewportSize, sync_playwright

NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]
AXE = Axe()
VIOLATIONS = {"resultTypes": ["violations"]}
"""What passes is counted, not listed: half the time."""

NO_BROWSER = "no browser: "
STATUS_LINE = "the server responded with a status of"
TELL_REFUSALS = """
addEventListener("securitypolicyviolation", event =>
  console.error(`policy: ${event.violatedDirective} refuses ${event.blockedURI}, ${event.sourceFile}`));
"""


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """One line says how many tests were skipped for want of a browser, and why there is none."""
    places = [report.longrepr for report in terminalreporter.stats.get("skipped", [])]
    reasons = [str(place[2]).partition(NO_BROWSER)[2] for place in places if NO_BROWSER in str(place)]
    if reasons:
        terminalreporter.write_line(f"{len(reasons)} browser tests were skipped: {reasons[0]}")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The machine's own Chromium; nothing is downloaded."""
    path = os.environ.get("PORTAL_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        why = os.environ.get("PORTAL_NO_BROWSER") or "no chromium on this machine (PORTAL_CHROMIUM names one)"
        pytest.skip(NO_BROWSER + why)
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # the driver runs a loop in this thread
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, args=QUIET)
        yield browser
        browser.close()


class Looker:
    """A page of one visitor, and everything that it complained about.

    Heard: errors and warnings of the console, scripts that fail, what the policy refuses, requests that leave the
    origin, answers of 500 and above.
    """

    def __init__(
        self,
        browser: Browser,
        origin: str,
        *,
        width: int = 1280,
        locale: str = "fr-FR",
        theme: str = "",
        session: str = "",
        storage: StorageState | None = None,
    ) -> None:
        self.origin = origin
        self.complaints: list[str] = []
        self.expected: tuple[str, ...] = ()
        size: ViewportSize = {"width": width, "height": 900}
        self.context = browser.new_context(viewport=size, locale=locale, storage_state=storage)
        cookies = {"theme": theme, "sessionid": session}
        self.context.add_cookies([{"name": k, "value": v, "url": origin} for k, v in cookies.items() if v])
        self.context.add_init_script(TELL_REFUSALS)
        self.page: Page = self.context.new_page()
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.complaints.append(f"error: {error}"))
        self.page.on("request", self._asked)
        self.page.on("response", self._answered)

    def _heard(self, message: Any) -> None:
        known = any(part in message.text for part in (STATUS_LINE, *self.expected))
        if message.type in {"error", "warning"} and not known:
            self.complaints.append(message.text)

    def _asked(self, request: Request) -> None:
        if not request.url.startswith((self.origin, "data:", "blob:")):
            self.complaints.append(f"request elsewhere: {request.url}")

    def _answered(self, response: Response) -> None:
        line = f"{response.status} {response.request.method} {response.url}"
        if response.status >= 500 and not any(part in line for part in self.expected):
            self.complaints.append(line)

    @contextmanager
    def expecting(self, *parts: str) -> Iterator[None]:
        """Complaints that bear one of these texts are meant, as long as it lasts."""
        self.expected = parts
        try:
            yield
        finally:
            self.expected = ()

    def open(self, path: str) -> Page:
        self.page.goto(self.origin + path)
        return self.page

    def look(self) -> list[str]:
        """What is wrong with the page as it stands: axe, sideways scroll, console, foreign requests."""
        violations = AXE.run(self.page, options=VIOLATIONS).response["violations"]
        found = [f"{v['id']}: {v['nodes'][0]['html'][:160]}" for v in violations]
        beyond = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if beyond > 0:
            found.append(f"the page scrolls sideways by {beyond} px")
        return found + self.complaints

    def close(self) -> None:
        self.context.close()
