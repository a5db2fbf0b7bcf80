"""The form by which staff mend what a person typed in a registration."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.formats.fields import ArabicNameField, LatinNameField, OneLineField
from core.forms import PortalForm
from directory.enums import Sex
from directory.models import Governorate, Organisation
from trainings.forms.registrations import organisation_named
from trainings.models import SessionPart


class DetailsForm(PortalForm):
    """Names in both scripts, and who the person is; the reason goes into the history."""

    versioned = True

    name_latin = LatinNameField(label=_("Name in Latin letters"), max_length=200, required=False)
    name_ar = ArabicNameField(
        label=_("Name in Arabic letters"),
        max_length=200,
        required=False,
        help_text=_("The certificate prints both scripts: without this name it cannot be issued."),
    )
    sex = forms.ChoiceField(label=_("Sex"), choices=Sex.choices)
    function = OneLineField(label=pgettext_lazy("of a person", "Function"), max_length=200, required=False)
    organisation = OneLineField(
        label=_("Organisation"),
        max_length=200,
        required=False,
        help_text=_("A name of the directory is recognised; another one stays as it is written."),
    )
    governorate = forms.ModelChoiceField(label=_("Governorate"), queryset=Governorate.objects.all(), required=False)
    reason = OneLineField(label=_("Reason"), max_length=300, help_text=_("The history keeps it."))

    def __init__(self, *args: Any, part: SessionPart, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.part = part
        self.extra_kwargs = {"part": part}

    def initial_from(self, obj: Any) -> dict[str, Any]:
        """The organisation is one line here: the name of the directory's, or what was written."""
        known = Organisation.objects.filter(pk=obj.organisation_id).first()
        return {**super().initial_from(obj), "organisation": str(known) if known else obj.organisation_text}

    def fields_of(self) -> dict[str, Any]:
        """The values as the domain takes them, without the reason."""
        values = {**self.changes()}
        values.pop("reason")
        typed = values["organisation"]
        values["organisation"] = organisation_named(typed, part=self.part)
        values["organisation_text"] = "" if values["organisation"] else typed
        return values
