"""What the lists of the accounts show, and by what they are filtered."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from accounts.domain import factors
from accounts.enums import Role
from accounts.models import Invitation, RoleGrant, User
from core.lists import Empty, FilterForm, ListSpec, Sort
from core.lists.filters import ANY


class UserFilter(FilterForm):
    """By role held today, by whether the account is open, and by whether it has a second step."""

    role = forms.ChoiceField(label=_("Role"), choices=[("", ANY), *Role.choices])
    state = forms.ChoiceField(
        label=_("Account"), choices=[("", ANY), ("open", _("Open accounts")), ("closed", _("Closed accounts"))]
    )

    second_step = forms.ChoiceField(
        label=_("Second step"),
        choices=[("", ANY), ("with", _("With a second step")), ("without", _("Without a second step"))],
    )

    def filter_role(self, rows: models.QuerySet[User], value: str) -> models.QuerySet[User]:
        held = RoleGrant.objects.in_force(on=timezone.localdate()).filter(role=value)
        return rows.filter(pk__in=held.values("user_id"))

    def filter_state(self, rows: models.QuerySet[User], value: str) -> models.QuerySet[User]:
        return rows.filter(is_active=value == "open")

    def filter_second_step(self, rows: models.QuerySet[User], value: str) -> models.QuerySet[User]:
        held = models.Q(pk__in=factors.holders())
        return rows.filter(held if value == "with" else ~held)


USERS = ListSpec(
    model=User,
    sorts=[Sort("name", _("Name"), "key"), Sort("joined", _("Account made"), "-date_joined")],
    filters=UserFilter,
    count=ngettext_lazy("%(shown)s account", "%(shown)s accounts", "n"),
    empty=Empty(
        _("No account yet"),
        _("An account is made when somebody accepts an invitation."),
        url_name="accounts:invitation-create",
        action=_("Invite somebody"),
        icon="people",
    ),
)


class InvitationFilter(FilterForm):
    """By what became of the invitation."""

    state = forms.ChoiceField(
        label=_("State"),
        choices=[
            ("", ANY),
            ("open", _("Waiting for an answer")),
            ("expired", _("Expired")),
            ("accepted", _("Accepted")),
            ("withdrawn", _("Withdrawn")),
        ],
    )

    def filter_state(self, rows: models.QuerySet[Invitation], value: str) -> models.QuerySet[Invitation]:
        now = timezone.now()
        pending = models.Q(accepted_at__isnull=True, withdrawn_at__isnull=True)
        wanted: dict[str, Any] = {
            "open": pending & models.Q(expires_at__gt=now),
            "expired": pending & models.Q(expires_at__lte=now),
            "accepted": models.Q(accepted_at__isnull=False),
            "withdrawn": models.Q(withdrawn_at__isnull=False),
        }
        return rows.filter(wanted[value])


INVITATIONS = ListSpec(
    model=Invitation,
    sorts=[Sort("date", _("Invited on"), "-created_at"), Sort("name", _("Address"), "key")],
    filters=InvitationFilter,
    count=ngettext_lazy("%(shown)s invitation", "%(shown)s invitations", "n"),
    empty=Empty(
        _("No invitation yet"),
        _("Whoever is to work in the portal is invited here, with a role."),
        url_name="accounts:invitation-create",
        action=_("Invite somebody"),
        icon="mail",
    ),
)
