"""Who may do what in the steering. Named predicates; the views ask them, the domain asks whether it can."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser

from accounts.enums import Role
from accounts.models import User
from accounts.permissions import reads_figures
from core.changes import Rights

Anybody = User | AnonymousUser


def can_read(user: Anybody) -> bool:
    """Staff, committee members and auditors; which committees, items and persons, the scopes say."""
    return isinstance(user, User) and user.has_role(Role.MANAGER, Role.OFFICER, Role.MEMBER, Role.AUDITOR)


def can_write(user: Anybody) -> bool:
    """The secretariat: the agency's managers and officers."""
    return isinstance(user, User) and user.is_agency_staff


def is_member(user: Anybody) -> bool:
    """Committee members: reviews, remarks and answers of their own seats (the mandate says which)."""
    return isinstance(user, User) and user.has_role(Role.MEMBER)


def can_answer(user: Anybody) -> bool:
    """A member for the own seats; staff write down what was said by telephone or on paper."""
    return is_member(user) or can_write(user)


def can_see_people(user: Anybody) -> bool:
    """Names of members: staff and members; an auditor who is neither reads institutions alone."""
    return is_member(user) or can_write(user)


def follow_up_history(user: Anybody) -> Rights:
    """Histories of recommendations and actions: staff read all, members names and reasons, auditors neither."""
    return Rights.all() if can_write(user) else Rights(people=is_member(user), reasons=is_member(user))


def can_read_history(user: Anybody) -> bool:
    """Who did what and why: staff, and auditors without people and reasons."""
    return reads_figures(user)
