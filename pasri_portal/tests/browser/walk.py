"""A walk through the portal: every page that is looked at, what is wrong with it, and which templates made it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.urls import resolve, reverse, translate_url
from playwright.sync_api import Browser, Response

from pasri_portal.tests.browser.house import House
from pasri_portal.tests.browser.pages import OBJECTS, Page
from pasri_portal.tests.browser.visitor import Visitor
from pasri_portal.tests.browser.watching import HEADER

NARROW = (390, 320)
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


class Walk:
    """Visitors of several roles, each signed in once; `faults` says all that is wrong, page by page."""

    def __init__(self, browser: Browser, house: House) -> None:
        self.browser = browser
        self.house = house
        self.objects = dict(OBJECTS)
        self.people: dict[tuple[str, str], Visitor] = {}
        self.stored: dict[str, Any] = {}
        self.faults: list[str] = []
        self.templates: set[str] = set()
        self.seen: dict[str, list[str]] = {}

    def person(self, role: str, *, language: str = "fr", width: int = 1280, theme: str = "light") -> Visitor:
        """Somebody of this role, signed in once whatever the width and theme."""
        key = (role, f"{language}-{width}-{theme}")
        if key not in self.people:
            if role and role not in self.stored:
                first = Visitor(self.browser, self.house, "fr")
                first.sign_in(role)
                self.stored[role] = first.context.storage_state()
                first.close()
            self.people[key] = self._come(language, width=width, theme=theme, storage=self.stored.get(role))
        return self.people[key]

    def newcomer(self, host: str = "localhost") -> Visitor:
        """Somebody who was never here."""
        one = self._come("fr")
        one.origin = one.origin.replace("localhost", host)
        self.people["newcomer", str(len(self.people))] = one
        return one

    def _come(self, language: str, **kwargs: Any) -> Visitor:
        one = Visitor(self.browser, self.house, language, **kwargs)
        one.page.on("response", self._note_templates)
        return one

    def _note_templates(self, response: Response) -> None:
        if response.request.is_navigation_request() and response.status not in range(300, 400):
            self.templates |= set(response.headers.get(HEADER.lower(), "").split())

    def url(self, page: Page, language: str = "fr") -> str:
        args = [self.object(arg) if arg in self.objects else arg for arg in page.args]
        path = reverse(page.name, args=args)
        return translate_url(path, language) + (f"?{page.query}" if page.query else "")

    def object(self, name: str | int) -> Any:
        rows = self.house.look_up(self.objects[str(name)])
        assert rows, f"the demonstration has no {name}"
        return rows[0][0]

    def look(self, person: Visitor, *, status: int = 200, answer: Response | None = None) -> None:
        """What is wrong with the page that the person has before them, here and on narrow screens."""
        path = urlsplit(person.page.url).path
        size = person.page.viewport_size
        assert size is not None
        name = f"{person.page.url.removeprefix(person.origin)} ({size['width']})"
        found = person.look()
        if answer is not None and answer.status != status:
            found.append(f"answers {answer.status}")
        if person.page.evaluate("[document.documentElement.lang, document.documentElement.dir].join()") != (
            f"{person.language},{'rtl' if person.language == 'ar' else 'ltr'}"
        ):
            found.append("html has another lang or dir")
        for width in NARROW:
            if width < size["width"]:
                person.page.set_viewport_size({"width": width, "height": size["height"]})
                if (beyond := person.page.evaluate(SIDEWAYS)) > 0:
                    found.append(f"scrolls sideways by {beyond} px at {width} px")
        person.page.set_viewport_size(size)
        self.faults += [f"{name}: {fault}" for fault in found]
        person.complaints.clear()
        self.seen.setdefault(_name_of(path), []).append(name)

    def open(self, page: Page, **kwargs: Any) -> None:
        person = self.person(page.role, **kwargs)
        answer = person.page.goto(person.origin + self.url(page, person.language))
        self.look(person, answer=answer)

    def look_at(self, person: Visitor, *names: str) -> None:
        """Pages that need no object, opened by one person."""
        for name in names:
            person.go(reverse(name))
            self.look(person)

    def step(self, name: str, act: Callable[[], None]) -> None:
        """One way through several pages; where it breaks, the others go on."""
        try:
            act()
        except Exception as error:
            self.faults.append(f"{name}: {str(error).strip().splitlines()[0]}")

    def close(self) -> None:
        for person in self.people.values():
            person.close()


def _name_of(path: str) -> str:
    """The URL name of an address; empty for one that leads nowhere."""
    try:
        return resolve(path).view_name
    except Exception:
        return ""
