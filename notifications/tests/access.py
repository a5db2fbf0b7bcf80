"""Who may open the addresses of the messages."""

from __future__ import annotations

from django.utils import timezone

from accounts.domain import passwords
from accounts.tests.factories import make_user
from accounts.tests.matrix import STAFF, everybody, only
from core.models import MessageBatch
from core.testing.messages import queued


def message() -> list[object]:
    user = make_user("officer")
    return [queued(passwords.RESET_KIND, user, params={"stamp": passwords.stamp_of(user)}).pk]


def batch() -> list[object]:
    now = timezone.now()
    return [MessageBatch.objects.create(key="act", created_at=now, release_at=now).pk]


def no_token() -> list[object]:
    return ["A" * 22]


ACCESS = {
    "personal-link": everybody(302, args=no_token),
    "notifications:link-renew": everybody(404, args=no_token),
    "notifications:message-list": only(*STAFF),
    "notifications:message-detail": only(*STAFF, args=message),
    "notifications:message-resend": only(*STAFF, args=message),
    "notifications:message-cancel": only(*STAFF, args=message),
    "notifications:batch-list": only(*STAFF),
    "notifications:batch-detail": only(*STAFF, args=batch),
    "notifications:batch-hold": only(*STAFF, status=302, args=batch),
    "notifications:batch-release": only(*STAFF, status=302, args=batch),
    "notifications:batch-drop": only(*STAFF, args=batch),
    # The mailbox of a demonstration is for its own accounts, and none of these is one.
    "notifications:demo-mail-list": only(),
    "notifications:demo-mail-detail": only(args=message),
    "notifications:demo-mail-file": only(args=lambda: [*message(), 1]),
}
