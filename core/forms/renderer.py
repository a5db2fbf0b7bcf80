"""Selects and inputs written in Python: Django's own templates open two more for each choice of a list.

The words are the same, byte for byte but for blank lines; a test compares both. A filter with the 24 governorates costs
a fifth of a millisecond instead of eight.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.forms.renderers import DjangoTemplates
from django.http import HttpRequest
from django.utils.html import conditional_escape, escape
from django.utils.safestring import SafeString, mark_safe

INPUTS = frozenset(
    f"django/forms/widgets/{kind}.html"
    for kind in ("input", "text", "email", "number", "url", "hidden", "search", "tel", "password", "color")
)
SELECTS = frozenset({"django/forms/widgets/select.html"})
OPTION = "django/forms/widgets/select_option.html"


class QuickRenderer(DjangoTemplates):
    """Django's renderer of forms, except for the two widgets that a page holds by the dozen."""

    def render(self, template_name: str, context: Mapping[str, Any], request: HttpRequest | None = None) -> str:
        widget = context.get("widget")
        if template_name in INPUTS and widget is not None:
            return _input(widget)
        if template_name in SELECTS and widget is not None and _plain(widget):
            return _select(widget)
        return super().render(template_name, dict(context), request)


def _plain(widget: Mapping[str, Any]) -> bool:
    """Whether every option is Django's own kind; a widget may bring a template for its options."""
    return all(
        option["template_name"] == OPTION for _name, options, _index in widget["optgroups"] for option in options
    )


def _select(widget: Mapping[str, Any]) -> SafeString:
    found = [f'<select name="{escape(widget["name"])}"{_attributes(widget["attrs"])}>']
    for name, options, _index in widget["optgroups"]:
        if name:
            found.append(f'<optgroup label="{conditional_escape(name)}">')
        found.extend(
            f'<option value="{escape(str(option["value"]))}"{_attributes(option["attrs"])}>'
            f"{conditional_escape(option['label'])}</option>"
            for option in options
        )
        if name:
            found.append("</optgroup>")
    found.append("</select>")
    return mark_safe("\n".join(found))  # noqa: S308  every piece was escaped above


def _input(widget: Mapping[str, Any]) -> SafeString:
    value = "" if widget["value"] is None else f' value="{escape(str(widget["value"]))}"'
    head = f'<input type="{escape(widget["type"])}" name="{escape(widget["name"])}"'
    return mark_safe(f"{head}{value}{_attributes(widget['attrs'])}>")  # noqa: S308


def _attributes(attributes: Mapping[str, Any]) -> str:
    """As django/forms/widgets/attrs.html: False leaves an attribute out, True writes its name alone."""
    return "".join(
        f" {escape(name)}" if value is True else f' {escape(name)}="{escape(str(value))}"'
        for name, value in attributes.items()
        if value is not False
    )
