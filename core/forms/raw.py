"""From a value back to what a browser would send for it."""

from __future__ import annotations

from typing import Any

from django import forms


def raw_pairs(form: forms.BaseForm, name: str, value: Any) -> list[tuple[str, str]]:
    """The name=value pairs that the field's widget would post for `value` (several for date parts or many choices)."""
    field = form.fields[name]
    if isinstance(field.widget, forms.CheckboxInput):
        return [(form.add_prefix(name), "on")] if value else []
    context = field.widget.get_context(form.add_prefix(name), field.prepare_value(value), {})["widget"]
    if isinstance(field.widget, (forms.MultiWidget, forms.SelectDateWidget)):
        return [pair for sub in context["subwidgets"] for pair in _pairs(sub)]
    return _pairs(context)


def _pairs(widget: dict[str, Any]) -> list[tuple[str, str]]:
    value = widget["value"]
    if value is None:
        return []
    values = value if isinstance(value, (list, tuple)) else [value]
    return [(widget["name"], str(v)) for v in values]
