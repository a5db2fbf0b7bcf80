"""Addresses of the lines of a list: the pattern is looked up once, not once a line."""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import quote

from django.urls import reverse
from django.utils.translation import get_language

PLACE = "404140404140"
"""Stands for the argument in the kept pattern; digits alone, so that every converter takes it."""


def address(name: str, argument: object) -> str:
    """The address of `name` with its one argument (a number, a slug, a token) in the page's language."""
    return _pattern(name, get_language() or "").replace(PLACE, quote(str(argument), safe=""))


@lru_cache(maxsize=512)
def _pattern(name: str, language: str) -> str:
    return reverse(name, args=[PLACE])
