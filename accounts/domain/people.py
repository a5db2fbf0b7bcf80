"""What becomes of an account once it is there: its own data, its closing and its opening again."""

from __future__ import annotations

from datetime import date

from accounts.domain import roles, sessions
from accounts.errors import AlreadyActive, AlreadyInactive
from accounts.models import User
from core import journal, saving
from core.errors import ReasonRequired


@journal.act
def update(*, user: User, full_name: str, full_name_ar: str, language: str, version: int | None, actor: User) -> User:
    """The account's names and the language of its messages. Locks the account; recorded as `account.update`.

    Raises Invalid, and StaleObject when somebody saved it since `version`. What is there already changes nothing.
    """
    locked = saving.locked(User, user.pk, version=version)
    changed = saving.change(locked, full_name=full_name, full_name_ar=full_name_ar, language=language)
    if changed:
        journal.record("account.update", obj=locked, actor=actor, data=dict.fromkeys(changed, True))
    return locked


@journal.act
def deactivate(*, user: User, actor: User | None, reason: str, today: date) -> User:
    """Nobody signs in with this account any more, from this moment. Its roles stay written.

    Locks the managers, then the account. Ends its sessions; recorded as `account.deactivate`. Raises ReasonRequired,
    AlreadyInactive (also at the second call), LastManager.
    """
    if not reason.strip():
        raise ReasonRequired
    roles.keep_a_manager(without=user, today=today)
    locked = saving.locked(User, user.pk)
    if not locked.is_active:
        raise AlreadyInactive
    saving.change(locked, is_active=False)
    sessions.end_all(user=locked)
    journal.record("account.deactivate", obj=locked, actor=actor, reason=reason)
    return locked


@journal.act
def reactivate(*, user: User, actor: User | None, reason: str) -> User:
    """The account opens again, with the roles that are in force. Recorded as `account.reactivate`.

    Locks the account. Raises ReasonRequired, AlreadyActive (also at the second call).
    """
    if not reason.strip():
        raise ReasonRequired
    locked = saving.locked(User, user.pk)
    if locked.is_active:
        raise AlreadyActive
    saving.change(locked, is_active=True)
    journal.record("account.reactivate", obj=locked, actor=actor, reason=reason)
    return locked
