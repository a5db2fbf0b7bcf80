"""The interface tags, loaded in every template. Each checks its props: see the gallery page for all of them at work."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django import template
from django.forms import BaseForm, BaseFormSet, BoundField, FileInput
from django.template.context import Context
from django.utils.safestring import SafeString

from core.ui import blocks, icons, links, marks, when
from core.ui.props import one_of, refuse

register = template.Library()
BUTTONS = frozenset({"primary", "secondary", "danger", "quiet", "bare"})


@register.simple_tag
def icon(name: str, label: str = "", flip: bool = False, css: str = "") -> SafeString:
    """`{% icon "mail" %}` beside a word; `{% icon "mail" label=_("Message") %}` alone."""
    return icons.icon(name, label=label, flip=flip, css=css)


@register.simple_tag
def state(thing: object, label: str = "", tone: str | None = None, glyph: str | None = None) -> SafeString:
    """`{% state session %}`, `{% state SessionState.OPEN %}` or `{% state _("Open") tone="live" glyph="ring" %}`."""
    return marks.state(thing, label, tone, glyph)


@register.simple_tag
def badge(text: object, tone: str = "", icon: str = "") -> SafeString:
    """`{% badge _("Part A") tone="sea" %}`."""
    return marks.badge(text, tone, icon)


@register.simple_tag
def cap(value: int, total: int | None = None, tone: str = "v") -> SafeString:
    """`{% cap 28 30 %}`: a bar with its numbers."""
    return marks.cap(value, total, tone)


@register.simple_tag
def due(day: dt.date | None, now: dt.date, done: bool = False) -> SafeString:
    """`{% due action.due_on now %}`: late, today, soon or only the date."""
    return marks.due(day, now, done) if day else SafeString("")


@register.simple_tag
def halves(codes: Iterable[str]) -> SafeString:
    """`{% halves row.marks %}`: codes none, present, absent, excused."""
    return marks.halves(codes)


@register.simple_tag
def halves_key() -> SafeString:
    """The legend that stands beside every table with `{% halves %}`."""
    return marks.halves_key()


@register.simple_tag
def bdi(value: object, code: bool = False, lang: str = "", missing: bool = False) -> SafeString:
    """`{% bdi person.name %}`, `{% bdi session.code code=True %}`, `{% bdi person.phone missing=True %}`."""
    return marks.bdi(value, code, lang, missing)


@register.simple_tag
def phone(number: str, missing: bool = False) -> SafeString:
    """`{% phone person.phone missing=True %}`: 71 234 567, to be called by one tap."""
    return marks.phone_link(number, missing)


@register.simple_tag
def tax_number(stored: str, missing: bool = False) -> SafeString:
    """`{% tax_number organisation.tax_number missing=True %}`: 1234567 A/A/M/000."""
    return marks.tax_number(stored, missing)


@register.simple_tag
def money(amount: Decimal | int | None) -> SafeString:
    """`{% money line.amount %}`: 12 480,000 DT."""
    return when.money(amount)


@register.simple_tag
def date(value: dt.date | dt.datetime | None, style: str = "plain") -> SafeString:
    """`{% date session.starts_on %}`: plain (3 juin 2026), long (with weekday), short (03/06/2026), moment, time."""
    return when.date(value, style)


@register.simple_tag
def daterange(first: dt.date | None, last: dt.date | None) -> SafeString:
    """`{% daterange part.starts_on part.ends_on %}`: 6–9 mai 2014, من 6 إلى 9 ماي 2014."""
    return when.daterange(first, last)


@register.simple_tag
def address(name: str, argument: object) -> str:
    """`{% address "directory:person-detail" row.pk %}`: `{% url %}` for the lines of a list, many times as quick."""
    return links.address(name, argument)


@register.inclusion_tag("ui/steps.html")
def steps(items: Iterable[blocks.Step | Mapping[str, object]], label: str) -> dict[str, Any]:
    """`{% steps session.chain label=_("State of the session") %}`."""
    return {"items": blocks.steps(items), "label": label}


@register.inclusion_tag("ui/facts.html")
def facts(items: Iterable[tuple[object, object]], stacked: bool = False) -> dict[str, Any]:
    """`{% facts rows %}`: pairs of label and value; `stacked` for a side sheet."""
    return {"items": list(items), "stacked": stacked}


@register.inclusion_tag("ui/empty.html")
def empty_state(
    title: str, text: str = "", url: str = "", action: str = "", icon: str = "inbox", level: int = 2
) -> dict[str, Any]:
    """`{% empty_state _("No session yet") _("Why") url=create action=_("Prepare one") %}`: why, and the next step."""
    if bool(url) != bool(action):
        refuse("{% empty_state %}: an action needs its url and its words")
    return {"title": title, "text": text, "url": url, "action": action, "icon": icon, "level": level}


@register.inclusion_tag("ui/pager.html")
def pager(page: object) -> dict[str, Any]:
    """`{% pager page %}`: `.previous_url`, `.next_url`, `.count_text`."""
    return {"page": page}


@register.inclusion_tag("ui/sort_header.html", takes_context=True)
def sort_header(context: Context, key: str, label: str, current: str = "", css: str = "") -> dict[str, Any]:
    """`{% sort_header "name" _("Name") current=page.sort %}`: a column head that sorts, with aria-sort.

    A key that begins with `-` sorts down first; the same head again turns the order round.
    """
    bare = key.lstrip("-")
    active = current.lstrip("-") == bare
    order = ("descending" if current.startswith("-") else "ascending") if active else ""
    target = (bare if current.startswith("-") else f"-{bare}") if active else key
    return {"label": label, "order": order, "css": css, "url": blocks.sort_url(context["request"], target)}


@register.inclusion_tag("ui/filter_chips.html")
def filter_chips(chips: Iterable[object], count: str = "") -> dict[str, Any]:
    """`{% filter_chips filters.chips count=page.count_text %}`: `.label`, `.url` (the list without it)."""
    return {"chips": list(chips), "count": count}


@register.inclusion_tag("ui/error_summary.html")
def error_summary(*forms: BaseForm | BaseFormSet[BaseForm] | None) -> dict[str, Any]:
    """`{% error_summary form parts %}` above the form: every error with the words beside its field."""
    return {"lines": blocks.error_lines(f for f in forms if f)}


@register.inclusion_tag("ui/language_links.html", takes_context=True)
def language_links(context: Context, style: str = "long") -> dict[str, Any]:
    """`{% language_links %}`: this page in the three languages; names in full, `"short"` where there is no room."""
    one_of("language_links", "style", style, {"long", "short"})
    request = context.get("request")
    path = context.get("page_path") or (request.get_full_path() if request else "/")
    return {"links": blocks.language_links(path), "short": style == "short"}


@register.inclusion_tag("ui/demo_banner.html", takes_context=True)
def demo_banner(context: Context) -> dict[str, Any]:
    """Says on every page of a demonstration that it is one."""
    return {"is_demo": bool(context.get("is_demo"))}


@register.inclusion_tag("ui/post_button.html", takes_context=True)
def post_button(
    context: Context, url: str, label: str, look: str = "secondary", size: str = "sm", icon: str = "", **hidden: object
) -> dict[str, Any]:
    """`{% post_button url _("Cancel") look="danger" version=row.version %}`: one verb, one tiny form, never a GET."""
    one_of("post_button", "look", look, BUTTONS)
    css = "btn-bare" if look == "bare" else f"btn btn-{look}" + (f" btn-{size}" if size else "")
    return {
        "url": url,
        "label": label,
        "css": css,
        "icon": icon,
        "hidden": hidden.items(),
        "csrf_token": context.get("csrf_token", ""),
    }


@register.filter
def is_optional(field: BoundField) -> bool:
    """May be left empty, and should say so; a tick box needs no such word."""
    return blocks.is_optional(field)


@register.filter
def is_several(field: BoundField) -> bool:
    """Made of several controls, so grouped by a fieldset with a legend."""
    return bool(field.use_fieldset) and not isinstance(field.field.widget, FileInput)


@register.filter
def has_optional(form: BaseForm) -> bool:
    """Some field may be left empty: the form says which, and that the others are needed."""
    return any(blocks.is_optional(field) for field in form.visible_fields())


@register.filter
def isolate(value: object) -> str:
    """A name inside plain text (a message, a title, an attribute) keeps its own direction."""
    return f"\u2068{value}\u2069"


@register.filter
def cut_words(text: str) -> list[str]:
    """The words of a line, to loop over."""
    return text.split()
