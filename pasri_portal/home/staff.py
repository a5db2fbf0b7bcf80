"""The homes of the agency's staff: what is late, what is for today, what comes next."""

from __future__ import annotations

from datetime import datetime

from accounts.models import User
from pasri_portal.home.pieces import Home


def officer(user: User, now: datetime) -> Home:
    """The programme's daily work."""
    return Home()


def manager(user: User, now: datetime) -> Home:
    """An officer's work, and the accounts."""
    return Home()
