"""Why a message is stopped or sent again."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import PortalForm


class MessageReasonForm(PortalForm):
    """The reason that the history keeps."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        help_text=_("The history keeps it; the agency’s staff read it."),
    )
