"""An organisation: its data, and a change of its name."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import URLValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.formats.fields import DateField, OneLineField, PhoneField, TaxNumberField, formfield
from core.formats.tax_numbers import is_key_right, parse_tax_number
from core.forms import PortalForm, PortalModelForm, grouped
from directory.domain import organisations, territory
from directory.errors import TaxNumberTaken
from directory.models import Organisation

ARABIC = forms.TextInput(attrs={"lang": "ar", "dir": "rtl"})
FRENCH = forms.TextInput(attrs={"lang": "fr", "dir": "ltr"})
ENGLISH = forms.TextInput(attrs={"lang": "en", "dir": "ltr"})
NAME_LABELS = {"name_fr": _("Name in French"), "name_ar": _("Name in Arabic"), "name_en": _("Name in English")}


class OrganisationForm(PortalModelForm):
    """The data of an organisation; a name changed here is a correction."""

    tax_number = TaxNumberField(
        label=_("Tax number"),
        required=False,
        help_text=_("Seven digits and the key letter, or all thirteen signs. Staff alone see it."),
    )
    key_confirmed = forms.BooleanField(
        label=_("I confirm: the document bears this key letter"), required=False, widget=forms.HiddenInput
    )
    key_reason = OneLineField(
        label=_("Why the number is kept as it is"),
        max_length=500,
        required=False,
        help_text=_("For example which document shows it. Kept in the history."),
        widget=forms.HiddenInput,
    )
    phone = PhoneField(label=_("Telephone"), required=False)
    website = forms.URLField(
        label=_("Website"),
        required=False,
        assume_scheme="https",
        widget=forms.URLInput(attrs={"dir": "ltr"}),
        validators=[URLValidator(schemes=["http", "https"])],
    )

    class Meta:
        model = Organisation
        fields = [
            "name_fr",
            "name_ar",
            "name_en",
            "acronym",
            "kind",
            "tax_number",
            "governorate",
            "delegation",
            "sector",
            "email",
            "phone",
            "website",
            "source",
        ]
        labels = {**NAME_LABELS, "email": _("E-mail address"), "source": _("Source")}
        widgets = {"name_fr": FRENCH, "name_ar": ARABIC, "name_en": ENGLISH}
        help_texts = {"source": _("Where this is documented, if it is.")}
        formfield_callback = formfield

    field_order = ["name_fr", "name_ar", "name_en", "acronym", "kind", "tax_number", "key_confirmed", "key_reason"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        grouped(self, "delegation", territory.groups(kept=self.instance.delegation_id, on=timezone.localdate()))
        if self.is_bound and self._asks_about_key():
            self.fields["key_confirmed"].widget = forms.CheckboxInput()
            self.fields["key_reason"].widget = forms.TextInput(attrs={"maxlength": "500"})

    def clean_tax_number(self) -> str:
        """Said here by the other's name; the model's rule, which knows no name, would say less."""
        number: str = self.cleaned_data["tax_number"]
        if number:
            try:
                organisations.refuse_number_of_another(number, besides=self.instance.pk)
            except TaxNumberTaken as error:
                raise forms.ValidationError(str(error), code=error.code) from error
        return number

    def _asks_about_key(self) -> bool:
        """A number is typed whose key is wrong, and which is not the one that stands there already."""
        try:
            typed = parse_tax_number(str(self.data.get(self.add_prefix("tax_number"), "")))
        except ValueError:
            return False
        return typed != self.initial.get("tax_number") and not is_key_right(typed)


class RenameForm(PortalForm):
    """Another name from a day; the old one stays for documents of older days."""

    versioned = True

    name_fr = OneLineField(label=NAME_LABELS["name_fr"], max_length=300, widget=FRENCH)
    name_ar = OneLineField(label=NAME_LABELS["name_ar"], max_length=300, required=False, widget=ARABIC)
    name_en = OneLineField(label=NAME_LABELS["name_en"], max_length=300, required=False, widget=ENGLISH)
    acronym = OneLineField(label=_("Acronym"), max_length=30, required=False)
    on = DateField(label=_("First day of the new name"))
    source = OneLineField(
        label=_("Act or source"), max_length=300, required=False, help_text=_("For example the decree and its date.")
    )
