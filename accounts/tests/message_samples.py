"""One message of each kind that the accounts write, for the test of every message."""

from __future__ import annotations

from django.utils import timezone

from accounts.domain import codes, invitations, passwords
from accounts.models import Invitation
from accounts.tests.factories import make_user
from core.models import Message
from core.testing.messages import Sample, queued


def invitation() -> Message:
    invitations.invite(
        email="invitee@example.tn",
        full_name="Chargée de programme",
        language="fr",
        role="officer",
        actor=make_user("manager"),
        now=timezone.now(),
        by_mail=False,
    )
    return queued(invitations.KIND, Invitation.objects.get())


def password_reset() -> Message:
    user = make_user("officer")
    return queued(passwords.RESET_KIND, user, params={"stamp": passwords.stamp_of(user)})


def password_changed() -> Message:
    return queued(passwords.CHANGED_KIND, make_user("officer"), params={"at": timezone.now().isoformat()})


def login_code() -> Message:
    return queued(codes.KIND, make_user("trainer"), secrets={"code": "K7QF-2M9X"})


SAMPLES: dict[str, Sample] = {
    invitations.KIND: invitation,
    passwords.RESET_KIND: password_reset,
    passwords.CHANGED_KIND: password_changed,
    codes.KIND: login_code,
}
