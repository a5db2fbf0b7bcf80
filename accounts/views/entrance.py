"""Pages behind personal links: an invitation, a new password. Opening one changes nothing; its form acts."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import FormView

from accounts.adapter import home_of
from accounts.devices import remember
from accounts.domain import invitations, passwords
from accounts.errors import InvitationClosed, LinkOutdated
from accounts.forms.invitations import AcceptForm
from accounts.forms.passwords import ResetForm
from accounts.models import Invitation, User
from core.errors import DomainError
from core.models import PersonalLink
from core.outbox.tokens import hash_of
from core.views.mixins import DomainFormMixin, PublicMixin

RENEW = "renew"


def link_of(token: str, act: str) -> PersonalLink:
    """The link of a token; 404 for any other string."""
    links = PersonalLink.objects.select_related("message")
    return get_object_or_404(links, token_hash=hash_of(token), act=act)


class LinkView(PublicMixin, DomainFormMixin, FormView):
    """The form behind a link while it is good; else a page that says why not, and offers a new one."""

    act: str
    link: PersonalLink

    def find(self) -> DomainError | None:
        """Find what the link speaks of; the rule that refuses it, where one does."""
        raise NotImplementedError

    def renew(self) -> None:
        """Send a new link to the same address."""
        raise NotImplementedError

    def may_renew(self, refusal: DomainError) -> bool:
        return True

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.link = link_of(kwargs["token"], self.act)
        refusal = self.find()
        if refusal is None:
            return super().dispatch(request, *args, **kwargs)
        if request.method == "POST" and RENEW in request.POST and self.may_renew(refusal):
            self.renew()
            return self.dead(request, None)
        return self.dead(request, refusal)

    def dead(self, request: HttpRequest, refusal: DomainError | None) -> HttpResponse:
        """The link opens nothing: the reason, or (after the button) that a new one is on its way."""
        context = {
            "refusal": refusal,
            "renew": RENEW if refusal is not None and self.may_renew(refusal) else "",
            "used": refusal is not None and refusal.code == "used",
        }
        return render(request, "accounts/link_dead.html", context, status=HTTPStatus.GONE if refusal else HTTPStatus.OK)

    def is_over(self) -> bool:
        ends = self.link.expires_at
        return ends is not None and ends <= timezone.now()

    def form_invalid(self, form: Any) -> HttpResponseBase:
        """A second press of the button arrives after the first has used the link: say that instead of a form."""
        refusal = self.find()
        return super().form_invalid(form) if refusal is None else self.dead(self.request, refusal)


@method_decorator(sensitive_post_parameters(), name="dispatch")
class InvitationAcceptView(LinkView):
    """The invited person chooses name and password and lands signed in on the home page."""

    act = invitations.ACT
    form_class = AcceptForm
    template_name = "accounts/invitation_accept.html"
    invitation: Invitation

    def find(self) -> DomainError | None:
        invitation = Invitation.objects.filter(pk=self.link.object_id).first()
        if invitation is None:
            raise Http404
        self.invitation = invitation
        try:
            invitations.refuse_closed(invitation, now=timezone.now())
        except InvitationClosed as error:
            return error
        if self.is_over():
            return InvitationClosed(_("The time of this link is over."), code="expired")
        return None

    def may_renew(self, refusal: DomainError) -> bool:
        return refusal.code == "expired"

    def renew(self) -> None:
        invitations.resend(invitation=self.invitation, actor=None, now=timezone.now())

    def get_initial(self) -> dict[str, Any]:
        return {"full_name": self.invitation.full_name, "language": self.invitation.language}

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "invitation": self.invitation}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs, invitation=self.invitation)

    def perform(self, form: AcceptForm) -> User:
        data = form.cleaned_data
        return invitations.accept(
            invitation=self.invitation,
            full_name=data["full_name"],
            language=data["language"],
            password=data["password"],
            now=timezone.now(),
        )

    def form_valid(self, form: AcceptForm) -> HttpResponseBase:
        response = super().form_valid(form)
        if self.result is not None:
            get_adapter().login(self.request, self.result)
            record_authentication(self.request, self.result, "password")
            remember(self.request, response, self.result)
            messages.success(self.request, gettext("Your account is open. Welcome to the portal."))
        return response

    def get_success_url(self) -> str:
        return home_of(self.result)


@method_decorator(sensitive_post_parameters(), name="dispatch")
class PasswordResetView(LinkView):
    """A new password, once; then one signs in with it, on the way that every sign-in takes."""

    act = passwords.RESET_ACT
    form_class = ResetForm
    template_name = "accounts/password_reset.html"
    success_message: str | Promise = _("Your password is changed. Sign in with it.")
    account: User

    def find(self) -> DomainError | None:
        try:
            self.account = passwords.user_of_reset(self.link)
        except LinkOutdated as error:
            return error
        if self.is_over():
            return DomainError(_("This link was valid for one hour, which is over."), code="expired")
        return None

    def renew(self) -> None:
        user = User.objects.filter(pk=self.link.object_id, is_active=True).first()
        if user is not None:
            passwords.request_reset(user=user, now=timezone.now())

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "user": self.account}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs, account=self.account)

    def perform(self, form: ResetForm) -> User:
        user = passwords.reset(link=self.link, password=form.cleaned_data["password"], now=timezone.now())
        get_adapter()._delete_login_attempts_cached_email(self.request, email=user.email)
        return user

    def get_success_url(self) -> str:
        return reverse("account_login")
