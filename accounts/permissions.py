"""Who may do what with accounts, and who may read people at all. Named predicates; the views ask them."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser

from accounts.enums import Role
from accounts.models import User
from core.changes import Rights


def is_signed_in(user: User | AnonymousUser) -> bool:
    """Everybody who has an account: for the pages on one's own account."""
    return user.is_authenticated


def manages_accounts(user: User | AnonymousUser) -> bool:
    """Managers invite, grant, revoke, close and open accounts."""
    return isinstance(user, User) and user.is_manager


def reads_people(user: User | AnonymousUser) -> bool:
    """Names and contacts are for the agency's staff; an auditor who is not staff never sees them."""
    return isinstance(user, User) and user.is_agency_staff


def reads_figures(user: User | AnonymousUser) -> bool:
    """Figures and documents without names: staff, and auditors of a ministry or of the donor."""
    return isinstance(user, User) and user.has_role(Role.MANAGER, Role.OFFICER, Role.AUDITOR)


def history_rights(user: User | AnonymousUser) -> Rights:
    """Staff read everything that a history holds; an auditor neither people, nor contacts, nor the reasons' words."""
    return Rights.all() if reads_people(user) else Rights()
