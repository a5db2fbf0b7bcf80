"""A form sent empty: the summary, the words beside each field, the title, and what the reader's tools are told."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from crispy_forms.layout import Div, Layout
from django import forms
from django.template.loader import render_to_string
from django.utils import translation

from core.forms import PortalForm
from core.ui.blocks import error_lines, target_of
from core.ui.samples import SampleForm


class Moment(forms.Form):
    """Two controls behind one label."""

    when = forms.SplitDateTimeField(label="Quand")


class Laid(PortalForm):
    """Declared in one order, shown in another."""

    town = forms.CharField(label="Ville")
    name = forms.CharField(label="Nom")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper.layout = Layout(Div("name"), "town")


def page(form: forms.BaseForm, **context: Any) -> str:
    return render_to_string("ui/form.html", {"form": form, "submit": "Enregistrer", **context})


def test_every_error_stands_above_and_beside_in_the_same_words() -> None:
    form = SampleForm({})
    html = unescape(page(form))
    summary = re.search(r'<div class="error-summary".*?</div>', html, re.DOTALL)
    assert summary
    assert 'role="alert"' in summary[0]
    assert 'tabindex="-1"' in summary[0]
    for name, errors in form.errors.items():
        label = str(form[name].label)
        for error in errors:
            assert f"{label}\u00a0: {error}" in summary[0]
            assert f"<p>{error}</p>" in html.replace(summary[0], "")


def test_summary_follows_the_order_of_the_page_where_a_layout_changes_it() -> None:
    form = Laid({})
    assert [line.label for line in error_lines([form])] == ["Nom", "Ville"]


def test_every_line_of_the_summary_leads_to_a_control() -> None:
    html = page(SampleForm({}))
    targets = re.findall(r'<a href="#([^"]+)"', html)
    assert len(targets) == len(SampleForm({}).errors)
    for target in targets:
        assert f'id="{target}"' in html


def test_wrong_controls_say_so_to_the_readers_tools() -> None:
    html = page(SampleForm({}))
    title = re.search(r'<input[^>]*name="title"[^>]*>', html)
    assert title
    assert 'aria-invalid="true"' in title[0]
    assert 'aria-describedby="id_title_helptext id_title_error"' in title[0]
    paper = re.search(r'<input[^>]*type="file"[^>]*>', html)
    assert paper
    assert 'aria-describedby="id_paper_helptext id_paper_error"' in paper[0]


def test_every_id_that_is_described_by_exists_once() -> None:
    html = page(SampleForm({}))
    for ids in re.findall(r'aria-describedby="([^"]+)"', html):
        for name in ids.split():
            assert html.count(f'id="{name}"') == 1


def test_help_stands_before_the_control() -> None:
    html = page(SampleForm())
    assert html.index("id_title_helptext") < html.index('name="title"')


def test_only_what_may_stay_empty_is_marked() -> None:
    html = page(SampleForm())
    assert html.count("(facultatif)") == 1
    assert "Tous les champs sont obligatoires" in html
    assert "Tous les champs" not in page(Moment())


def test_a_field_that_another_makes_necessary_is_not_called_optional() -> None:
    form = SampleForm()
    form.fields["note"].mark_optional = False  # type: ignore[attr-defined]
    assert "(facultatif)" not in page(form)


def test_several_controls_are_grouped_under_a_legend() -> None:
    html = page(SampleForm({}))
    group = re.search(r'<fieldset id="div_id_days"[^>]*>', html)
    assert group
    assert 'aria-describedby="id_days_helptext id_days_error"' in group[0]
    assert '<legend class="form-label">Demi-journées</legend>' in html


def test_several_controls_are_reached_at_the_first() -> None:
    form = Moment({})
    assert target_of(form["when"]) == "id_when_0"
    assert 'id="id_when_0"' in page(form)


def test_what_was_typed_comes_back() -> None:
    html = page(SampleForm({"title": "منى <b>", "days": ["pm"], "language": "ar"}))
    assert 'value="منى &lt;b&gt;"' in html
    assert re.search(r'value="pm"[^>]*checked', html)
    assert re.search(r'<option value="ar" selected>', html)


def test_errors_of_the_whole_form_are_in_the_summary() -> None:
    form = SampleForm({})
    form.add_error(None, "La session est complète.")
    assert "<li>La session est complète.</li>" in page(form)


def test_formsets_and_several_forms_share_one_summary() -> None:
    half_days = forms.formset_factory(SampleForm, extra=0, min_num=1, validate_min=True)
    rows = half_days({"form-TOTAL_FORMS": "0", "form-INITIAL_FORMS": "0"})
    lines = error_lines([SampleForm({}), rows, None])
    assert len(lines) == len(SampleForm({}).errors) + 1
    assert lines[-1].target == ""


def test_nothing_is_shown_where_nothing_is_wrong() -> None:
    html = page(SampleForm())
    assert "error-summary" not in html
    assert "is-wrong" not in html
    assert error_lines([SampleForm()]) == []


@pytest.mark.parametrize(
    ("language", "heading"), [("fr", "Il y a un problème"), ("ar", "هناك مشكلة"), ("en", "There is a problem")]
)
def test_the_summary_speaks_the_readers_language(language: str, heading: str) -> None:
    with translation.override(language):
        assert heading in page(SampleForm({}))
