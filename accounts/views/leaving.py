"""Somebody leaves: one page says what is open in the name, one button hands it over and closes the account."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView

from accounts.domain import leaving
from accounts.forms.people import LeaveForm
from accounts.models import User
from accounts.views.users import UserPageMixin
from core.views.mixins import DomainFormMixin


class UserLeaveView(UserPageMixin, DomainFormMixin, FormView):
    """Everything that is open, who takes over, and why. Sent twice it acts once."""

    form_class = LeaveForm
    template_name = "accounts/user_leave.html"
    success_message = _("Everything is handed over, and the account is closed.")
    once = True

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "leaver": self.object}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        groups = leaving.open_of(self.object, now=timezone.now())
        return super().get_context_data(
            **kwargs,
            passing=[group for group in groups if group.kind.passes],
            ending=[group for group in groups if not group.kind.passes],
        )

    def perform(self, form: LeaveForm) -> User:
        return leaving.leave(user=self.object, actor=self.request.user, now=timezone.now(), **form.changes())
