"""A form that came too late: what its writer typed beside what somebody else saved meanwhile, field by field.

Nothing here decides: the page posts the same form again, with the chosen values and the new version.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model
from django.forms import (
    BaseForm,
    BoundField,
    CheckboxInput,
    CheckboxSelectMultiple,
    MultiWidget,
    SelectMultiple,
    Widget,
)
from django.forms.models import model_to_dict
from django.http import QueryDict
from django.utils.formats import localize
from django.utils.translation import gettext

Pairs = list[tuple[str, str]]


@dataclass(frozen=True)
class Row:
    """One field on which the two versions differ and both writers changed it."""

    bound: BoundField
    mine: str
    theirs: str
    mine_value: str
    theirs_value: str
    editable: bool
    """Of several controls: the reader edits the own version beside the other one."""


@dataclass
class Versions:
    """What the conflict page shows: rows to choose on, lines that merged by themselves, values posted unseen."""

    rows: list[Row] = field(default_factory=list)
    merged: list[tuple[str, str]] = field(default_factory=list)
    hidden: Pairs = field(default_factory=list)


def versions(form: BaseForm, current: Model, version_field: str = "version") -> Versions:
    """Compare the bound `form` with `current`.

    With `show_hidden_initial` on its fields a form says what its writer saw: what only one of the two changed merges.
    A form that is no plain picture of its object has a method `current_values(current)`.
    """
    found = Versions()
    now = _current_values(form, current)
    for bound in form:
        if bound.name == version_field:
            found.hidden.append((bound.html_name, str(getattr(current, version_field))))
        elif bound.name not in now:
            found.hidden += _mine(bound)
        else:
            _compare(bound, now[bound.name], found)
    return found


def _current_values(form: BaseForm, current: Model) -> Mapping[str, Any]:
    ask = getattr(form, "current_values", None)
    values: Mapping[str, Any] = ask(current) if ask else model_to_dict(current, fields=list(form.fields))
    return values


def _compare(bound: BoundField, theirs: Any, found: Versions) -> None:  # noqa: ANN401 any model value
    if not bound.field.has_changed(theirs, bound.data):
        found.hidden += _mine(bound)
        return
    seen = _seen(bound)
    if seen is not None and not bound.field.has_changed(seen, bound.data):
        found.hidden += _pairs(bound.html_name, bound.field.widget, bound.field.prepare_value(theirs))
        found.merged.append((str(bound.label), _shown(bound, theirs)))
        return
    if seen is not None and not bound.field.has_changed(theirs, seen):
        found.hidden += _mine(bound)
        return
    mine, other = _mine(bound), _pairs(bound.html_name, bound.field.widget, bound.field.prepare_value(theirs))
    if isinstance(bound.field.widget, CheckboxInput):
        mine, other = [("", str(bool(bound.data)).lower())], [("", str(bool(theirs)).lower())]
    several = isinstance(bound.field.widget, (MultiWidget, SelectMultiple, CheckboxSelectMultiple))
    found.rows.append(
        Row(
            bound,
            mine=_shown(bound, bound.data),
            theirs=_shown(bound, theirs),
            mine_value="" if several or not mine else mine[0][1],
            theirs_value="" if several or not other else other[0][1],
            editable=several,
        )
    )


def _seen(bound: BoundField) -> Any:  # noqa: ANN401 whatever the hidden widget held
    if not bound.field.show_hidden_initial:
        return None
    widget = bound.field.hidden_widget()
    return widget.value_from_datadict(bound.form.data, bound.form.files, bound.html_initial_name)


def _mine(bound: BoundField) -> Pairs:
    data = bound.form.data
    names = _names(bound.html_name, bound.field.widget)
    if isinstance(data, QueryDict):
        return [(name, value) for name in names for value in data.getlist(name)]
    return [(name, str(data[name])) for name in names if name in data]


def _names(name: str, widget: Widget) -> list[str]:
    if isinstance(widget, MultiWidget):
        return [
            n
            for sub, suffix in zip(widget.widgets, widget.widgets_names, strict=True)
            for n in _names(name + suffix, sub)
        ]
    return [name]


def _pairs(name: str, widget: Widget, value: Any) -> Pairs:  # noqa: ANN401 any form value
    if isinstance(widget, MultiWidget):
        parts = value if isinstance(value, list) else widget.decompress(value)
        zipped = zip(widget.widgets, widget.widgets_names, parts, strict=True)
        return [pair for sub, suffix, part in zipped for pair in _pairs(name + suffix, sub, part)]
    if isinstance(widget, (SelectMultiple, CheckboxSelectMultiple)):
        return [(name, str(item)) for item in value or []]
    if isinstance(widget, CheckboxInput):
        return [(name, "true")] if value else []
    formatted = widget.format_value(value)
    if isinstance(formatted, list):
        formatted = formatted[0] if formatted else ""
    return [(name, "" if formatted is None else str(formatted))]


def _shown(bound: BoundField, value: Any) -> str:  # noqa: ANN401 any form value
    """The value in the words of the page: of a choice its label, of a tick yes or no."""
    if isinstance(bound.field.widget, CheckboxInput):
        return gettext("yes") if value else gettext("no")
    value = bound.field.prepare_value(value)
    choices = dict(_flat(getattr(bound.field, "choices", ())))
    values = value if isinstance(value, (list, tuple)) else [value]
    words = [str(choices.get(str(v), localize(v))) for v in values if v not in (None, "")]
    return " ".join(words) or gettext("(empty)")


def _flat(choices: Any) -> list[tuple[str, Any]]:  # noqa: ANN401 Django's several shapes of choices
    flat: list[tuple[str, Any]] = []
    for value, label in choices:
        if isinstance(label, (list, tuple)):
            flat += [(str(v), words) for v, words in label]
        else:
            flat.append((str(value), label))
    return flat
