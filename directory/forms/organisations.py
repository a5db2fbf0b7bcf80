"""An organisation: its data, and a change of its name."""

from __future__ import annotations

from django import forms
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from core.formats.fields import DateField, OneLineField, PhoneField, formfield
from core.forms import PortalForm, PortalModelForm
from directory.models import Organisation

ARABIC = forms.TextInput(attrs={"lang": "ar", "dir": "rtl"})
FRENCH = forms.TextInput(attrs={"lang": "fr", "dir": "ltr"})
ENGLISH = forms.TextInput(attrs={"lang": "en", "dir": "ltr"})
NAME_LABELS = {"name_fr": _("Name in French"), "name_ar": _("Name in Arabic"), "name_en": _("Name in English")}


class OrganisationForm(PortalModelForm):
    """The data of an organisation; a name changed here is a correction."""

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
            "governorate",
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
