"""How the forms of this app look: texts in three languages side by side, days that stand in one line."""

from __future__ import annotations

from typing import Any

from crispy_forms.layout import HTML, Div, Fieldset
from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

DAY_HINT = _("For example 06/05/2026")
DIRECTIONS = {"fr": "ltr", "ar": "rtl", "en": "ltr"}


def mark_languages(form: forms.BaseForm) -> None:
    """A box for a text in French, Arabic or English says so to readers of the screen, and is written its way."""
    for name, field in form.fields.items():
        language = name.rpartition("_")[2]
        if language in DIRECTIONS and isinstance(field, forms.CharField):
            field.widget.attrs |= {"lang": language, "dir": DIRECTIONS[language]}


def rows(form: forms.BaseForm, *names: str, lines: int = 3) -> None:
    """The long texts `names` are shown over `lines` lines."""
    for name in names:
        form.fields[name].widget.attrs["rows"] = lines


def short(form: forms.BaseForm, *names: str) -> None:
    """Numbers stand in short boxes."""
    for name in names:
        form.fields[name].widget.attrs["class"] = "in-date"


def group(legend: Any, *content: Any) -> Fieldset:
    """A titled group of fields."""
    return Fieldset(legend, *content, css_class="group")


def side_by_side(*names: str) -> Div:
    """Short fields in one line where there is room."""
    return Div(*names, css_class="two-tight")


def languages(name: str) -> Div:
    """The three languages of a text."""
    return Div(f"{name}_fr", f"{name}_ar", f"{name}_en", css_class="two-tight")


def note(title: Any, text: Any) -> HTML:
    """A word before the fields that follow."""
    return HTML(format_html('<p class="strong mb-1">{}</p><p class="form-text">{}</p>', title, text))
