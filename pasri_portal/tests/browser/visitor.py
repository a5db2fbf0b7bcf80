"""Somebody in front of the portal: reads and presses what is written, in one language."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO
from itertools import zip_longest
from typing import Any, TypeVar

from django.utils import translation
from playwright.sync_api import Browser, Locator, Page, expect
from pypdf import PdfReader

from core.testing.browser import Looker
from core.testing.smtp import Sink
from pasri_portal.tests.browser.house import House

LOCALES = {"fr": "fr-FR", "ar": "ar-TN", "en": "en-GB"}
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")
LINK = re.compile(r"http://localhost:[0-9]+/l/[^\s>]+")
PATIENCE = 20.0
"""Seconds that anything may take on a busy machine."""

T = TypeVar("T")


class Visitor(Looker):
    """A browser whose person reads `language`: labels are given in English and looked for as the page says them."""

    def __init__(self, browser: Browser, house: House, language: str = "fr", **kwargs: Any) -> None:
        super().__init__(browser, house.url, locale=LOCALES[language], **kwargs)
        self.house = house
        self.language = language
        self.prefix = "" if language == "fr" else f"/{language}"
        self.context.set_default_timeout(PATIENCE * 1000)

    def word(self, english: str, context: str | None = None) -> str:
        """A text of the interface in the visitor's language."""
        with translation.override(self.language):
            found = translation.pgettext(context, english) if context else translation.gettext(english)
        return str(found)

    def go(self, path: str) -> Page:
        """Open an address of the visitor's language, or a full one; the page is in that language."""
        url = path if path.startswith("http") else f"{self.origin}{self.prefix}{path}"
        self.page.goto(url)
        self.check_language()
        return self.page

    def check_language(self) -> None:
        direction = "rtl" if self.language == "ar" else "ltr"
        expect(self.page.locator("html")).to_have_attribute("lang", self.language)
        expect(self.page.locator("html")).to_have_attribute("dir", direction)

    def sign_in(self, role: str) -> None:
        email, password = self.house.accounts[role]
        self.go("/accounts/login/")
        self.fill(login=email, password=password)
        with self.page.expect_navigation(url=lambda url: "/login" not in url):
            self.button("Sign in", within="main").click()
        if self.language != "fr":  # the account's own language decides where signing in leads
            self.go("/home/")

    def button(self, english: str, *, within: str | Locator = "body", context: str | None = None) -> Locator:
        place = self.page.locator(within) if isinstance(within, str) else within
        return place.get_by_role("button", name=self.word(english, context), exact=True)

    def link(self, english: str, *, within: str | Locator = "body", context: str | None = None) -> Locator:
        place = self.page.locator(within) if isinstance(within, str) else within
        return place.get_by_role("link", name=self.word(english, context), exact=True)

    def press(self, english: str, **where: Any) -> None:
        """Press a button and wait for the page that follows."""
        with self.page.expect_navigation():
            self.button(english, **where).first.click()
        self.check_language()

    def follow(self, english: str, **where: Any) -> None:
        """Follow a link and wait for its page."""
        with self.page.expect_navigation():
            self.link(english, **where).first.click()
        self.check_language()

    def fill(self, **values: str) -> None:
        """Type into fields by their names; options of a list are chosen by their value."""
        for name, value in values.items():
            field = self.page.locator(f"main [name='{name}']:not([type=hidden])").first
            if field.evaluate("e => e.tagName") == "SELECT":
                field.select_option(value)
            else:
                field.fill(value)

    def choose(self, name: str, text: str) -> None:
        """Choose the option of a list that bears this text."""
        self.page.locator(f"main select[name='{name}']").select_option(label=text)

    def tick(self, name: str, value: str = "") -> None:
        chosen = f"[value='{value}']" if value else ""
        self.page.locator(f"main [name='{name}']{chosen}").first.check()

    def open_at(self, selector: str) -> None:
        """Press the first button, or follow the first link, there, and wait for the page that follows."""
        with self.page.expect_navigation():
            self.page.locator(selector).first.click()
        self.check_language()

    def is_told(self, field: str, english: str) -> None:
        """The form came back: its summary has the focus, and the sentence stands beside the field."""
        expect(self.page.locator("#error-summary")).to_be_focused()
        self.sees(english, within=f"#div_id_{field}")

    def link_in_mail(self, sink: Sink, address: str, subject: str) -> str:
        """The personal link of the newest mail to an address under this subject, once it has come."""
        words = re.compile(_as_pattern(self.word(subject), {}))

        def newest() -> str | None:
            found = [mail.text for mail in sink.to(address) if words.search(str(mail.mail["Subject"]))]
            link = LINK.search(found[-1]) if found else None
            return link[0] if link else None

        return wait_for(newest, f"a mail to {address} under {words.pattern!r}")

    def read_pdf(self, link: Locator) -> str:
        """The text of the PDF to which a visible link leads, downloaded with the visitor's own cookies."""
        expect(link).to_be_visible()
        answer = self.context.request.get(f"{self.origin}{link.get_attribute('href')}")
        assert answer.headers["content-type"] == "application/pdf", answer.status
        return "\n".join(page.extract_text() for page in PdfReader(BytesIO(answer.body())).pages)

    def sees(self, english: str, *, context: str | None = None, within: str = "body", **values: Any) -> None:
        """The page says this sentence; its placeholders are filled, or else stand for anything."""
        pattern = re.compile(_as_pattern(self.word(english, context), values))
        expect(self.page.locator(within).first).to_contain_text(pattern)

    def says(self, text: str, *, within: str = "body") -> None:
        """The page bears these very words."""
        expect(self.page.locator(within).first).to_contain_text(text)


def of_day(days: int, hour: str = "") -> str:
    """A day counted from today, as one types it, perhaps with its hour."""
    day = date.today() + timedelta(days=days)  # noqa: DTZ011  (about then will do)
    return f"{day:%d/%m/%Y} {hour}".strip()


def _as_pattern(text: str, values: dict[str, Any]) -> str:
    """A sentence of the catalogue as a pattern: any white space between words, its placeholders filled or free."""
    pieces = PLACEHOLDER.split(text.strip())
    found = [r"\s+".join(map(re.escape, re.split(r"\s+", piece))) for piece in pieces[::2]]
    filled = [re.escape(str(values[name])) if name in values else ".+?" for name in pieces[1::2]]
    return "".join(part for pair in zip_longest(found, filled, fillvalue="") for part in pair)


def wait_for(ask: Callable[[], T | None], what: str, *, seconds: float = PATIENCE) -> T:
    """Ask until there is an answer; `what` is said when there is none."""
    deadline = time.monotonic() + seconds
    while not (answer := ask()):
        assert time.monotonic() < deadline, f"{what}: not in {seconds:.0f} s"
        time.sleep(0.05)
    return answer
