"""Granting and ending roles. A right that changes ends the person's sessions: the next request meets the new rights."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.domain import sessions
from accounts.enums import Role
from accounts.errors import AlreadyHeld, LastManager, NotHeld
from accounts.models import RoleGrant, User
from core import journal
from core.errors import DomainError, ReasonRequired


@journal.act
def grant(
    *,
    user: User,
    role: str,
    starts_on: date,
    ends_on: date | None = None,
    actor: User | None,
    reason: str = "",
) -> RoleGrant:
    """A person holds a role from a day, to a day or without an end; never twice on the same day.

    Locks the account. Ends its sessions; recorded as `role.grant` on the account. Raises DomainError when the end
    comes before the start, AlreadyHeld.
    """
    if ends_on is not None and ends_on < starts_on:
        raise DomainError(_("A role ends on or after the day on which it starts."), field="ends_on", code="end_first")
    locked = User.objects.select_for_update(of=("self",)).get(pk=user.pk)
    if _overlapping(locked, role, starts_on=starts_on, ends_on=ends_on).exists():
        raise AlreadyHeld
    given = RoleGrant.objects.create(user=locked, role=role, starts_on=starts_on, ends_on=ends_on)
    _rights_changed(user)
    dates = {"from": starts_on.isoformat(), "to": ends_on.isoformat() if ends_on else None}
    journal.record("role.grant", obj=user, actor=actor, reason=reason, data={"role": role, **dates})
    return given


@journal.act
def revoke(*, user: User, role: str, actor: User | None, reason: str, today: date) -> None:
    """A person no longer holds a role, from this moment; what was announced for later falls too.

    Locks the managers when a manager is concerned, then the account. Ends its sessions; recorded as `role.revoke` on
    the account. Raises ReasonRequired, NotHeld (also at the second call), LastManager.
    """
    if not reason.strip():
        raise ReasonRequired
    if role == Role.MANAGER:
        keep_a_manager(without=user, today=today)
    locked = User.objects.select_for_update(of=("self",)).get(pk=user.pk)
    held = RoleGrant.objects.filter(user=locked, role=role).filter(Q(ends_on__isnull=True) | Q(ends_on__gte=today))
    if not held.exists():
        raise NotHeld
    # The last day of a grant counts, so "from this moment" is yesterday; a grant of today leaves only its snapshots.
    held.filter(starts_on__gte=today).delete()
    held.update(ends_on=today - timedelta(days=1))
    _rights_changed(user)
    journal.record("role.revoke", obj=user, actor=actor, reason=reason, data={"role": role})


def keep_a_manager(*, without: User, today: date) -> None:
    """Refuse what would leave nobody who manages, without an end date, beside `without`. Locks every manager's grants.

    A part of the verbs that take a manager away; it does not ask whether `without` manages at all.
    """
    grants = RoleGrant.objects.filter(role=Role.MANAGER)
    list(grants.select_for_update(of=("self",)).order_by("id").values_list("id", flat=True))
    # A statement of its own: it sees what the transaction that held the locks before us has committed.
    is_manager = grants.in_force(on=today).filter(user=without, ends_on__isnull=True, user__is_active=True).exists()
    others = grants.in_force(on=today).filter(ends_on__isnull=True, user__is_active=True).exclude(user=without)
    if is_manager and not others.exists():
        raise LastManager


def _overlapping(user: User, role: str, *, starts_on: date, ends_on: date | None) -> models.QuerySet[RoleGrant]:
    grants = RoleGrant.objects.filter(user=user, role=role)
    grants = grants.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=starts_on))
    return grants.filter(starts_on__lte=ends_on) if ends_on else grants


def _rights_changed(user: User) -> None:
    """The object in hand forgets the roles that it knew, and the account's sessions are over."""
    user.__dict__.pop("roles", None)
    sessions.end_all(user=user)
