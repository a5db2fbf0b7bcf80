"""The second step of signing in: an authenticator app, passkeys, and recovery codes for the day when both are lost.

django-allauth keeps the factors and checks them; what changes them is written here. Every change ends the other
sessions, is recorded, and is told to the address of the account. Whoever lost every factor is helped by a manager or by
the command line: `reset`.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from allauth.mfa.webauthn.internal.auth import WebAuthn
from django.conf import settings
from django.core.cache import cache
from django.db import models

from accounts.domain import sessions
from accounts.domain.passwords import recipient
from accounts.enums import FactorEvent
from accounts.errors import FactorGone, LastFactor, NoFactor, OwnFactor, TooManyFactors
from accounts.models import User
from core import journal, outbox, saving
from core.errors import ReasonRequired

CHANGED_KIND = "accounts.factor_changed"
RESET_KIND = "accounts.factor_reset"
PRIMARY = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
MOST_PASSKEYS = 10
CODES_SHOWN_FOR = timedelta(minutes=15)
ONE_CODE_IN = 120
"""Seconds: a code of the app is accepted for 90 (thirty before and after its own), and opens once."""


def of(user: User) -> models.QuerySet[Authenticator]:
    """The person's app and passkeys, the oldest first."""
    rows: models.QuerySet[Authenticator] = Authenticator.objects.filter(user_id=user.pk, type__in=PRIMARY)
    return rows.order_by("created_at", "id")


def has_one(user: User) -> bool:
    """Whether the account asks for a second step."""
    return of(user).exists()


def holders() -> models.QuerySet[Any]:
    """The numbers of the accounts that have a second step."""
    rows: models.QuerySet[Any] = Authenticator.objects.filter(type__in=PRIMARY).values("user_id")
    return rows


def is_required(user: User) -> bool:
    """In production, of staff and managers: whoever reads people's files or decides."""
    return bool(settings.SECOND_FACTOR_REQUIRED) and user.is_agency_staff


def is_first_use(*, user_id: int, code: str) -> bool:
    """Whether a code of the app is used for the first time; the second time, within its life, it opens nothing.

    However it is written: `123-456` is the code `123456`.
    """
    return cache.add(f"accounts.totp:{user_id}:{normalize_user_code(code)}", "1", timeout=ONE_CODE_IN)


def codes_of(user: User) -> RecoveryCodes | None:
    """The recovery codes, where the person has any."""
    kept = Authenticator.objects.filter(user_id=user.pk, type=Authenticator.Type.RECOVERY_CODES).first()
    return kept.wrap() if kept else None


def may_show(codes: RecoveryCodes, *, now: datetime) -> bool:
    """Codes are shown when they were made, until the person says that they are kept or a quarter of an hour is over."""
    return not codes.did_view and now - codes.instance.created_at < CODES_SHOWN_FOR


@journal.act
def add_app(*, user: User, secret: str, keep_session: str, now: datetime) -> bool:
    """The app that holds `secret` makes the codes from now on; true when recovery codes were made with it.

    Locks the account. Ends the other sessions, tells the address; recorded as `account.factor_add`. A second call
    changes nothing: an account has one app.
    """
    locked = saving.locked(User, user.pk)
    if of(locked).filter(type=Authenticator.Type.TOTP).exists():
        return False
    TOTP.activate(locked, secret)
    return _added(locked, FactorEvent.APP_ADDED, keep_session=keep_session, now=now)


@journal.act
def add_passkey(*, user: User, name: str, credential: dict[str, Any], keep_session: str, now: datetime) -> bool:
    """A device or a key opens the account from now on; true when recovery codes were made with it.

    `credential` is the browser's answer, checked by the form. Locks the account. Ends the other sessions, tells the
    address; recorded as `account.factor_add`. Raises TooManyFactors.
    """
    locked = saving.locked(User, user.pk)
    if of(locked).filter(type=Authenticator.Type.WEBAUTHN).count() >= MOST_PASSKEYS:
        raise TooManyFactors
    WebAuthn.add(locked, name, credential)
    return _added(locked, FactorEvent.PASSKEY_ADDED, keep_session=keep_session, now=now)


