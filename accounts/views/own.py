"""Everybody's own account: names, language, password, open sessions."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.decorators import method_decorator
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import FormView, TemplateView

from accounts.domain import passwords, people, sessions
from accounts.forms.passwords import ChangeForm
from accounts.forms.people import ProfileForm
from accounts.models import User
from accounts.permissions import is_signed_in
from core.views.acts import ActView
from core.views.mixins import DomainFormMixin, PermissionMixin


class ProfileView(PermissionMixin, DomainFormMixin, FormView):
    """Names and language; from here to the password and the open sessions."""

    permission = staticmethod(is_signed_in)
    form_class = ProfileForm
    template_name = "accounts/profile.html"

    @property
    def object(self) -> User:
        return self.request.user

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "instance": User.objects.get(pk=self.request.user.pk)}

    def perform(self, form: ProfileForm) -> User:
        user = people.update(user=self.request.user, version=form.version, actor=self.request.user, **form.changes())
        with translation.override(user.language):
            messages.success(self.request, gettext("Your account is saved."))
        return user

    def get_success_url(self) -> str:
        """In the language that was chosen just now."""
        with translation.override(self.result.language):
            return reverse("accounts:profile")


@method_decorator(sensitive_post_parameters(), name="dispatch")
class PasswordChangeView(PermissionMixin, DomainFormMixin, FormView):
    """A new password for somebody who knows the old one; the other sessions end, this one goes on."""

    permission = staticmethod(is_signed_in)
    form_class = ChangeForm
    template_name = "accounts/password_change.html"
    success_message = _("Your password is changed. Your sessions on other devices are closed.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "user": self.request.user}

    def perform(self, form: ChangeForm) -> User:
        key = self.request.session.session_key or ""
        now = timezone.now()
        user = passwords.change(
            user=self.request.user, password=form.cleaned_data["password"], keep_session=key, now=now
        )
        update_session_auth_hash(self.request, user)
        return user

    def get_success_url(self) -> str:
        return reverse("accounts:profile")


class SessionListView(PermissionMixin, TemplateView):
    """On which devices the account is open now."""

    permission = staticmethod(is_signed_in)
    template_name = "accounts/session_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = list(sessions.open_of(self.request.user, now=timezone.now()))
        here = self.request.session.session_key
        others = [row for row in rows if row.session_key != here]
        return super().get_context_data(**kwargs, rows=rows, here=here, others=others)


class SessionsEndView(PermissionMixin, ActView):
    """The other devices are signed out."""

    permission = staticmethod(is_signed_in)

    def perform(self) -> None:
        ended = sessions.end_others(user=self.request.user, keep=self.request.session.session_key or "")
        words = ngettext("%(n)s other session is closed.", "%(n)s other sessions are closed.", ended)
        messages.success(self.request, words % {"n": ended})

    def get_success_url(self) -> str:
        return reverse("accounts:session-list")
