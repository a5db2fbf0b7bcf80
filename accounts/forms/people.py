"""The own data, and what a manager does to an account."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.domain import leaving
from accounts.enums import Language, Role
from accounts.models import User
from core.formats.fields import ArabicNameField, DateField, OneLineField
from core.forms import PortalForm, PortalModelForm


class ProfileForm(PortalModelForm):
    """Names and the language of the messages; the address is the account and changes nowhere here."""

    full_name = OneLineField(
        label=_("Your name"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "name", "dir": "auto"})
    )
    full_name_ar = ArabicNameField(label=_("Your name in Arabic"), max_length=200, required=False)
    language = forms.ChoiceField(
        label=_("Language of the messages"),
        choices=Language.choices,
        help_text=_("Messages, documents and the page after signing in come in this language."),
    )

    class Meta:
        model = User
        fields = ["full_name", "full_name_ar", "language"]


class ReasonForm(PortalForm):
    """The reason that the history keeps."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        help_text=_("The history keeps it; other managers read it."),
    )


class GrantForm(ReasonForm):
    """A role, from a day, to a day or without an end."""

    role = forms.ChoiceField(label=_("Role"), choices=[("", "—"), *Role.choices])
    starts_on = DateField(label=pgettext_lazy("date", "From"))
    ends_on = DateField(
        label=pgettext_lazy("date", "To"), required=False, help_text=_("The last day counts. Empty: without an end.")
    )
    field_order = ["role", "starts_on", "ends_on", "reason"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["starts_on"].initial = timezone.localdate
        self.fields["reason"].required = False


class LeaveForm(ReasonForm):
    """Who takes over, and why."""

    successor = forms.ModelChoiceField(
        label=_("Who takes over"),
        queryset=User.objects.none(),
        empty_label="—",
        help_text=_("Everything that passes goes to this one person; more can be given on afterwards."),
    )
    field_order = ["successor", "reason"]

    def __init__(self, *args: Any, leaver: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["successor"]
        field.queryset = leaving.successors(leaver)
        field.label_from_instance = lambda user: f"{user} – {user.email}"
