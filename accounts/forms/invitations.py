"""Inviting, and accepting an invitation."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.enums import Language, Role
from accounts.forms.passwords import NewPasswordMixin, new_password, same_password
from accounts.models import Invitation, User
from core.formats.fields import DateField, EmailField, OneLineField
from core.forms import PortalForm


class InviteForm(PortalForm):
    """Whom to invite, in which language to write, and with which role."""

    email = EmailField(label=_("E-mail address"), max_length=254, help_text=_("The invitation goes to this address."))
    full_name = OneLineField(label=_("Name"), max_length=200)
    language = forms.ChoiceField(label=_("Language of the messages"), choices=Language.choices, initial=Language.FRENCH)
    role = forms.ChoiceField(label=_("Role"), choices=[("", "—"), *Role.choices])
    role_ends_on = DateField(label=_("Role until"), required=False, help_text=_("Empty: without an end."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].widget.attrs["autocomplete"] = "off"


class AcceptForm(NewPasswordMixin, PortalForm):
    """The invited person: name, language, password."""

    full_name = OneLineField(
        label=_("Your name"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "name", "dir": "auto"})
    )
    language = forms.ChoiceField(label=_("Language of the messages"), choices=Language.choices)
    password = new_password()
    repeated = same_password()

    def __init__(self, *args: Any, invitation: Invitation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.invitation = invitation

    def person(self) -> User:
        return User(email=self.invitation.email, full_name=self.cleaned_data.get("full_name", ""))
