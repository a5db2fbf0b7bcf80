"""A test client that looks at every page that it gets."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

from django.test import Client
from django.utils import translation

IDS = re.compile(r'\sid="([^"]*)"')
INLINE = re.compile(r"<[a-z][^>]*\s(?:style|on[a-z]+)=|<style|<script(?![^>]*\ssrc=)[^>]*>", re.IGNORECASE)
EMPTY_LINK = re.compile(r'<a\s[^>]*href=""')
LEFTOVER = re.compile(r"\{%|\{\{|%\([a-z_]+\)[sd]")


class StrictClient(Client):
    """Fails on a page with the same id twice, inline script or style, an empty link, or a piece of a template."""

    def request(self, **request: Any) -> Any:
        with translation.override(translation.get_language()):  # a request leaves its language behind
            response: Any = super().request(**request)
        if (
            response.status_code != 500
            and response.get("Content-Type", "").startswith("text/html")
            and not response.streaming
        ):
            check_page(response.content.decode(), where=str(request.get("PATH_INFO", "")))
        return response


def check_page(html: str, *, where: str = "") -> None:
    """Raise AssertionError with what is wrong on a page."""
    twice = [name for name, n in Counter(IDS.findall(html)).items() if n > 1]
    if twice:
        raise AssertionError(f"{where}: id used twice: {', '.join(twice)}")
    for what, pattern in (
        ("inline script or style", INLINE),
        ("empty link", EMPTY_LINK),
        ("piece of a template", LEFTOVER),
    ):
        found = pattern.search(html)
        if found:
            around = html[max(0, found.start() - 60) : found.end() + 60]
            raise AssertionError(f"{where}: {what}: …{around}…")
    if html.lstrip()[:9].lower() == "<!doctype" and not re.search(r'<html lang="\w+" dir="(ltr|rtl)"', html):
        raise AssertionError(f"{where}: the page does not say its language and direction")
