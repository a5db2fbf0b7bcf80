"""A programme."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from core.formats.fields import formfield
from core.forms import PortalModelForm
from directory.forms.organisations import ARABIC, ENGLISH, FRENCH, NAME_LABELS
from directory.models import Programme


class ProgrammeForm(PortalModelForm):
    """What pays and what reports."""

    class Meta:
        model = Programme
        fields = [
            "code",
            "name_fr",
            "name_ar",
            "name_en",
            "funder_fr",
            "funder_ar",
            "funder_en",
            "agency",
            "starts_on",
            "ends_on",
            "source",
        ]
        labels = {**NAME_LABELS, "agency": _("Run by"), "starts_on": _("From"), "ends_on": _("To")}
        widgets = {
            "code": forms.TextInput(attrs={"dir": "ltr"}),
            **{f"{name}_fr": FRENCH for name in ("name", "funder")},
            **{f"{name}_ar": ARABIC for name in ("name", "funder")},
            **{f"{name}_en": ENGLISH for name in ("name", "funder")},
        }
        help_texts = {"code": _("Letters, digits and hyphens, for example pasri.")}
        formfield_callback = formfield
