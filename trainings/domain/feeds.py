"""A personal calendar to subscribe to, under a secret address that its owner renews or stops.

The address is the secret: 128 bits, an HMAC of a random salt under the portal's key. Stored are the salt and the hash
by which the address is looked up, so that its owner can read it again and a copy of the database alone opens nothing.
What stands in it follows the roles of the day: a closed account or a role that ended closes it at the next reading.
"""

from __future__ import annotations

import base64
import hashlib
import secrets
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.crypto import salted_hmac

from accounts.enums import Role
from accounts.models import User
from core import journal, saving
from trainings.enums import PUBLIC_STATES, RegistrationState
from trainings.models import CalendarFeed, HalfDay, Registration, SessionPart, SessionTrainer

BACK, AHEAD = timedelta(days=60), timedelta(days=366)
MOST = 1000
TOKEN_BYTES = 16


@journal.act
def make(*, user: User, now: datetime) -> CalendarFeed:
    """Give the person an address, or a new one in the place of the old, which is dead at once.

    Locks the account, so that two first clicks make one. Records `calendar_feed.make` or `calendar_feed.renew`.
    """
    saving.locked(User, user.pk)
    feed = CalendarFeed.objects.select_for_update(of=("self",)).filter(user=user).first()
    verb = "calendar_feed.make" if feed is None else "calendar_feed.renew"
    feed = feed or CalendarFeed(user=user)
    feed.salt, feed.made_at = secrets.token_hex(16), now
    feed.token_hash = _hash(token_of(feed))
    feed.save()
    journal.record(verb, obj=feed, actor=user)
    return feed


@journal.act
def stop(*, user: User) -> bool:
    """The address opens nothing any more; a second call changes nothing. Records `calendar_feed.stop`."""
    saving.locked(User, user.pk)
    feed = CalendarFeed.objects.select_for_update(of=("self",)).filter(user=user).first()
    if feed is None:
        return False
    journal.record("calendar_feed.stop", obj=feed, actor=user)
    feed.delete()
    return True


def of(user: User) -> CalendarFeed | None:
    """The person's feed, if there is one."""
    return CalendarFeed.objects.filter(user=user).first()


def token_of(feed: CalendarFeed) -> str:
    """The secret part of the address: only whoever holds the portal's key can make it."""
    digest = salted_hmac("trainings.calendar_feed", feed.salt, algorithm="sha256").digest()[:TOKEN_BYTES]
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def reader(token: str) -> User | None:
    """Whose calendar an address opens today: nobody's when it is unknown, renewed, stopped, or its owner has left."""
    feed = CalendarFeed.objects.select_related("user").filter(token_hash=_hash(token)).first()
    if feed is None or not feed.user.is_active or not has_calendar(feed.user):
        return None
    return feed.user


def has_calendar(user: User) -> bool:
    """Whether anything could stand in it: for staff, trainers, and whoever is a person of the directory."""
    return user.is_agency_staff or user.has_role(Role.TRAINER) or hasattr(user, "person")


def parts_of(user: User, *, now: datetime) -> QuerySet[SessionPart]:
    """What the person is concerned by, from 60 days ago to a year ahead, at most a thousand parts.

    Staff: every published session. Trainers: their own. Everybody: the parts in which they hold a place.
    """
    today = timezone.localdate(now)
    taught = SessionTrainer.objects.filter(person__user=user).values("session")
    held = Registration.objects.filter(person__user=user, state=RegistrationState.CONFIRMED).values("part")
    rows = SessionPart.objects.filter(session__state__in=PUBLIC_STATES)
    if not user.is_agency_staff:
        own = Q(session__in=taught) if user.has_role(Role.TRAINER) else Q()
        rows = rows.filter(Q(pk__in=held) | own)
    return rows.filter(ends_on__gte=today - BACK, starts_on__lte=today + AHEAD).order_by("starts_on", "pk")


def version_of(parts: QuerySet[SessionPart], *more: object) -> str:
    """Another text as soon as anything in the calendar is another; two queries, whatever its length."""
    rows = list(
        parts.values_list("pk", "version", "session__version", "session__calendar_sequence", "session__state")[:MOST]
    )
    half_days = HalfDay.objects.filter(part__in=[row[0] for row in rows]).order_by("pk").values_list("pk", "version")
    return hashlib.sha256(repr((rows, list(half_days), more)).encode()).hexdigest()[:32]


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
