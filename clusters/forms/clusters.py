"""A cluster's data; the reason of an act."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.validators import URLValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clusters.models import Cluster
from core.formats.fields import DateField, formfield
from core.forms import PortalForm, PortalModelForm, grouped
from directory.domain import territory
from directory.models import Organisation

ARABIC = {"lang": "ar", "dir": "rtl"}
FRENCH = {"lang": "fr", "dir": "ltr"}
ENGLISH = {"lang": "en", "dir": "ltr"}


class ClusterForm(PortalModelForm):
    """The data of a cluster; stages, members and animators have forms of their own."""

    founded_on = DateField(label=_("Founded on"), required=False)
    website = forms.URLField(
        label=_("Website"),
        required=False,
        assume_scheme="https",
        widget=forms.URLInput(attrs={"dir": "ltr"}),
        validators=[URLValidator(schemes=["http", "https"])],
    )

    class Meta:
        model = Cluster
        fields = [
            *("name_fr", "name_ar", "name_en", "kind", "governorate", "delegation", "governorates", "sectors"),
            *("presentation_fr", "presentation_ar", "presentation_en"),
            *("founded_on", "body", "programme", "website", "email", "source"),
        ]
        labels = {"name_fr": _("Name in French"), "name_ar": _("Name in Arabic"), "name_en": _("Name in English")}
        widgets = {
            "name_fr": forms.TextInput(attrs=FRENCH),
            "name_ar": forms.TextInput(attrs=ARABIC),
            "name_en": forms.TextInput(attrs=ENGLISH),
            "presentation_fr": forms.Textarea(attrs={**FRENCH, "rows": 5}),
            "presentation_ar": forms.Textarea(attrs={**ARABIC, "rows": 5}),
            "presentation_en": forms.Textarea(attrs={**ENGLISH, "rows": 5}),
            "governorates": forms.CheckboxSelectMultiple,
            "sectors": forms.CheckboxSelectMultiple,
        }
        help_texts = {
            "presentation_fr": _("Published as it stands: what the cluster makes, with whom, since when."),
            "source": _("Where this is documented, if it is."),
        }
        formfield_callback = formfield

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        grouped(self, "delegation", territory.groups(kept=self.instance.delegation_id, on=timezone.localdate()))
        bodies: Any = self.fields["body"]
        bodies.queryset = Organisation.objects.order_by("order_fr", "id")

    def clean_founded_on(self) -> date | None:
        day: date | None = self.cleaned_data["founded_on"]
        if day is not None and day > timezone.localdate():
            raise forms.ValidationError(_("A cluster was founded today or before."), code="future")
        return day

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        seat = cleaned.get("governorate")
        if seat is not None and "governorates" in cleaned:
            cleaned["governorates"] = cleaned["governorates"].exclude(pk=seat.pk)
        return cleaned


class ReasonForm(PortalForm):
    """Why: the history keeps it."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        help_text=_("Kept in the history; the public does not see it."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
