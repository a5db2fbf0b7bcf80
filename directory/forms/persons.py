"""A person's file, and the organisations to which a person belongs."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models.user import normalise_email
from core.formats.fields import ArabicNameField, DateField, LatinNameField, OneLineField, PhoneField, formfield
from core.forms import PortalForm, PortalModelForm
from directory.domain.duplicates import Sought
from directory.models import Organisation, Person


def organisations() -> forms.ModelChoiceField:
    """A choice among the organisations, in alphabetical order."""
    return forms.ModelChoiceField(
        label=_("Organisation"), queryset=Organisation.objects.order_by("order_fr", "id"), empty_label="—"
    )


class PersonForm(PortalModelForm):
    """The file; one name at least, in either script."""

    name_latin = LatinNameField(
        label=_("Name in Latin script"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "ltr"}),
        help_text=_("As the person writes it: it is printed on certificates."),
    )
    name_ar = ArabicNameField(label=_("Name in Arabic script"), max_length=200, required=False)
    phone = PhoneField(label=_("Telephone"), required=False)

    class Meta:
        model = Person
        fields = ["name_latin", "name_ar", "sex", "function", "email", "phone", "language", "governorate"]
        labels = {"email": _("E-mail address"), "language": _("Language of the messages")}
        help_texts = {"email": _("It makes one person of all registrations that come with it.")}
        formfield_callback = formfield

    def clean_email(self) -> str | None:
        """In the one form in which an address is kept; none instead of an empty one."""
        return normalise_email(self.cleaned_data["email"] or "") or None


class NewPersonForm(PersonForm):
    """A new file, perhaps with the organisation of today."""

    organisation = organisations()
    another = forms.BooleanField(
        label=_("This is somebody else: enter the person all the same."), required=False, widget=forms.HiddenInput()
    )
    field_order = ["another", "name_latin", "name_ar", "sex", "organisation", "function"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].required = False

    def sought(self) -> Sought:
        """Whom the form describes, as far as it could be read."""
        values = {name: self.cleaned_data.get(name) or "" for name in ("name_latin", "name_ar", "email", "phone")}
        values["email"] = values["email"] or str(self["email"].value() or "").replace("\0", "")  # it may be the error
        return Sought(**values)

    def changes(self) -> dict[str, Any]:
        """Without the box: it is no part of the file."""
        return {name: value for name, value in super().changes().items() if name != "another"}

    def ask(self) -> None:
        """There may be this person already: the box is there to be ticked."""
        self.fields["another"].widget = forms.CheckboxInput()


class AffiliationForm(PortalForm):
    """An organisation more."""

    organisation = organisations()
    function = OneLineField(label=_("Function there"), max_length=200, required=False)
    starts_on = DateField(label=_("From"), required=False, help_text=_("Empty: not known."))


class EndAffiliationForm(PortalForm):
    """The last day in the organisation."""

    ends_on = DateField(label=_("Last day"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ends_on"].initial = timezone.localdate
