"""Small marks in a line or a cell: state, badge, capacity, due date, half-days, a name from someone's hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext, ngettext, pgettext

from core.formats import phone
from core.formats import tax_number as grouped_tax_number
from core.ui.icons import glyph, glyph_names, icon
from core.ui.props import one_of, refuse
from core.ui.when import day_and_month

TONES = frozenset({"", "live", "soon", "done", "late", "shut"})
BADGE_TONES = frozenset({"", "late", "soon", "done", "sea"})
BAR_TONES = frozenset({"v", "late", "soon", "done", "2"})
SOON = 7


@dataclass(frozen=True)
class Look:
    """How a state looks: its tone (colour helps only) and its glyph (the shape)."""

    tone: str = ""
    glyph: str = "ring"


def state(thing: object, label: str = "", tone: str | None = None, shape: str | None = None) -> SafeString:
    """A glyph and a word.

    `thing` is an enum member with `.label` and `.look`, a model with `get_state_display()` and `state_look`,
    or simply the word; `label`, `tone` and `shape` overrule what it says.
    """
    look = getattr(thing, "state_look", None) or getattr(thing, "look", None) or Look()
    return _state(label or _word(thing), look.tone if tone is None else tone, look.glyph if shape is None else shape)


@lru_cache(maxsize=1024, typed=True)
def _state(word: str, tone: str, shape: str) -> SafeString:
    """A list shows the same few states on every line: each is written once."""
    tone = one_of("state", "tone", tone, TONES)
    shape = one_of("state", "glyph", shape, glyph_names(), "ring")
    return format_html('<span class="state{}">{}{}</span>', f" is-{tone}" if tone else "", glyph(shape), word)


@cache
def _state_labels(model: type[models.Model]) -> Mapping[object, object]:
    """The words of a model's states: Django's own `get_state_display` makes this table at each call."""
    field: models.Field[object, object] = model._meta.get_field("state")  # type: ignore[assignment]
    return dict(field.flatchoices)


def _word(thing: object) -> str:
    if isinstance(thing, models.Model):
        code = getattr(thing, "state", "")
        if known := _state_labels(type(thing)).get(code):
            return str(known)
    display = getattr(thing, "get_state_display", None)
    if callable(display):
        return str(display())
    word = str(getattr(thing, "label", thing))
    if not word:
        refuse("{% state %} without a word: a colour or a shape alone says nothing")
    return word


def badge(text: object, tone: str = "", icon_name: str = "") -> SafeString:
    """A short word in a box; with an icon where it warns."""
    tone = one_of("badge", "tone", tone, BADGE_TONES)
    drawing = format_html("{} ", icon(icon_name)) if icon_name else ""
    return format_html('<span class="badge{}">{}{}</span>', f" badge-{tone}" if tone else "", drawing, text)


def cap(value: int, total: int | None, tone: str = "v") -> SafeString:
    """A bar with its numbers: "28 / 30", in Arabic "28 من 30"; without a total, the number alone."""
    if value < 0 or (total is not None and total < 0):
        refuse(f"{{% cap %}}: {value} of {total}")
    if total is None:
        return format_html('<span class="nowrap">{}</span>', value)
    if tone == "v" and value >= total > 0:
        tone = "2"
    tone = one_of("cap", "tone", tone, BAR_TONES, "v")
    share = 0 if total <= 0 else max(0.0, min(100.0, 100 * value / total))
    # Translators: a number out of a total, for example 28 / 30
    numbers = gettext("%(value)s / %(total)s") % {"value": value, "total": total}
    return mark_safe(  # noqa: S308  a tone of ours and numbers
        '<span class="cap"><svg class="bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">'
        f'<rect class="bar-t" width="100" height="6"/><rect class="bar-{tone}" width="{share:.1f}" height="6"/></svg>'
        f'<span class="nowrap">{conditional_escape(numbers)}</span></span>'
    )


def due(day: dt.date | dt.datetime, now: dt.date | dt.datetime, done: bool = False) -> SafeString:
    """A due date with how far it is: late, today, within a week in words; further away the date alone."""
    on, today = _local_date(day), _local_date(now)
    left = (on - today).days
    shown = day_and_month(on, today)
    if done or left > SOON:
        return format_html('<span class="due">{}</span>', shown)
    if left < 0:
        words = ngettext("%(n)s day late", "%(n)s days late", -left) % {"n": -left}
        return format_html('<span class="due is-late">{}<small>{}</small></span>', shown, words)
    words = gettext("today") if left == 0 else ngettext("in %(n)s day", "in %(n)s days", left) % {"n": left}
    return format_html('<span class="due is-soon">{}<small>{}</small></span>', shown, words)


def _local_date(value: dt.date | dt.datetime) -> dt.date:
    return timezone.localdate(value) if isinstance(value, dt.datetime) else value


@dataclass(frozen=True)
class Mark:
    """One of the four looks of an attendance mark: letter, word, class."""

    letter: str
    word: str
    css: str


def marks() -> dict[str, Mark]:
    """The four attendance marks by code, in the language of the page."""
    return {
        "none": Mark("·", gettext("not marked"), "n"),
        "present": Mark(pgettext("attendance letter", "P"), gettext("present"), "p"),
        "absent": Mark(pgettext("attendance letter", "A"), gettext("absent"), "a"),
        "excused": Mark(pgettext("attendance letter", "E"), gettext("excused"), "e"),
    }


def halves(codes: Iterable[str]) -> SafeString:
    """One square a half-day; read out as words, and explained by `{% halves_key %}` beside the table."""
    return _halves(tuple(map(str, codes)), get_language() or "")


@lru_cache(maxsize=4096)
def _halves(codes: tuple[str, ...], language: str) -> SafeString:
    """Most people of a table have the same marks."""
    known = marks()
    cells = [known[one_of("halves", "code", code or "none", known, "none")] for code in codes]
    squares = format_html_join("", '<i class="{}" aria-hidden="true">{}</i>', ((c.css, c.letter) for c in cells))
    # Translators: the comma between words of a list
    words = pgettext("list", ", ").join(c.word for c in cells)
    return format_html('<span class="halves" role="img" aria-label="{}">{}</span>', words, squares)


def halves_key() -> SafeString:
    """What the four letters mean."""
    items = format_html_join(
        "",
        '<li><span class="halves" aria-hidden="true"><i class="{}">{}</i></span>{}</li>',
        ((m.css, m.letter, m.word) for m in marks().values()),
    )
    return format_html('<ul class="keyline">{}</ul>', items)


def bdi(value: object, code: bool = False, lang: str = "", missing: bool = False) -> SafeString:
    """A name or a code that keeps its own direction; with `missing`, what is not known is said in words."""
    if value in (None, ""):
        return format_html('<span class="fine">{}</span>', gettext("not documented")) if missing else SafeString("")
    text: Any = value
    if code:
        return mark_safe(f'<bdi class="code">{conditional_escape(text)}</bdi>')  # noqa: S308  escaped here
    if lang:
        return format_html('<bdi lang="{}">{}</bdi>', lang, value)
    return mark_safe(f"<bdi>{conditional_escape(text)}</bdi>")  # noqa: S308


def phone_link(number: str, missing: bool = False) -> SafeString:
    """A telephone number as Tunisia writes it, to be called by one tap."""
    if not number:
        return bdi("", missing=missing)
    return format_html('<a href="tel:{}"><bdi class="code">{}</bdi></a>', number, phone(number))


def tax_number(stored: str, missing: bool = False) -> SafeString:
    """A tax number in its groups, read from the left in every language."""
    return bdi(grouped_tax_number(stored) if stored else "", code=bool(stored), missing=missing)
