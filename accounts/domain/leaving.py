"""Somebody leaves: everything that is open in the name passes to somebody else in one act, and the account is closed.

What can be open is registered, so that the apps on the right bring their own: `register(Kind(...))` in their `ready()`.
A kind either passes to the successor or ends with the account. What was done stays written under the old name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import models
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.domain import people, roles
from accounts.enums import Role
from accounts.errors import AlreadyInactive, SuccessorClosed
from accounts.models import Invitation, RoleGrant, User
from core import journal, saving
from core.enums import JobState
from core.errors import ReasonRequired
from core.jobs import cancel
from core.jobs.kinds import kind_of
from core.models import Job

Text = str | Promise


@dataclass(frozen=True)
class OpenThing:
    """One line of the page: what it is, where one reads it, and a word on it."""

    name: Text
    url: str = ""
    detail: Text = ""


@dataclass(frozen=True)
class HandOver:
    """Who leaves, who takes over, who says so, and when."""

    leaver: User
    successor: User
    actor: User
    now: datetime


@dataclass(frozen=True)
class Kind:
    """A kind of open things. `settle` runs inside the act and raises DomainError when it may not happen.

    `passes` says whether they go on under the successor's name, or end.
    """

    code: str
    label: Text
    find: Callable[[User, datetime], Iterable[OpenThing]]
    settle: Callable[[HandOver], None]
    passes: bool = True


@dataclass(frozen=True)
class Group:
    """What is open of one kind."""

    kind: Kind
    things: list[OpenThing]


_kinds: dict[str, Kind] = {}


def register(*kinds: Kind) -> None:
    """Add kinds, in the order in which the page shows them and the act settles them."""
    for kind in kinds:
        _kinds[kind.code] = kind


def open_of(user: User, *, now: datetime) -> list[Group]:
    """Everything that is open in the person's name; kinds without anything are left out."""
    found = [Group(kind, list(kind.find(user, now))) for kind in _kinds.values()]
    return [group for group in found if group.things]


def successors(user: User) -> models.QuerySet[User]:
    """Who may take over: every other open account that holds a role, by name."""
    holders = RoleGrant.objects.in_force(on=timezone.localdate()).values("user_id")
    return User.objects.filter(is_active=True, pk__in=holders).exclude(pk=user.pk).order_by("key", "id")


@journal.act
def leave(*, user: User, successor: User, actor: User, reason: str, now: datetime) -> User:
    """All that is open passes to `successor`, the roles end, the account and its sessions are closed: all or nothing.

    Locks the managers, then both accounts in the order of their numbers, so that two people who leave each other's work
    to each other wait instead of both going. Records `account.leave` on the leaver and what each kind records. Raises
    ReasonRequired, AlreadyInactive (also at the second call), SuccessorClosed, LastManager, and what a kind refuses.
    """
    if not reason.strip():
        raise ReasonRequired
    today = timezone.localdate(now)
    roles.keep_a_manager(without=user, today=today)
    for pk in sorted({user.pk, successor.pk}):
        saving.locked(User, pk)
    leaver, heir = User.objects.get(pk=user.pk), User.objects.get(pk=successor.pk)
    if not leaver.is_active:
        raise AlreadyInactive
    if not heir.is_active or heir.pk == leaver.pk:
        raise SuccessorClosed
    groups = open_of(leaver, now=now)
    act = HandOver(leaver, heir, actor, now)
    for group in groups:
        group.kind.settle(act)
    for role in leaver.grants.exclude(ends_on__lt=today).values_list("role", flat=True).distinct().order_by("role"):
        roles.revoke(user=leaver, role=role, actor=actor, reason=reason, today=today)
    passed = sum(len(group.things) for group in groups if group.kind.passes)
    journal.record("account.leave", obj=leaver, actor=actor, reason=reason, data={"to": heir.pk, "passed": passed})
    if passed:
        journal.record("account.take_over", obj=heir, actor=actor, data={"from": leaver.pk, "passed": passed})
    return people.deactivate(user=leaver, actor=actor, reason=reason, today=today)


# -- what the accounts themselves keep open ---------------------------------------------------------------------------
def _invitations(user: User, now: datetime) -> Iterable[OpenThing]:
    rows = Invitation.objects.open(at=now).filter(invited_by=user).order_by("id")
    return [OpenThing(row.email, detail=row.get_role_display()) for row in rows]


def _take_invitations(act: HandOver) -> None:
    """The new name stands behind the role that the invited person will get."""
    for row in Invitation.objects.select_for_update(of=("self",)).open(at=act.now).filter(invited_by=act.leaver):
        saving.change(row, invited_by=act.successor)
        journal.record("invitation.take_over", obj=row, actor=act.actor, data={"from": act.leaver.pk})


def _jobs(user: User, now: datetime) -> Iterable[OpenThing]:
    rows = Job.objects.of(user).open().order_by("id")
    return [OpenThing(kind_of(row).label, detail=JobState(row.state).label) for row in rows]


def _stop_jobs(act: HandOver) -> None:
    """A file that nobody may open any more is not made."""
    for job in Job.objects.of(act.leaver).open().order_by("id"):
        cancel(job=job, actor=act.leaver, now=act.now)


def _roles(user: User, now: datetime) -> Iterable[OpenThing]:
    today = timezone.localdate(now)
    rows = user.grants.exclude(ends_on__lt=today).order_by("starts_on", "role")
    return [OpenThing(Role(row.role).label) for row in rows]


def _sessions(user: User, now: datetime) -> Iterable[OpenThing]:
    return [OpenThing(row.device or _("Unknown browser")) for row in user.sessions.filter(expire_date__gt=now)]


def _nothing(act: HandOver) -> None:
    """Ends with the account itself."""


OWN = (
    Kind("invitations", _("Invitations that wait for an answer"), _invitations, _take_invitations),
    Kind("jobs", _("Background work"), _jobs, _stop_jobs, passes=False),
    Kind("roles", _("Roles"), _roles, _nothing, passes=False),
    Kind("sessions", _("Open sessions"), _sessions, _nothing, passes=False),
)
