"""Which function makes the home of which role. A person with several roles gets one page of all of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from accounts.enums import Role
from accounts.models import User
from pasri_portal.home import readers, staff, trainers
from pasri_portal.home.pieces import Home, added_up

HOMES: dict[Role, Callable[[User, datetime], Home]] = {
    Role.MANAGER: staff.manager,
    Role.OFFICER: staff.officer,
    Role.TRAINER: trainers.trainer,
    Role.MEMBER: readers.member,
    Role.ANIMATOR: readers.animator,
    Role.AUDITOR: readers.auditor,
}


def home_of(user: User, now: datetime) -> Home:
    """What this person finds today."""
    pages = [make(user, now) for role, make in HOMES.items() if role in user.roles]
    return added_up(pages or [readers.nobody(user, now)])
