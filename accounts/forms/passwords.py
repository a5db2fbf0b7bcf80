"""Passwords: chosen at an invitation, after a reset, or changed by somebody who knows the old one."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_variables

from accounts.models import User
from core.forms import PortalForm

LONGEST = 128
RULE = _("At least 12 characters; a few words make a good one. Pasting from a password manager works.")


def new_password() -> forms.CharField:
    """A box for a new password: no rule on its signs, pasting allowed, known to password managers."""
    return _box(_("New password"), "new-password", RULE)


def same_password() -> forms.CharField:
    """The same again: whoever cannot see what is typed would be locked out by a slip."""
    return _box(_("The same password again"), "new-password")


def _box(label: Any, autocomplete: str, help_text: Any = "") -> forms.CharField:
    widget = forms.PasswordInput(attrs={"autocomplete": autocomplete, "dir": "ltr"})
    return forms.CharField(label=label, help_text=help_text, max_length=LONGEST, strip=False, widget=widget)


class NewPasswordMixin:
    """Checks `password` against the rules and `repeated` against `password`; it must not resemble `person()`."""

    cleaned_data: dict[str, Any]

    def person(self) -> User:
        raise NotImplementedError

    @sensitive_variables()
    def clean(self) -> dict[str, Any]:
        super().clean()  # type: ignore[misc]
        password, repeated = self.cleaned_data.get("password"), self.cleaned_data.get("repeated")
        if password:
            try:
                validate_password(password, self.person())
            except ValidationError as error:
                self.add_error("password", error)  # type: ignore[attr-defined]
        if password and repeated and password != repeated:
            self.add_error("repeated", _("The two passwords differ: type the second one again."))  # type: ignore[attr-defined]
        return self.cleaned_data


class ResetForm(NewPasswordMixin, PortalForm):
    """A new password for an account that the personal link names."""

    password = new_password()
    repeated = same_password()

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def person(self) -> User:
        return self.user


class ChangeForm(ResetForm):
    """A new password for the person who is signed in and types the present one first."""

    present = _box(_("Present password"), "current-password")
    field_order = ["present", "password", "repeated"]

    @sensitive_variables()
    def clean_present(self) -> str:
        present: str = self.cleaned_data["present"]
        if not self.user.check_password(present):
            raise ValidationError(_("This is not your present password."), code="wrong")
        return present
