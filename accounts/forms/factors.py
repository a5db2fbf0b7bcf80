"""The second step: setting it up, giving it, and proving once more that it is still the same person."""

from __future__ import annotations

import json
from typing import Any

from allauth.account.forms import ReauthenticateForm
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as CodeForm
from allauth.mfa.base.internal.flows import check_rate_limit
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from allauth.mfa.webauthn.forms import AuthenticateWebAuthnForm, LoginWebAuthnForm, ReauthenticateWebAuthnForm
from allauth.mfa.webauthn.internal import auth as webauthn
from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.domain import factors
from accounts.models import User
from core.formats.fields import OneLineField
from core.forms import PortalForm

WRONG_CODE = _("This code opens nothing: type the one that the app shows now.")
WRONG_PASSKEY = _("This passkey could not be checked. Try again, or take another way.")


def code_box(label: str | Promise, help_text: str | Promise = "") -> forms.CharField:
    """Where a code is typed: digits, from left to right in every language, offered by the device's own keyboard."""
    attrs = {
        "autocomplete": "one-time-code",
        "inputmode": "numeric",
        "dir": "ltr",
        "autocapitalize": "off",
        "spellcheck": "false",
    }
    return forms.CharField(label=label, help_text=help_text, max_length=20, widget=forms.TextInput(attrs=attrs))


class OnceMixin:
    """A code of the app opens once within its life, a recovery code once for ever (which allauth sees to)."""

    fields: dict[str, forms.Field]
    user: User
    authenticator: Authenticator

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"] = code_box(
            _("Code"), _("The six digits that your app shows, or one of your recovery codes.")
        )

    def clean_code(self) -> str:
        code: str = super().clean_code()  # type: ignore[misc]
        is_app = self.authenticator.type == Authenticator.Type.TOTP
        if is_app and not factors.is_first_use(user_id=self.user.pk, code=code):
            raise ValidationError(_("This code was used already: wait for the next one."), code="used")
        return code


class SecondStepForm(OnceMixin, AuthenticateForm):
    """After the password: the code."""


class CodeAgainForm(OnceMixin, CodeForm):
    """Before a change of the second step: the code."""


class PasswordAgainForm(ReauthenticateForm):
    """Before a change of the second step: the password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].label = _("Password")
        self.fields["password"].widget.attrs.pop("placeholder", None)


class CredentialField(forms.JSONField):
    """What the browser says for a passkey: JSON of a few levels, never thousands."""

    def __init__(self) -> None:
        super().__init__(widget=forms.HiddenInput)

    def to_python(self, value: Any) -> Any:
        try:
            return super().to_python(value)
        except (RecursionError, ValueError):  # the second: a number of thousands of digits
            raise ValidationError(WRONG_PASSKEY, code="wrong") from None

    def bound_data(self, data: Any, initial: Any) -> Any:
        """What was sent is not shown again, and so not read again."""
        return initial


class CredentialMixin:
    """What the browser says for a passkey; anything that is not such an answer is refused as a wrong one."""

    cleaned_data: dict[str, Any]
    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["credential"] = CredentialField()

    def clean_credential(self) -> Authenticator:
        if not isinstance(self.cleaned_data["credential"], dict):
            raise ValidationError(WRONG_PASSKEY, code="wrong")
        try:
            return super().clean_credential()  # type: ignore[misc, no-any-return]
        except (TypeError, ValueError, KeyError, AttributeError):
            raise ValidationError(WRONG_PASSKEY, code="wrong") from None
        except ValidationError as error:
            if getattr(error, "code", "") == "incorrect_code":
                raise ValidationError(WRONG_PASSKEY, code="wrong") from None
            raise


class PasskeyStepForm(CredentialMixin, AuthenticateWebAuthnForm):
    """After the password: the passkey."""


class PasskeyAgainForm(CredentialMixin, ReauthenticateWebAuthnForm):
    """Before a change of the second step: the passkey."""


class PasskeyLoginForm(CredentialMixin, LoginWebAuthnForm):
    """Instead of the password: a passkey that asks for a finger, a face or a PIN."""


class AppForm(PortalForm):
    """The first code of an app that has just read the secret."""

    code = code_box(_("Code that the app shows"), _("Six digits. A new code comes every thirty seconds."))

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.secret = totp.get_totp_secret()

    def clean_code(self) -> str:
        forget_tries = check_rate_limit(self.user, error_key="rate_limited")
        code: str = self.cleaned_data["code"].replace(" ", "")
        first = factors.is_first_use(user_id=self.user.pk, code=code)
        if not totp.validate_totp_code(self.secret, code) or not first:
            raise ValidationError(WRONG_CODE, code="wrong")
        forget_tries()
        return code


class PasskeyForm(PortalForm):
    """A name for the device, and what the browser says of its new key."""

    name = OneLineField(
        label=_("Name of this device or key"),
        max_length=60,
        help_text=_("By which you will know it in the list, for example: office computer."),
    )
    credential = forms.CharField(required=False, max_length=20_000, widget=forms.HiddenInput)

    def clean_credential(self) -> dict[str, Any]:
        try:
            credential = json.loads(self.cleaned_data["credential"] or "null")
        except (ValueError, RecursionError):
            credential = None
        if not isinstance(credential, dict):
            raise ValidationError(_("This browser gave no passkey. Try again, or use an app."), code="missing")
        try:
            webauthn.parse_registration_response(credential)
            webauthn.complete_registration(credential)
        except (TypeError, ValueError, KeyError, AttributeError, ValidationError):
            raise ValidationError(WRONG_PASSKEY, code="wrong") from None
        return credential