@journal.act
def remove(*, user: User, factor_id: int, keep_session: str, now: datetime) -> None:
    """The app or the passkey opens nothing any more; with the last one the recovery codes go too.

    Locks the account. Ends the other sessions, tells the address; recorded as `account.factor_remove`. Raises
    FactorGone (also at the second call), LastFactor where the second step is compulsory.
    """
    locked = saving.locked(User, user.pk)
    factor = of(locked).filter(pk=factor_id).first()
    if factor is None:
        raise FactorGone
    others = of(locked).exclude(pk=factor_id).exists()
    if not others and is_required(locked):
        raise LastFactor
    is_app = factor.type == Authenticator.Type.TOTP
    factor.delete()
    if not others:
        Authenticator.objects.filter(user_id=locked.pk).delete()
    sessions.end_all(user=locked, keep=keep_session)
    _record("account.factor_remove", locked, FactorEvent.APP_REMOVED if is_app else FactorEvent.PASSKEY_REMOVED, now)


@journal.act
def renew_codes(*, user: User, now: datetime) -> None:
    """Ten new recovery codes; those of before open nothing any more.

    Locks the account. Tells the address; recorded as `account.codes_renew`. Raises NoFactor: codes alone are none.
    """
    locked = saving.locked(User, user.pk)
    if not has_one(locked):
        raise NoFactor
    Authenticator.objects.filter(user_id=locked.pk, type=Authenticator.Type.RECOVERY_CODES).delete()
    RecoveryCodes.activate(locked)
    _record("account.codes_renew", locked, FactorEvent.CODES_RENEWED, now)


@journal.act
def keep_codes(*, user: User) -> None:
    """The person has put the codes away: no page shows them again. A second call changes nothing."""
    saving.locked(User, user.pk)
    codes = codes_of(user)
    if codes is not None and not codes.did_view:
        codes.mark_as_viewed()
        journal.record("account.codes_keep", obj=user, actor=user)


@journal.act
def note_code_used(*, user: User, now: datetime) -> None:
    """A recovery code has opened the account: the address is told, with how many are left.

    Recorded as `account.code_use`.
    """
    codes = codes_of(user)
    left = len(codes.get_unused_codes()) if codes else 0
    _record("account.code_use", user, FactorEvent.CODE_USED, now, left=left)


@journal.act
def reset(*, user: User, actor: User | None, reason: str, now: datetime) -> None:
    """Somebody lost every factor: all are taken away, and the person sets up a new one after the next sign-in.

    A manager does it for somebody else, or whoever runs the portal (`actor` is None). Locks the account. Ends every
    session, tells the address in its language; recorded as `account.factor_reset`. Raises ReasonRequired, OwnFactor,
    NoFactor (also at the second call).
    """
    if not reason.strip():
        raise ReasonRequired
    if actor is not None and actor.pk == user.pk:
        raise OwnFactor
    locked = saving.locked(User, user.pk)
    taken, _rows = Authenticator.objects.filter(user_id=locked.pk).delete()
    if not taken:
        raise NoFactor
    sessions.end_all(user=locked)
    journal.record("account.factor_reset", obj=locked, actor=actor, reason=reason)
    _tell(RESET_KIND, locked, {"by": "manager" if actor else "operator"}, now)


def _added(user: User, event: FactorEvent, *, keep_session: str, now: datetime) -> bool:
    codes_made = codes_of(user) is None
    RecoveryCodes.activate(user)
    sessions.end_all(user=user, keep=keep_session)
    _record("account.factor_add", user, event, now)
    return codes_made


def _record(verb: str, user: User, event: FactorEvent, now: datetime, *, left: int | None = None) -> None:
    data: dict[str, str | int | bool | None] = {"event": str(event), **({} if left is None else {"left": left})}
    journal.record(verb, obj=user, actor=user, data=data)
    _tell(CHANGED_KIND, user, data, now)


def _tell(kind: str, user: User, params: dict[str, Any], now: datetime) -> None:
    outbox.queue(
        kind=kind,
        key=f"{kind}:{user.pk}:{now.timestamp():.6f}",
        to=recipient(user),
        obj=user,
        params={**params, "at": now.isoformat()},
        now=now,
        demo=user.is_demo,
    )
