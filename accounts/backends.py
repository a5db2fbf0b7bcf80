"""Who stands behind a session: the account with its roles, read together, since every private page asks for both."""

from __future__ import annotations

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.utils import timezone

from accounts.models import RoleGrant, User


class AccountBackend(AuthenticationBackend):  # type: ignore[misc]
    """allauth's; an account comes with the roles of today."""

    def get_user(self, user_id: Any) -> User | None:
        grants = RoleGrant.objects.in_force(on=timezone.localdate()).filter(user=OuterRef("pk")).order_by()
        rows = User.objects.annotate(role_codes=ArraySubquery(grants.values("role")))
        user: User | None = rows.filter(pk=user_id).first()
        if user is None or not self.user_can_authenticate(user):
            return None
        user.roles = frozenset(user.role_codes)  # type: ignore[attr-defined]
        return user
