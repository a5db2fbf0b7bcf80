"""What the larger pieces of a page are given: steps, facts, chips, language links, error lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from urllib.parse import urlencode

from django.conf import settings
from django.forms import BaseForm, BaseFormSet, BoundField
from django.forms.widgets import CheckboxInput, CheckboxSelectMultiple, MultiWidget, RadioSelect
from django.http import HttpRequest, QueryDict
from django.utils.translation import get_language

from core.ui.props import one_of, refuse

STEP_STATES = frozenset({"", "past", "now"})
POSITION_KEYS = ("after", "before", "cursor", "page")
"""Query keys that say where in a list one is; they fall when the order or the filter changes."""


@dataclass(frozen=True)
class Step:
    """One node of a chain: past, now, or still to come."""

    label: object
    note: object = ""
    state: str = ""


def steps(items: Iterable[Step | Mapping[str, object]]) -> list[Step]:
    """The chain, with each state checked and at most one node of now."""
    found = [item if isinstance(item, Step) else _from_mapping(item) for item in items]
    for step in found:
        one_of("steps", "state", step.state, STEP_STATES)
    if sum(step.state == "now" for step in found) > 1:
        refuse("{% steps %}: two nodes are now")
    return found


def _from_mapping(item: Mapping[str, object]) -> Step:
    unknown = set(item) - {f.name for f in fields(Step)}
    if unknown:
        refuse(f"{{% steps %}}: unknown {', '.join(sorted(unknown))}")
    return Step(item["label"], item.get("note", ""), str(item.get("state", "")))


@dataclass(frozen=True)
class ErrorLine:
    """One line of the summary: the words beside the field, the field's name, where it is."""

    text: str
    label: str = ""
    target: str = ""


def error_lines(things: Iterable[BaseForm | BaseFormSet[BaseForm] | None]) -> list[ErrorLine]:
    """Every error of the forms and formsets, in the order of the page."""
    return [line for thing in things if thing is not None for line in _lines(thing)]


def _lines(thing: BaseForm | BaseFormSet[BaseForm]) -> Iterator[ErrorLine]:
    if isinstance(thing, BaseFormSet):
        if thing.is_bound:
            yield from (ErrorLine(str(e)) for e in thing.non_form_errors())
        for form in thing.forms:
            yield from _lines(form)
        return
    if not thing.errors:
        return
    yield from (ErrorLine(str(e)) for e in thing.non_field_errors())
    for field in _as_shown(thing):
        for error in field.errors:
            yield ErrorLine(str(error), "" if field.is_hidden else str(field.label), target_of(field))


def _as_shown(form: BaseForm) -> list[BoundField]:
    """The fields from the top of the page to its end: a layout shows them in an order of its own."""
    layout = getattr(getattr(form, "helper", None), "layout", None)
    names = [pointer.name for pointer in layout.get_field_names()] if layout else []
    place = {name: position for position, name in enumerate(names)}
    return sorted(form, key=lambda field: place.get(field.name, len(place)))


def target_of(field: BoundField) -> str:
    """The id of the control that an error line jumps to: of several, the first."""
    if field.is_hidden or not field.auto_id:
        return ""
    if isinstance(field.field.widget, (RadioSelect, CheckboxSelectMultiple, MultiWidget)):
        return f"{field.auto_id}_0"
    return field.id_for_label or str(field.auto_id)


def is_optional(field: BoundField) -> bool:
    """May be left empty and says so; a field that another one makes necessary sets `mark_optional = False`."""
    marked = getattr(field.field, "mark_optional", True)
    return marked and not field.field.required and not isinstance(field.field.widget, CheckboxInput)


def sort_url(request: HttpRequest, key: str) -> str:
    """This list in another order, filters kept, from its beginning."""
    return _with(request.GET, sort=key)


def without(request: HttpRequest, name: str, value: str | None = None) -> str:
    """This list without one filter (or one of its values), from its beginning."""
    query = request.GET.copy()
    kept = [v for v in query.getlist(name) if value is not None and v != value]
    query.setlist(name, kept)
    return _with(query)


def with_value(request: HttpRequest, name: str, value: str) -> str:
    """This list with one filter set, from its beginning."""
    return _with(request.GET, **{name: value})


def _with(query: QueryDict, **changes: str) -> str:
    pairs = [(k, v) for k, values in query.lists() for v in values if k not in POSITION_KEYS and k not in changes]
    return "?" + urlencode([*pairs, *changes.items()])


@dataclass(frozen=True)
class LanguageLink:
    """The same page in one of the three languages."""

    code: str
    name: str
    short: str
    url: str
    current: bool


SHORT_NAMES = {"fr": "FR", "ar": "عربي", "en": "EN"}


def language_links(path: str) -> list[LanguageLink]:
    """This page's address in each language: French without prefix, the others behind theirs."""
    bare = path
    for code, _name in settings.LANGUAGES:
        if path == f"/{code}" or path.startswith((f"/{code}/", f"/{code}?")):
            bare = path[len(code) + 1 :] or "/"
    here = get_language()
    return [
        LanguageLink(
            code,
            str(name),
            SHORT_NAMES.get(code, code.upper()),
            bare if code == settings.LANGUAGE_CODE else f"/{code}{bare}",
            code == here,
        )
        for code, name in settings.LANGUAGES
    ]
