"""The home of a trainer: own sessions and half-days, and what is still to be marked."""

from __future__ import annotations

from datetime import datetime

from accounts.models import User
from pasri_portal.home.pieces import Home


def trainer(user: User, now: datetime) -> Home:
    """Own half-days: those whose attendance is not closed, then those to come."""
    return Home()
