"""One's own second step: the list, an app, passkeys, recovery codes."""

from __future__ import annotations

import json
from typing import Any

import segno
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from allauth.mfa.webauthn.internal import auth as webauthn
from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import FormView, TemplateView

from accounts.domain import factors
from accounts.forms.factors import AppForm, PasskeyForm
from accounts.permissions import is_signed_in
from accounts.views.again import FreshMixin
from core.views.acts import ActView
from core.views.mixins import DomainFormMixin, PermissionMixin

PAGE = "accounts:factor-list"


class FactorListView(PermissionMixin, TemplateView):
    """What opens the account beside the password; for whom it is compulsory, the way to set it up."""

    permission = staticmethod(is_signed_in)
    template_name = "accounts/factor_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        rows = list(factors.of(user))
        codes = factors.codes_of(user)
        return super().get_context_data(
            **kwargs,
            rows=rows,
            has_app=any(row.type == Authenticator.Type.TOTP for row in rows),
            required=factors.is_required(user),
            codes_left=len(codes.get_unused_codes()) if codes else 0,
            codes_open=codes is not None and factors.may_show(codes, now=timezone.now()),
        )


class OwnFactorMixin(FreshMixin, PermissionMixin):
    """A page that changes the own second step: only for somebody who has just proved who it is."""

    permission = staticmethod(is_signed_in)
    result: Any
    request: HttpRequest

    @property
    def session_key(self) -> str:
        return self.request.session.session_key or ""

    def get_success_url(self) -> str:
        """To the recovery codes where some were made."""
        return reverse("accounts:codes" if self.result else PAGE)


@method_decorator(sensitive_post_parameters(), name="dispatch")
class AppAddView(OwnFactorMixin, DomainFormMixin, FormView):
    """An app reads the secret from the picture, or it is typed, and shows a first code."""

    form_class = AppForm
    template_name = "accounts/app_add.html"
    success_message: str | Promise = _("The app is set up: from now on, signing in asks for its code.")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if factors.of(request.user).filter(type=Authenticator.Type.TOTP).exists():
            return redirect(PAGE)
        return super().get(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "user": self.request.user}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        secret = context["form"].secret
        address = get_adapter().build_totp_url(self.request.user, secret)
        groups = [secret[n : n + 4] for n in range(0, len(secret), 4)]
        code = segno.make(address, error="m", micro=False)
        return {**context, "qr": code.svg_inline(border=3, scale=5, omitsize=True, light="white"), "groups": groups}

    def perform(self, form: AppForm) -> bool:
        made = factors.add_app(
            user=self.request.user, secret=form.secret, keep_session=self.session_key, now=timezone.now()
        )
        totp.clear_totp_secret(self.request)
        return made


class PasskeyAddView(OwnFactorMixin, DomainFormMixin, FormView):
    """The device's own lock, or a key, opens the account. The browser makes it: this page alone needs its script."""

    form_class = PasskeyForm
    template_name = "accounts/passkey_add.html"
    success_message: str | Promise = _("The passkey is set up.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        options = json.loads(json.dumps(webauthn.begin_registration(self.request.user, False)))
        options["publicKey"]["authenticatorSelection"]["residentKey"] = "preferred"
        return super().get_context_data(**kwargs, options=json.dumps(options))

    def perform(self, form: PasskeyForm) -> bool:
        data = form.cleaned_data
        return factors.add_passkey(
            user=self.request.user,
            name=data["name"],
            credential=data["credential"],
            keep_session=self.session_key,
            now=timezone.now(),
        )


class FactorRemoveView(OwnFactorMixin, DomainFormMixin, FormView):
    """The app or a passkey opens nothing any more."""

    form_class = Form
    template_name = "accounts/factor_remove.html"
    success_message: str | Promise = _("It is removed. Your sessions on other devices are closed.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        factor = get_object_or_404(factors.of(self.request.user), pk=self.kwargs["pk"])
        return super().get_context_data(**kwargs, factor=factor, last=factors.of(self.request.user).count() == 1)

    def perform(self, form: Form) -> None:
        factors.remove(
            user=self.request.user,
            factor_id=self.kwargs["pk"],
            keep_session=self.session_key,
            now=timezone.now(),
        )

    def form_invalid(self, form: Form) -> HttpResponse:
        """Refused: the sentence, on the list."""
        for sentence in form.non_field_errors():
            messages.error(self.request, sentence)
        return redirect(PAGE)


class CodesView(FreshMixin, PermissionMixin, TemplateView):
    """Recovery codes, shown once: until the person has put them away."""

    permission = staticmethod(is_signed_in)
    template_name = "accounts/codes.html"
    codes: RecoveryCodes

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        codes = factors.codes_of(request.user) if request.user.is_authenticated else None
        if codes is None or not factors.may_show(codes, now=timezone.now()):
            return redirect(PAGE)
        self.codes = codes
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs, codes=self.codes.get_unused_codes())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        factors.keep_codes(user=request.user)
        messages.success(request, gettext("Your recovery codes are put away. The portal will not show them again."))
        return redirect(PAGE)


class CodesFileView(CodesView):
    """The same as a text, to print or to keep."""

    template_name = "accounts/codes.txt"
    http_method_names = ["get", "head", "options"]

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        response = render(self.request, self.template_name, context, content_type="text/plain; charset=utf-8")
        response["Content-Disposition"] = 'attachment; filename="pasri-codes.txt"'
        return response


class CodesRenewView(FreshMixin, PermissionMixin, ActView):
    """Ten new codes instead of those of before."""

    permission = staticmethod(is_signed_in)
    made = False

    def perform(self) -> None:
        factors.renew_codes(user=self.request.user, now=timezone.now())
        self.made = True

    def get_success_url(self) -> str:
        return reverse("accounts:codes" if self.made else PAGE)
