"""Lists of accounts as files: for managers, who alone open them."""

from __future__ import annotations

from django.contrib.postgres.aggregates import StringAgg
from django.db import models
from django.db.models import OuterRef, Q, Subquery, Value
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from accounts.enums import Language, Role
from accounts.models import RoleGrant, User
from core.exports import Choice, Column, ExportSpec, Kind


def _roles_in_words(codes: str | None) -> str:
    # Translators: the comma between words of a list
    return pgettext("list", ", ").join(str(Role(code).label) for code in (codes or "").split(",") if code)


def _with_roles(rows: models.QuerySet[User]) -> models.QuerySet[User]:
    """The roles held today, as codes."""
    held = RoleGrant.objects.in_force(on=timezone.localdate()).filter(user=OuterRef("pk")).order_by().values("user")
    codes = held.annotate(codes=StringAgg("role", Value(","), order_by="role")).values("codes")
    return rows.annotate(role_codes=Subquery(codes))


USERS = ExportSpec(
    "accounts",
    _("Accounts"),
    [
        Column(_("Name"), "full_name", width=28),
        Column(_("Name in Arabic"), "full_name_ar", width=28),
        Column(_("E-mail address"), "email", width=30),
        Column(_("Roles of today"), "role_codes", value=_roles_in_words, width=30),
        Choice(_("Language"), "language", Language, width=12),
        Column(_("May sign in"), "is_active", kind=Kind.YESNO, width=12),
        Column(_("Account made"), "date_joined", kind=Kind.DATETIME),
        Column(_("Last sign-in"), "last_login", kind=Kind.DATETIME),
    ],
    annotate=_with_roles,
    fictional=Q(is_demo=True),
    people=True,
)

INVITATIONS = ExportSpec(
    "invitations",
    _("Invitations"),
    [
        Column(_("E-mail address"), "email", width=30),
        Column(_("Name"), "full_name", width=28),
        Choice(_("Role"), "role", Role),
        Column(_("Invited on"), "created_at", kind=Kind.DATETIME),
        Column(_("Expires on"), "expires_at", kind=Kind.DATETIME),
        Column(_("Accepted on"), "accepted_at", kind=Kind.DATETIME),
        Column(_("Withdrawn on"), "withdrawn_at", kind=Kind.DATETIME),
    ],
    people=True,
)
