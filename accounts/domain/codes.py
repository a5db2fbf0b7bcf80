"""Codes that sign in once, by e-mail. django-allauth makes and checks them; here they become a message.

The code must reach its reader and may rest nowhere that staff, or a copy of the database, shows: the outbox seals it
under the secret key until it is sent and wipes it then; allauth's own copy lies in the session that asked for it.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings

from accounts.domain.passwords import recipient
from accounts.models import User
from core import journal, outbox
from core.models import Message

KIND = "accounts.login_code"
LIVES = timedelta(seconds=settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT)


@journal.act
def send(*, user: User, code: str, now: datetime) -> Message | None:
    """Queue the mail with the code; one that waits is taken back, since only the last code opens.

    Recorded as `account.login_code`.
    """
    outbox.withdraw(obj=user, kinds=[KIND])
    message = outbox.queue(
        kind=KIND,
        key=f"{KIND}:{user.pk}:{now.timestamp():.6f}",
        to=recipient(user),
        obj=user,
        secrets={"code": code},
        now=now,
        demo=user.is_demo,
    )
    journal.record("account.login_code", obj=user, actor=None)
    return message
