"""Invitations, for managers: who was invited, and what became of it."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView

from accounts import exports, history
from accounts.domain import invitations
from accounts.forms.invitations import InviteForm
from accounts.lists import INVITATIONS
from accounts.models import Invitation
from accounts.permissions import history_rights, manages_accounts
from core.lists import ListView
from core.views.acts import ActView
from core.views.history import HistoryPage
from core.views.mixins import DomainFormMixin, PermissionMixin, ScopedObjectMixin


class InvitationListView(PermissionMixin, ListView):
    """Every invitation with its state."""

    permission = staticmethod(manages_accounts)
    spec = INVITATIONS
    export = exports.INVITATIONS
    template_name = "accounts/invitation_list.html"

    def get_queryset(self) -> models.QuerySet[Invitation]:
        return Invitation.objects.select_related("invited_by", "user")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs, now=timezone.now())


class InvitationHistoryView(HistoryPage):
    """What became of one invitation."""

    permission = staticmethod(manages_accounts)
    rights = staticmethod(history_rights)
    model = Invitation
    trail = history.INVITATION
    subject = _("Invitation")

    def get_object_url(self) -> str:
        return reverse("accounts:invitation-list")

    def get_subject_name(self) -> str:
        return str(self.object.full_name)


class InvitationCreateView(PermissionMixin, DomainFormMixin, FormView):
    """Invite somebody with a role."""

    permission = staticmethod(manages_accounts)
    form_class = InviteForm
    template_name = "accounts/invitation_form.html"
    success_message = _("The invitation is on its way.")
    once = True

    def get_initial(self) -> dict[str, Any]:
        """The role that the page before asked for; anything else chooses none."""
        return {**super().get_initial(), "role": self.request.GET.get("role", "")}

    def perform(self, form: InviteForm) -> Invitation:
        return invitations.invite(actor=self.request.user, now=timezone.now(), **form.changes())

    def get_success_url(self) -> str:
        return reverse("accounts:invitation-list")


class InvitationActMixin(ScopedObjectMixin, ActView):
    """A button beside an invitation."""

    permission = staticmethod(manages_accounts)
    model = Invitation

    def get_success_url(self) -> str:
        return reverse("accounts:invitation-list")


class InvitationResendView(InvitationActMixin):
    """A new link to the same address."""

    success_message = _("A new link is on its way to the same address; at most three leave a day.")

    def perform(self) -> Invitation:
        return invitations.resend(invitation=self.object, actor=self.request.user, now=timezone.now())


class InvitationWithdrawView(InvitationActMixin):
    """The invitation opens nothing any more."""

    success_message = _("The invitation is withdrawn.")

    def perform(self) -> Invitation:
        return invitations.withdraw(invitation=self.object, actor=self.request.user, now=timezone.now())
