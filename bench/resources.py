"""What the portal takes of a machine: migrations, start, memory, weight of its pages."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import dataclass, field

from django.conf import settings
from django.urls import reverse

from accounts.models import User
from bench.client import Browser
from bench.lines import Report, say
from bench.people import browser_of
from bench.server import Server

REQUESTS = 10_000
FIRST = 2_000
"""So many requests warm every cache; what comes after is growth."""
QUIET = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-dev-shm-usage")


def migrate(report: Report) -> None:
    """`migrate` on an empty database, in a process of its own as an operator calls it."""
    command = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
    since = time.perf_counter()
    subprocess.run(command, env=os.environ, check=True)
    report.at_most("migrate on an empty database", rows=0, value=time.perf_counter() - since, unit="s", goal=15)


@dataclass
class Memory:
    """The largest worker's memory over ten thousand requests of every kind."""

    report: Report
    users: dict[str, User]
    rows: int
    requests: int = REQUESTS
    first: int = FIRST
    browsers: list[tuple[Browser, str]] = field(default_factory=list)

    def measure(self, portal: Server) -> None:
        officer = browser_of(self.users["officer"], portal.port)
        nobody = Browser(portal.port)
        self.browsers = [
            (officer, reverse("trainings:registration-index")),
            (officer, reverse("directory:person-list")),
            (officer, reverse("trainings:session-list")),
            *[(nobody, reverse("trainings:certificate-check"))] * 9,
            *[(nobody, reverse("clusters:directory"))] * 8,
        ]
        self._ask(self.first)
        before = portal.memory()
        self._ask(self.requests - self.first)
        after = portal.memory()
        add = self.report
        name = f"memory of a web worker after {self.requests:,} requests"
        add.at_most(name, rows=self.rows, value=after, unit="MB", goal=130)
        add.at_most("its growth after the first fifth", rows=self.rows, value=after - before, unit="MB", goal=3)

    def _ask(self, count: int) -> None:
        for number in range(count):
            browser, path = self.browsers[number % len(self.browsers)]
            browser.get(path)


def weight(report: Report, portal: Server, *, rows: int) -> None:
    """Bytes as they cross the wire in a real browser: the first page of a visitor in each script, and the next one."""
    path = os.environ.get("PORTAL_CHROMIUM")
    if not path:
        say("page weight: not measured, there is no browser")
        return
    from playwright.sync_api import sync_playwright  # noqa: PLC0415  only where there is a browser

    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, args=list(QUIET))
        for language in ("fr", "ar"):
            origin = f"http://localhost:{portal.port}"
            context = browser.new_context()
            context.add_cookies([{"name": settings.LANGUAGE_COOKIE_NAME, "value": language, "url": origin}])
            page = context.new_page()
            sizes: list[int] = []
            page.on("requestfinished", lambda request, sizes=sizes: sizes.append(_bytes(request)))
            page.goto(f"{origin}{reverse('clusters:directory')}", wait_until="networkidle")
            report.at_most(f"first visit, {language}", rows=rows, value=sum(sizes) / 1000, unit="kB", goal=200)
            report.at_most(f"first visit, {language}: requests", rows=rows, value=len(sizes), unit="requests", goal=15)
            sizes.clear()
            page.goto(f"{origin}{reverse('trainings:calendar')}", wait_until="networkidle")
            report.at_most(f"next page, {language}", rows=rows, value=sum(sizes) / 1000, unit="kB", goal=40)
            context.close()
        browser.close()


def _bytes(request: object) -> int:
    """Head and body of an answer as sent; nothing for what the browser had kept."""
    response = request.response()  # type: ignore[attr-defined]
    if response is None or response.from_service_worker:
        return 0
    sizes = request.sizes()  # type: ignore[attr-defined]
    return int(sizes["responseHeadersSize"] + sizes["responseBodySize"])
