"""A copy of a mail's HTML that can stand in a page: its words and their order, none of its styles, scripts or links.

Mail readers ask for inline styles and tables; the portal's pages allow neither. What is not named here is left out.
"""

from __future__ import annotations

from html.parser import HTMLParser

from django.conf import settings
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

KEPT = {
    "p": "p",
    "ul": "ul",
    "ol": "ol",
    "li": "li",
    "strong": "strong",
    "b": "strong",
    "em": "em",
    "bdi": "bdi",
    "span": "span",
    "div": "div",
    "h1": "h3",
    "h2": "h4",
    "h3": "h5",
    "td": "div",
}
ROW = '<div class="row-flex">'
DROPPED = frozenset({"head", "style", "script", "title"})
VOID = frozenset({"br", "hr", "img", "meta", "link", "input"})
LANGUAGES = frozenset({"fr", "ar", "en"})


def safe_copy(html: str, *, with_links: bool = False) -> SafeString:
    """The mail's words as HTML of ours; with `with_links`, links to this portal still lead there."""
    copier = _Copier(with_links=with_links)
    copier.feed(html)
    copier.close()
    return mark_safe("".join(copier.parts))  # noqa: S308 built from escaped text and tags named above


class _Copier(HTMLParser):
    def __init__(self, *, with_links: bool) -> None:
        super().__init__(convert_charrefs=True)
        self.with_links = with_links
        self.parts: list[str] = []
        self.open: list[tuple[str, str]] = []
        self.hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag in VOID:
            if tag == "br" and not self.hidden:
                self.parts.append("<br>")
            return
        hides = tag in DROPPED or "display:none" in values.get("style", "").replace(" ", "")
        start, end = ("", "") if hides or self.hidden else self._tags(tag, values)
        self.parts.append(start)
        self.open.append((tag, "\x00" if hides else end))
        self.hidden += hides

    def _tags(self, tag: str, values: dict[str, str]) -> tuple[str, str]:
        if tag == "tr":
            return ROW, "</div>"
        if tag == "a":
            href = values.get("href", "")
            if self.with_links and href.startswith(f"{settings.PORTAL_URL}/"):
                return f'<a href="{escape(href)}">', "</a>"
            return '<span class="strong">', "</span>"
        if tag not in KEPT:
            return "", ""
        name = KEPT[tag]
        extra = f' lang="{values["lang"]}"' if values.get("lang") in LANGUAGES else ""
        extra += f' dir="{values["dir"]}"' if values.get("dir") in {"ltr", "rtl", "auto"} else ""
        return f"<{name}{extra}>", f"</{name}>"

    def handle_endtag(self, tag: str) -> None:
        if tag not in [name for name, _ in self.open]:
            return
        while self.open:
            name, end = self.open.pop()
            if end == "\x00":
                self.hidden -= 1
            else:
                self.parts.append(end)
            if name == tag:
                return

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.parts.append(escape(data))

    def close(self) -> None:
        super().close()
        while self.open:
            self.handle_endtag(self.open[-1][0])
