"""Accounts, for managers: who has one, with which roles, and what happened to it."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Prefetch
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView, TemplateView

from accounts import exports, history
from accounts.domain import factors, people, roles
from accounts.enums import Role
from accounts.forms.people import GrantForm, ReasonForm
from accounts.lists import USERS
from accounts.models import RoleGrant, User
from accounts.permissions import history_rights, manages_accounts
from core.lists import ListView
from core.views.history import HistoryMixin
from core.views.mixins import DomainFormMixin, PermissionMixin, ScopedObjectMixin


class UserListView(PermissionMixin, ListView):
    """Every account with the roles of today."""

    permission = staticmethod(manages_accounts)
    spec = USERS
    export = exports.USERS
    template_name = "accounts/user_list.html"

    def get_queryset(self) -> models.QuerySet[User]:
        today = RoleGrant.objects.in_force(on=timezone.localdate()).order_by("role")
        return User.objects.prefetch_related(Prefetch("grants", queryset=today, to_attr="grants_today"))


class UserPageMixin(ScopedObjectMixin):
    """A page about one account, for managers."""

    permission = staticmethod(manages_accounts)
    model = User

    def get_success_url(self) -> str:
        return reverse("accounts:user-detail", args=[self.object.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs, account=self.object)  # type: ignore[misc]


class UserDetailView(UserPageMixin, TemplateView):
    """One account: data, roles with their dates, history."""

    reads = "accounts.user"
    template_name = "accounts/user_detail.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        today = timezone.localdate()
        grants = list(self.object.grants.order_by("-starts_on", "role", "id"))
        now = [grant for grant in grants if grant.ends_on is None or grant.ends_on >= today]
        return super().get_context_data(
            **kwargs,
            today=today,
            grants_now=now,
            grants_past=[grant for grant in grants if grant not in now],
            factors=list(factors.of(self.object)),
            lines=history.ACCOUNT.lines_of(self.object),
        )


class UserHistoryView(HistoryMixin, UserPageMixin, TemplateView):
    """Everything that happened to one account, with old and new values."""

    template_name = "core/history.html"
    reads = "accounts.user"
    trail = history.ACCOUNT
    rights = staticmethod(history_rights)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        words = {"subject": _("Account"), "subject_name": str(self.object), "object_url": self.get_success_url()}
        return super().get_context_data(**words, **kwargs)


class RoleGrantView(UserPageMixin, DomainFormMixin, FormView):
    """A role more."""

    form_class = GrantForm
    template_name = "accounts/role_grant.html"
    success_message = _("The role is given. The person signs in again.")

    def perform(self, form: GrantForm) -> RoleGrant:
        return roles.grant(user=self.object, actor=self.request.user, **form.changes())


class RoleRevokeView(UserPageMixin, DomainFormMixin, FormView):
    """A role less, with a reason."""

    form_class = ReasonForm
    template_name = "accounts/role_revoke.html"
    success_message = _("The role is ended. The person’s sessions are closed.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs, role=Role(self.kwargs["role"]).label)

    def perform(self, form: ReasonForm) -> None:
        roles.revoke(
            user=self.object,
            role=self.kwargs["role"],
            actor=self.request.user,
            today=timezone.localdate(),
            **form.changes(),
        )


class FactorResetView(UserPageMixin, DomainFormMixin, FormView):
    """Somebody lost every second step: they are taken away, and the person sets up a new one."""

    form_class = ReasonForm
    template_name = "accounts/factor_reset.html"
    success_message = _("The second step is reset, the sessions are closed, and the person is told by mail.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs, has_one=factors.has_one(self.object))

    def perform(self, form: ReasonForm) -> None:
        factors.reset(user=self.object, actor=self.request.user, now=timezone.now(), **form.changes())


class UserCloseView(UserPageMixin, DomainFormMixin, FormView):
    """The account no longer opens the portal."""

    form_class = ReasonForm
    template_name = "accounts/user_close.html"
    success_message = _("The account is closed, and its sessions with it.")

    def perform(self, form: ReasonForm) -> User:
        return people.deactivate(
            user=self.object, actor=self.request.user, today=timezone.localdate(), **form.changes()
        )


class UserReopenView(UserPageMixin, DomainFormMixin, FormView):
    """The account opens the portal again."""

    form_class = ReasonForm
    template_name = "accounts/user_reopen.html"
    success_message = _("The account is open again.")

    def perform(self, form: ReasonForm) -> User:
        return people.reactivate(user=self.object, actor=self.request.user, **form.changes())
