"""Signing in with a second step, and proving once more who it is: django-allauth's pages, with what they lack."""

from __future__ import annotations

import json
import logging
import time
from typing import Any
from urllib.parse import urlencode

from allauth.account import app_settings
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.models import Login
from allauth.account.utils import get_next_redirect_url
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import flows
from allauth.mfa.webauthn.views import LoginWebAuthnView, ReauthenticateWebAuthnView
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views import View

from accounts.domain import factors

log = logging.getLogger(__name__)
PROOFS = frozenset({"password", "mfa"})
"""A code that came by e-mail proves the mailbox, not the person: it does not count here."""


def is_fresh(request: HttpRequest) -> bool:
    """Whether the person gave the password or a second step within the last minutes."""
    records = get_authentication_records(request, request.user)
    last = max((record["at"] for record in records if record.get("method") in PROOFS), default=0.0)
    return time.time() - last < app_settings.REAUTHENTICATION_TIMEOUT


class FreshMixin(View):
    """A page that a session left open, or a borrowed one, does not open: it asks for a proof first."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated and not is_fresh(request):
            return redirect(f"{reverse('account_reauthenticate')}?{urlencode({'next': request.path})}")
        return super().dispatch(request, *args, **kwargs)


class SecondStepView(AuthenticateView):
    """After the password: a code or a passkey. The use of a recovery code is told to the address."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        kinds = set(factors.of(self.stage.login.user).values_list("type", flat=True))
        return {
            **context,
            "options": json.dumps(context["js_data"]["request_options"]),
            "has_app": Authenticator.Type.TOTP in kinds,
            "has_passkey": Authenticator.Type.WEBAUTHN in kinds,
        }

    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        used = getattr(form, "authenticator", None)
        if used is not None and used.type == Authenticator.Type.RECOVERY_CODES:
            factors.note_code_used(user=self.stage.login.user, now=timezone.now())
        return response

    def form_invalid(self, form: Any) -> HttpResponse:
        log.warning("second step refused, account %s", self.stage.login.user.pk)
        return super().form_invalid(form)


class PasskeyAgainView(ReauthenticateWebAuthnView):
    """The passkey once more."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return {
            **context,
            "options": json.dumps(context["js_data"]["request_options"]),
            "reauthentication_alternatives": self.get_reauthentication_alternatives(),
        }

    def form_invalid(self, form: Any) -> HttpResponse:
        """allauth would lead to the sign-in page; here the other ways stand beside."""
        return self.render_to_response(self.get_context_data(form=form))


class PasskeyLoginView(LoginWebAuthnView):
    """A passkey instead of address and password; leads to the page that asked for it."""

    def form_valid(self, form: Any) -> HttpResponse:
        authenticator = form.cleaned_data["credential"]
        if not authenticator.user.is_active:
            return redirect("account_inactive")
        login = Login(user=authenticator.user, redirect_url=get_next_redirect_url(self.request))
        return flows.perform_passwordless_login(self.request, authenticator, login)

    def form_invalid(self, form: Any) -> HttpResponse:
        for sentence in form.errors.get("credential", []):
            messages.error(self.request, sentence)
        return redirect("account_login")
