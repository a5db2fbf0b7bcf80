"""The drawings of `static/portal/img/icons.svg`, inlined: no extra request, and they take the colour of their text."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from pathlib import Path

from django.contrib.staticfiles import finders
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from core.ui.props import refuse

SPRITE = "portal/img/icons.svg"
POINTS_ALONG = frozenset({"next", "prev"})
"""Icons that point along the line of reading, and so turn in a page from right to left."""

_SYMBOL = re.compile(r'<symbol id="([is])-([a-z0-9]+)" viewBox="[0-9 ]+">(.*?)</symbol>', re.DOTALL)


@cache
def _drawings(kind: str) -> dict[str, SafeString]:
    found = finders.find(SPRITE)
    if not isinstance(found, str):
        raise FileNotFoundError(SPRITE)
    symbols = _SYMBOL.findall(Path(found).read_text(encoding="utf-8"))
    return {name: mark_safe(body) for letter, name, body in symbols if letter == kind}  # noqa: S308 our own file


@cache
def icon_names() -> list[str]:
    """Names that `{% icon %}` knows."""
    return sorted(_drawings("i"))


@cache
def glyph_names() -> list[str]:
    """Names that `{% state %}` knows."""
    return sorted(_drawings("s"))


@lru_cache(maxsize=512, typed=True)
def icon(name: str, *, label: str = "", flip: bool = False, css: str = "") -> SafeString:
    """One 20 px icon; decorative beside a word, or with `label` as its hidden word."""
    drawing = _drawings("i").get(name)
    if drawing is None:
        refuse(f"{{% icon %}}: no icon {name!r} in {SPRITE}")
        return SafeString("")
    turns = " icon-flip" if flip or name in POINTS_ALONG else ""
    svg = format_html(
        '<svg class="icon{}{}" viewBox="0 0 20 20" aria-hidden="true" focusable="false">{}</svg>',
        turns,
        f" {css}" if css else "",
        drawing,
    )
    return format_html('{}<span class="visually-hidden">{}</span>', svg, label) if label else svg


@cache
def glyph(name: str) -> SafeString:
    """One 16 px state glyph, always beside a word."""
    drawing = _drawings("s").get(name)
    if drawing is None:
        refuse(f"no state glyph {name!r} in {SPRITE}")
        return SafeString("")
    return format_html('<svg viewBox="0 0 16 16" aria-hidden="true" focusable="false">{}</svg>', drawing)
