"""Forms written quickly say the same as Django's own templates."""

from __future__ import annotations

import re

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.utils.safestring import mark_safe

from core.forms.renderer import QuickRenderer

HOSTILE = "<script>'\"&"


class Sample(forms.Form):
    """One field a kind."""

    text = forms.CharField(initial=HOSTILE, max_length=20)
    number = forms.IntegerField(initial=0, min_value=0)
    address = forms.EmailField(disabled=True)
    secret = forms.CharField(widget=forms.HiddenInput, initial="x")
    flat = forms.ChoiceField(choices=[("", HOSTILE), ("a", "A"), (2, mark_safe("<b>2</b>"))], initial="a")
    grouped = forms.ChoiceField(choices=[(HOSTILE, [("1", "one"), ("2", "two")]), ("3", "three")], initial="2")
    several = forms.MultipleChoiceField(choices=[("a", "A"), ("b", "B")], initial=["a", "b"])
    day = forms.DateField(localize=True)


@pytest.mark.parametrize("data", [None, {"text": HOSTILE, "number": "x", "flat": "nowhere", "several": ["b"]}])
def test_renderer_says_what_django_says(data: dict[str, object] | None) -> None:
    theirs, ours = (str(Sample(data, renderer=kind())) for kind in (DjangoTemplates, QuickRenderer))

    assert _tight(ours) == _tight(theirs)
    assert "<script>" not in ours


def test_renderer_leaves_widgets_with_own_options_alone() -> None:
    class Own(forms.Select):
        option_template_name = "django/forms/widgets/checkbox_option.html"

    form_field = forms.ChoiceField(choices=[("a", "A")], widget=Own)
    form = type("One", (forms.Form,), {"one": form_field})(renderer=QuickRenderer())

    assert 'type="' in str(form["one"])


def _tight(html: str) -> str:
    """Blank lines and line ends between tags do not count."""
    return re.sub(r">\s+<", "><", html)
