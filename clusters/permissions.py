"""Who may do what with clusters. Named predicates; the views ask them, the domain asks whether it can."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from accounts.permissions import reads_figures, reads_people

Anybody = User | AnonymousUser


def can_read(user: Anybody) -> bool:
    """The staff side of clusters: staff, and auditors (without drafts and without names of persons)."""
    return reads_figures(user)


def can_write(user: Anybody) -> bool:
    """The agency's managers and officers."""
    return isinstance(user, User) and user.is_agency_staff


def can_see_people(user: Anybody) -> bool:
    """Names of artisans and animators: staff alone."""
    return reads_people(user)
