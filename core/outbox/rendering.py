"""Turning a message's row into words, in its reader's language, with personal links and secrets kept apart.

Templates are rendered with marks in the place of what is personal; the marks become the true addresses in what is
sent, and "[personal link]" in what the row keeps and staff read.
"""

from __future__ import annotations

import copy
import re
import time
from collections.abc import Callable, Hashable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.conf import settings
from django.template import Context, Template
from django.template.loader import get_template
from django.utils import translation
from django.utils.html import escape
from django.utils.translation import gettext

from core.models import Message
from core.outbox.content import Content, kind_of
from core.outbox.tokens import token_for, url_of

LINK_MARK = "https://link.invalid/%s/"
SECRET_MARK = "secret-%s-terces"  # noqa: S105 a place, not a password
PLACE = re.compile(r"[a-z][a-z0-9_]*")
BLANK_LINES = re.compile(r"\n[ \t]*\n\s*\n")


SHARED_SECONDS = 2.0
T = TypeVar("T")


@dataclass
class _Shared:
    values: dict[Hashable, Any] = field(default_factory=dict)
    since: float = field(default_factory=time.monotonic)


_shared: ContextVar[_Shared | None] = ContextVar("outbox_shared", default=None)


@dataclass(frozen=True)
class Words:
    """A subject and the same text twice: plain, and HTML."""

    subject: str
    text: str
    html: str


@dataclass(frozen=True)
class Rendered:
    """What is sent (`true`), what the row keeps (`shown`), and the content that both came from."""

    true: Words
    shown: Words
    content: Content


@contextmanager
def sharing() -> Iterator[None]:
    """Messages of one lot are mostly about the same session: what `shared()` loads inside is loaded once."""
    token = _shared.set(_Shared())
    try:
        yield
    finally:
        _shared.reset(token)


def shared(key: Hashable, load: Callable[[], T]) -> T:
    """For a kind's build(): `load()` once for the messages of a lot, and again after two seconds.

    Only for facts whose change withdraws the messages that tell of them: a withdrawn message is not handed over.
    """
    kept = _shared.get()
    if kept is None:
        return load()
    if time.monotonic() - kept.since > SHARED_SECONDS:
        kept.values, kept.since = {}, time.monotonic()
    if key not in kept.values:
        kept.values[key] = load()
    found: T = kept.values[key]
    return found


def render(message: Message) -> Rendered:
    """Write a message now, in its reader's language. Whatever the kind's build() or the templates raise goes up."""
    with translation.override(message.language):
        content = kind_of(message).build(message)
        marked = _marked(message, content)
        return Rendered(true=_true(message, content, marked), shown=_shown(content, marked), content=content)


def preview(message: Message) -> Words:
    """The words of a message for staff: as they left, or as they would leave now; personal links are hidden."""
    if message.text:
        return Words(message.subject, message.text, message.html)
    return render(message).shown


def example(message: Message, *, language: str) -> Rendered:
    """The very message as it would leave now, to this person, had he chosen `language`; nothing is changed."""
    asked = copy.copy(message)
    asked.language = language
    return render(asked)


def _marked(message: Message, content: Content) -> Words:
    for place in [*content.links, *content.secrets]:
        if not PLACE.fullmatch(place):
            raise ValueError(f"{place!r} cannot name a place in a template")
    context = {
        **content.context,
        "link": {place: LINK_MARK % place for place in content.links},
        "secret": {place: SECRET_MARK % place for place in content.secrets},
        "why": content.why,
        "demo": message.demo,
        "to_name": message.to_name,
        "language": message.language,
        "portal_url": settings.PORTAL_URL,
    }
    return Words(
        subject=" ".join(_fill(f"{content.template}.subject.txt", context, escape=False).split())[:300],
        text=BLANK_LINES.sub("\n\n", _fill(f"{content.template}.txt", context, escape=False)).strip() + "\n",
        html=_fill(f"{content.template}.html", context, escape=True).strip() + "\n",
    )


def _fill(name: str, context: Mapping[str, object], *, escape: bool) -> str:
    """Plain text is never escaped as if it were HTML: a name with an apostrophe keeps it."""
    template: Template = get_template(name).template  # type: ignore[attr-defined]
    return template.render(Context(dict(context), autoescape=escape))


def _true(message: Message, content: Content, words: Words) -> Words:
    urls = {LINK_MARK % place: url_of(token_for(message, place)) for place in content.links}
    plain = {**urls, **{SECRET_MARK % place: value for place, value in content.secrets.items()}}
    html = {mark: escape(value) for mark, value in plain.items()}
    return Words(_replace(words.subject, plain), _replace(words.text, plain), _replace(words.html, html))


def _shown(content: Content, words: Words) -> Words:
    marks = [LINK_MARK % place for place in content.links]
    hidden = {mark: gettext("[personal link]") for mark in marks}
    hidden |= {SECRET_MARK % place: gettext("[hidden]") for place in content.secrets}
    without_address = {f'href="{mark}"': 'href="#"' for mark in [*marks, *(SECRET_MARK % p for p in content.secrets)]}
    html = _replace(_replace(words.html, without_address), hidden)
    return Words(_replace(words.subject, hidden), _replace(words.text, hidden), html)


def _replace(text: str, pairs: Mapping[str, str]) -> str:
    for mark, value in pairs.items():
        text = text.replace(mark, value)
    return text
