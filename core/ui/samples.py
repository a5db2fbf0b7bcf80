"""What the gallery shows: every piece of the interface with harmless contents."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.ui.blocks import Step
from core.ui.marks import Look, marks

DAY = dt.date(2014, 5, 6)


@dataclass(frozen=True)
class SampleState:
    """Stands for an enum member that knows its look."""

    label: str
    look: Look


@dataclass(frozen=True)
class SamplePage:
    """Stands for one page of a list."""

    previous_url: str = "?before=x"
    next_url: str = "?after=x"
    count_text: str = "51–100 / 212"
    sort: str = "-starts_on"


@dataclass(frozen=True)
class SampleChip:
    """Stands for a filter that is on."""

    label: str
    url: str


class SampleForm(forms.Form):
    """One field of each kind; posted empty, it shows every error."""

    title = forms.CharField(label=_("Title"), help_text=_("As it stands on the certificate."), max_length=60)
    language = forms.ChoiceField(label=_("Language"), choices=[("", ""), ("fr", "Français"), ("ar", "العربية")])
    email = forms.EmailField(label=_("E-mail address"), widget=forms.EmailInput(attrs={"autocomplete": "email"}))
    note = forms.CharField(label=_("Note"), widget=forms.Textarea(attrs={"rows": 2}), required=False)
    regime = forms.ChoiceField(
        label=_("Working time"),
        widget=forms.RadioSelect,
        choices=[("two", _("Two sittings")), ("one", _("One sitting"))],
    )
    days = forms.MultipleChoiceField(
        label=_("Half-days"),
        widget=forms.CheckboxSelectMultiple,
        choices=[("am", _("morning")), ("pm", _("afternoon"))],
        help_text=_("One at least."),
    )
    paper = forms.FileField(label=_("Supporting document"), help_text=_("PDF, 10 MB at most"))
    agreed = forms.BooleanField(label=_("I have read the rule"))


def gallery() -> dict[str, Any]:
    """The contents of the gallery page."""
    return {
        "states": [
            SampleState(str(_("Draft")), Look("", "dash")),
            SampleState(str(_("Published")), Look("live", "ring")),
            SampleState(str(_("Full")), Look("live", "q1")),
            SampleState(str(_("Under way")), Look("live", "q2")),
            SampleState(str(_("To be checked")), Look("soon", "q3")),
            SampleState(str(_("Held")), Look("done", "check")),
            SampleState(str(_("Cancelled")), Look("shut", "slash")),
            SampleState(str(_("Refused")), Look("late", "x")),
        ],
        "chain": [
            Step(_("Draft"), "3/3", "past"),
            Step(_("Published"), "24/3", "past"),
            Step(_("Held"), "9/5", "now"),
            Step(_("Certified")),
        ],
        "facts": [(_("Dates"), "6–9 / 5 / 2014"), (_("Half-days"), 8), (_("Language"), "fr, ar")],
        "marks": ["present", "absent", "excused", "none"],
        "mark_looks": marks(),
        "today": DAY,
        "late": DAY - dt.timedelta(days=13),
        "soon": DAY + dt.timedelta(days=3),
        "far": DAY + dt.timedelta(days=60),
        "last_day": DAY + dt.timedelta(days=3),
        "amount": Decimal("12480"),
        "page": SamplePage(),
        "chips": [SampleChip("Gafsa", "?"), SampleChip("2014", "?")],
        "empty_form": SampleForm(auto_id="plain_%s"),
        "form": SampleForm({"title": "x" * 61, "email": "a@"}, auto_id="wrong_%s"),
    }
