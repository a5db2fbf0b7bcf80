"""Forms about certificates."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import PortalForm


class CheckForm(PortalForm):
    """Number and control code, as they stand on the paper; both are needed."""

    number = forms.CharField(
        label=_("Number"),
        max_length=40,
        help_text=_("For example ATT-2026-00117."),
        widget=forms.TextInput(
            attrs={"class": "in-code", "dir": "ltr", "autocapitalize": "characters", "autocomplete": "off"}
        ),
    )
    code = forms.CharField(
        label=_("Control code"),
        max_length=20,
        help_text=_("Eight letters and digits, under the number."),
        widget=forms.TextInput(
            attrs={"class": "in-code", "dir": "ltr", "autocapitalize": "characters", "autocomplete": "off"}
        ),
    )


class ReasonForm(PortalForm):
    """Why a certificate ends; the reason stays inside."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        help_text=_("It stays inside the agency: the public check only says that the certificate ended, and when."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
