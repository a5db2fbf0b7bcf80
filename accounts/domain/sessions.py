"""How long a session lasts, and who ends it.

Staff: an hour without use, twelve hours in all. Everybody else: twelve hours without use, fourteen days in all.
Whoever loses a right loses every session in the same transaction, so the next request is refused.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import models

from accounts.models import Session, User
from core import journal


@dataclass(frozen=True)
class Limits:
    """The longest pause between two requests, and the longest session."""

    idle: timedelta
    absolute: timedelta


STAFF = Limits(idle=timedelta(minutes=60), absolute=timedelta(hours=12))
PUBLIC = Limits(idle=timedelta(hours=12), absolute=timedelta(days=14))


def limits_of(user: User) -> Limits:
    """Those of staff hold as soon as one role of staff is in force."""
    return STAFF if user.is_agency_staff else PUBLIC


def is_over(*, started: datetime, seen: datetime, limits: Limits, now: datetime) -> bool:
    """Whether one of the two limits has been reached."""
    return now - seen >= limits.idle or now - started >= limits.absolute


def open_of(user: User, *, now: datetime) -> models.QuerySet[Session]:
    """The person's sessions that have not run out, the last used first."""
    limits = limits_of(user)
    return user.sessions.filter(
        expire_date__gt=now, seen_at__gt=now - limits.idle, started_at__gt=now - limits.absolute
    ).order_by("-seen_at", "session_key")


def end_all(*, user: User, keep: str = "") -> int:
    """Every session of the account but `keep` is over at its next request; returns how many ended.

    A part of other verbs, which say in the journal why.
    """
    ended, _rows = Session.objects.filter(user=user).exclude(session_key=keep or None).delete()
    return ended


@journal.act
def end_others(*, user: User, keep: str) -> int:
    """The person ends the own sessions on all other devices. Recorded as `account.sessions_end`."""
    ended = end_all(user=user, keep=keep)
    if ended:
        journal.record("account.sessions_end", obj=user, actor=user, data={"ended": ended})
    return ended
