"""Accounts for tests: `make_user(role="officer")` is a person who holds the role today."""

from __future__ import annotations

import itertools
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from accounts.models import RoleGrant, User

PASSWORD = "sfax-gafsa-ariana-42"
_numbers = itertools.count(1)


def make_user(
    role: str | None = "officer",
    email: str | None = None,
    *,
    roles: tuple[str, ...] = (),
    password: str | None = None,
    **fields: Any,
) -> User:
    """An account with its role(s) since a month; `role=None` makes one without any right.

    Without `password` the account has none, which spares the slow hash: tests sign in with `client.force_login`.
    """
    number = next(_numbers)
    name = {"full_name": f"{(role or 'sans rôle').capitalize()} {number}", **fields}
    user = User.objects.create_user(email or f"{role or 'nobody'}{number}@example.tn", password, **name)
    for code in (*([role] if role else []), *roles):
        grant(user, code)
    return user


def grant(user: User, role: str, *, starts_on: date | None = None, ends_on: date | None = None) -> RoleGrant:
    """A role as it lies in the database, without the verb's checks, journal or mails."""
    user.__dict__.pop("roles", None)
    starts_on = starts_on or timezone.localdate() - timedelta(days=30)
    return RoleGrant.objects.create(user=user, role=role, starts_on=starts_on, ends_on=ends_on)
