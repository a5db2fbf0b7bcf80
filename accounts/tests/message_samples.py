"""One message of each kind that the accounts write, for the test of every message."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from accounts.domain import codes, invitations, passwords
from accounts.enums import Role
from accounts.models import Invitation
from accounts.tests.factories import make_user
from core.models import Message
from core.testing.messages import Sample, queued


def invitation() -> Message:
    now = timezone.now()
    invited = Invitation.objects.create(
        email="invitee@example.org",
        full_name="Invitée",
        role=Role.OFFICER,
        invited_by=make_user("manager"),
        created_at=now,
        expires_at=now + timedelta(days=7),
    )
    return queued(invitations.KIND, invited)


def password_reset() -> Message:
    user = make_user()
    return queued(passwords.RESET_KIND, user, params={"stamp": passwords.stamp_of(user)})


SAMPLES: dict[str, Sample] = {
    invitations.KIND: invitation,
    passwords.RESET_KIND: password_reset,
    passwords.CHANGED_KIND: lambda: queued(
        passwords.CHANGED_KIND, make_user(), params={"at": timezone.now().isoformat()}
    ),
    codes.KIND: lambda: queued(codes.KIND, make_user(), secrets={"code": "738412"}),
}
