"""Every page against the floor: the median of both, measured turn about in the same minute."""

from __future__ import annotations

import statistics
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from bench import names
from bench.client import Browser, median_ms
from bench.lines import Report
from bench.people import browser_of, cookies_of
from bench.server import Server
from directory.models import Organisation
from trainings.models import Session

LIST, SEARCH, DETAIL, EVERYTHING, PUBLIC = 3.0, 4.0, 3.0, 6.0, 2.0
GROWTH = 1.3
QUERIES = 12
TURNS = 4


@dataclass(frozen=True)
class Page:
    """A page: its name in the report, who asks, where it is at a size, and how many times the floor it may cost."""

    name: str
    role: str
    address: Callable[[int], str]
    goal: float
    counted: bool = False


@dataclass
class Pages:
    """The pages at each size; keeps the medians of the smallest for the growth."""

    report: Report
    users: dict[str, User]
    times: int = 6
    first: dict[str, float] = field(default_factory=dict)

    def measure(self, portal: Server, floor: Server, *, rows: int, last: bool) -> None:
        """One line a page and size: times the floor; at the last size also milliseconds, queries and growth."""
        bare = Browser(floor.port)
        browsers = {role: browser_of(user, portal.port) for role, user in self.users.items()}
        browsers[""] = Browser(portal.port)
        for page in all_pages():
            path = page.address(rows)
            browser = browsers[page.role]
            median_ms(browser, path, times=3)  # warm
            theirs, ours = [], []
            for _turn in range(TURNS):
                theirs.append(median_ms(bare, "/", times=self.times))
                ours.append(median_ms(browser, path, times=self.times))
            value, base = statistics.median(ours), statistics.median(theirs)
            ratio = value / base
            self.report.at_most(page.name, rows=rows, value=ratio, unit="× floor", goal=page.goal)
            self.report.figure(f"{page.name}, p50", rows=rows, value=value, unit="ms")
            if page.counted:
                self._count(page, path, rows)
            grown = self.first.setdefault(page.name, ratio)
            if last and grown is not ratio:
                self.report.at_most(f"{page.name}, growth", rows=rows, value=ratio / grown, unit="×", goal=GROWTH)
        for browser in (*browsers.values(), bare):
            browser.close()

    def _count(self, page: Page, path: str, rows: int) -> None:
        client = Client(headers={"host": "localhost"})
        for name, value in cookies_of(self.users[page.role]).items():
            client.cookies[name] = value
        client.get(path)
        with CaptureQueriesContext(connection) as queries:
            client.get(path)
        self.report.at_most(f"{page.name}, queries", rows=rows, value=len(queries), unit="queries", goal=QUERIES)


def all_pages() -> list[Page]:
    """Every page that is measured."""
    return [*_lists(), *_searches(), *_details(), *_public()]


def _lists() -> list[Page]:
    def at(name: str) -> Callable[[int], str]:
        return lambda rows: reverse(name)

    return [
        Page("list: registrations", "officer", at("trainings:registration-index"), LIST, True),
        Page("list: registrations of a session", "officer", _of_session("registration-list"), LIST, True),
        Page("list: persons", "officer", at("directory:person-list"), LIST, True),
        Page("list: sessions", "officer", at("trainings:session-list"), LIST, True),
        Page("list: messages", "officer", at("notifications:message-list"), LIST, True),
    ]


def _searches() -> list[Page]:
    """A fragment of the name of a row in the middle; in messages, which bear no Arabic name, of an address."""
    french = lambda rows: names.family_fragment(rows // 4)  # noqa: E731
    arabic = lambda rows: names.family_fragment(rows // 4, in_arabic=True)  # noqa: E731
    found = []
    for what, name in (("registrations", "trainings:registration-index"), ("persons", "directory:person-list")):
        found.append(Page(f"search in {what}, French", "officer", _searched(name, french), SEARCH))
        found.append(Page(f"search in {what}, Arabic", "officer", _searched(name, arabic), SEARCH))
    sessions = lambda rows: names.latin(max(rows // 100, 1) * 3).split()[1].lower()  # noqa: E731
    sessions_ar = lambda rows: names.arabic(max(rows // 100, 1) * 3).split()[1]  # noqa: E731
    found.append(Page("search in sessions, French", "officer", _searched("trainings:session-list", sessions), SEARCH))
    found.append(
        Page("search in sessions, Arabic", "officer", _searched("trainings:session-list", sessions_ar), SEARCH)
    )
    found.append(Page("search in messages", "officer", _searched("notifications:message-list", french), SEARCH))
    found.append(Page("search over everything", "officer", _searched("search", french), EVERYTHING))
    return found


def _details() -> list[Page]:
    def one(name: str, part: int) -> Callable[[int], str]:
        return lambda rows: reverse(name, args=[max(rows // part, 1)])

    return [
        Page("detail: registration", "officer", one("trainings:registration-detail", 2), DETAIL, True),
        Page("detail: person", "officer", one("directory:person-detail", 4), DETAIL, True),
        Page("detail: session", "officer", _of_session("session-detail"), DETAIL, True),
        Page("detail: attendance of a session", "officer", _of_session("attendance-tab"), DETAIL, True),
        Page("detail: message", "officer", one("notifications:message-detail", 2), DETAIL, True),
        Page("detail: organisation", "officer", _organisation, DETAIL, True),
        Page("home of staff", "officer", lambda rows: reverse("home"), DETAIL, True),
        Page("home of a trainer", "trainer", lambda rows: reverse("home"), DETAIL, True),
        Page("the room on a phone", "trainer", lambda rows: reverse("trainings:room-half-day", args=[1]), DETAIL, True),
    ]


def _public() -> list[Page]:
    return [
        Page("public: session", "", _of_session("session-public"), PUBLIC),
        Page("public: calendar", "", lambda rows: reverse("trainings:calendar"), PUBLIC),
        Page("public: directory", "", lambda rows: reverse("clusters:directory"), PUBLIC),
        Page("public: certificate check", "", lambda rows: reverse("trainings:certificate-check"), PUBLIC),
    ]


def _of_session(name: str) -> Callable[[int], str]:
    """A page of the fifth session, which is to come and full."""
    return lambda rows: reverse(f"trainings:{name}", args=[Session.objects.get(pk=5).slug])


def _organisation(rows: int) -> str:
    newest = Organisation.objects.order_by("-pk").values_list("pk", flat=True)[0]
    return reverse("directory:organisation-detail", args=[newest])


def _searched(name: str, words: Callable[[int], str]) -> Callable[[int], str]:
    return lambda rows: reverse(name) + "?" + urlencode({"q": words(rows)})
