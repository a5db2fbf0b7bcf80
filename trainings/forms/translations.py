"""One box for each Arabic text that a session lacks."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.formats.fields import OneLineField
from core.forms import PortalForm

WIDGET = {"lang": "ar", "dir": "rtl"}


class TranslationsForm(PortalForm):
    """The French text stands as help above each box; a box may stay empty."""

    def __init__(self, *args: Any, missing: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = {"title": _("Title of the session in Arabic"), "venue": _("Venue in Arabic")}
        for name, french in missing.items():
            self.fields[name] = OneLineField(
                label=labels.get(name, _("Title of the part in Arabic")),
                help_text=french,
                max_length=300 if name != "venue" else 200,
                required=False,
                widget=forms.TextInput(attrs=WIDGET),
            )
