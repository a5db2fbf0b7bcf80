"""What django-allauth does our way: nobody signs up, mails become rows of the outbox, limits spare the owner."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from accounts import devices
from accounts.domain import codes, passwords
from accounts.middleware import begin
from accounts.models import User
from accounts.models.user import normalise_email
from core.outbox import seal

LOGIN_CODE = "account/email/login_code"
TOO_OFTEN = _("Too many tries. Nothing is locked: wait five minutes, then try again.")


class PortalAccountAdapter(DefaultAccountAdapter):
    """The seams that allauth leaves to a project."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "too_many_login_attempts": TOO_OFTEN,
        "rate_limited": TOO_OFTEN,
        "incorrect_password": _("This is not the password of your account."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """An account is made by accepting an invitation, nowhere else."""
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Only the sign-in code is allauth's to send; every other mail of an account is our own verb's."""
        if template_prefix != LOGIN_CODE:
            return
        user = User.objects.filter(email=normalise_email(email), is_active=True).first()
        if user is not None:
            codes.send(user=user, code=context["code"], now=timezone.now())

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """The verbs tell the address themselves, in the transaction of the change."""

    def send_password_reset_mail(self, user: User, email: str, context: dict[str, Any]) -> None:
        passwords.request_reset(user=user, now=timezone.now())

    def get_reset_password_from_key_url(self, key: str) -> str:
        """Not sent, and its page is not mounted: the personal link of our message replaces both."""
        return ""

    def login(self, request: HttpRequest, user: User) -> None:
        super().login(request, user)
        begin(request, timezone.now())

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        response = super().post_login(request, user, **kwargs)
        devices.remember(request, response, user)
        return response

    def reauthenticate(self, user: User, password: str) -> bool:
        """The password once more, before something that a borrowed session may not do."""
        return user.check_password(password)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """The home, in the language that the person prefers."""
        return home_of(request.user)

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Failed tries are counted an address; a browser that its owner has used before is counted by itself."""
        email = normalise_email(credentials.get("email") or "")
        user_id = User.objects.filter(email=email).values_list("pk", flat=True).first()
        mark = devices.known_as(request, user_id) if user_id else ""
        return f"{email}:{mark}"


class PortalMFAAdapter(DefaultMFAAdapter):
    """The second step our way: secrets lie encrypted, passkeys belong to the portal's own address."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("This code opens nothing: type the one that the app shows now, or an unused code."),
    }

    def encrypt(self, text: str) -> str:
        return seal.seal({"secret": text})

    def decrypt(self, encrypted_text: str) -> str:
        return seal.opened(encrypted_text)["secret"]

    def get_totp_issuer(self) -> str:
        return "PASRI"

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """The verbs tell the address themselves, in the transaction of the change."""

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {"id": urlsplit(settings.PORTAL_URL).hostname or "", "name": "PASRI"}


def home_of(user: User) -> str:
    """The address of the home page in the person's own language."""
    with translation.override(user.language):
        return reverse("home")
