"""Passwords: forgotten ones by a personal link that works once and for an hour, known ones by the person.

Every change ends the other sessions and tells the address of the account.
"""

from __future__ import annotations

import hmac
from datetime import datetime, timedelta

from django.conf import settings
from django.utils.crypto import salted_hmac

from accounts.domain import sessions
from accounts.errors import LinkOutdated
from accounts.models import User
from core import journal, outbox
from core.models import Message, PersonalLink

RESET_KIND = "accounts.password_reset"
CHANGED_KIND = "accounts.password_changed"
RESET_ACT = "accounts.password-reset"
LINK_LIVES = timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT)
ONE_MAIL_IN = timedelta(seconds=60)


@journal.act
def request_reset(*, user: User, now: datetime) -> Message | None:
    """Queue the mail with the link that sets a new password; several asks within a minute are one mail (then: None).

    The row carries a stamp of the password and the address as they are now: once either changes, the link is dead,
    whether it was used or not. Recorded as `account.password_reset_request`.
    """
    minute = int(now.timestamp() // ONE_MAIL_IN.total_seconds())
    message = outbox.queue(
        kind=RESET_KIND,
        key=f"{RESET_KIND}:{user.pk}:{minute}",
        to=recipient(user),
        obj=user,
        params={"stamp": stamp_of(user)},
        now=now,
        demo=user.is_demo,
    )
    if message is not None:
        journal.record("account.password_reset_request", obj=user, actor=None)
    return message


def user_of_reset(link: PersonalLink) -> User:
    """The account that a link of a reset speaks of; raises LinkOutdated when it no longer may set the password."""
    user = User.objects.filter(pk=link.object_id, is_active=True).first()
    stamp = str(link.message.params.get("stamp", "")) if link.message else ""
    if user is None or not hmac.compare_digest(stamp, stamp_of(user)):
        raise LinkOutdated
    return user


@journal.act
def reset(*, link: PersonalLink, password: str, now: datetime) -> User:
    """A new password by the link of a mail. Locks the account, so two posts of one link set one password.

    Ends every session and tells the address; recorded as `account.password_reset`. Raises LinkOutdated, also at the
    second call: the first one changed the password that the link was made for.
    """
    User.objects.select_for_update(of=("self",)).filter(pk=link.object_id).first()
    user = user_of_reset(link)
    _set(user, password)
    sessions.end_all(user=user)
    links = PersonalLink.objects.filter(act=RESET_ACT, object_type=user._meta.label_lower, object_id=user.pk)
    links.live(at=now).update(used_at=now)
    _tell(user, now=now)
    journal.record("account.password_reset", obj=user, actor=user)
    return user


@journal.act
def change(*, user: User, password: str, keep_session: str, now: datetime) -> User:
    """The person, who knows the old password, sets a new one. Ends the other sessions, keeps the one in hand.

    Tells the address; recorded as `account.password_change`. Whether the old password is right is the form's question.
    """
    locked = User.objects.select_for_update(of=("self",)).get(pk=user.pk)
    _set(locked, password)
    sessions.end_all(user=locked, keep=keep_session)
    _tell(locked, now=now)
    journal.record("account.password_change", obj=locked, actor=locked)
    return locked


def stamp_of(user: User) -> str:
    """Changes whenever the password or the address does; says nothing about either."""
    return salted_hmac(
        "accounts.password_reset", f"{user.pk}:{user.email}:{user.password}", algorithm="sha256"
    ).hexdigest()


def recipient(user: User) -> outbox.Recipient:
    """The account as a reader of messages."""
    return outbox.Recipient(email=user.email, name=user.full_name, language=user.language)


def _set(user: User, password: str) -> None:
    user.set_password(password)
    user.save(update_fields=["password"])


def _tell(user: User, *, now: datetime) -> None:
    outbox.withdraw(obj=user, kinds=[RESET_KIND])
    outbox.queue(
        kind=CHANGED_KIND,
        key=f"{CHANGED_KIND}:{user.pk}:{now.timestamp():.6f}",
        to=recipient(user),
        obj=user,
        params={"at": now.isoformat()},
        now=now,
        demo=user.is_demo,
    )
