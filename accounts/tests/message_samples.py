"""One message of each kind that the accounts write, for the test of every message."""

from __future__ import annotations

from django.utils import timezone

from accounts.domain import codes, factors, invitations, passwords
from accounts.enums import FactorEvent
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


def factor_changed() -> Message:
    params: dict[str, str | int] = {"event": str(FactorEvent.CODE_USED), "left": 9, "at": timezone.now().isoformat()}
    return queued(factors.CHANGED_KIND, make_user("officer"), params=params)


def factor_reset() -> Message:
    params: dict[str, str | int] = {"by": "manager", "at": timezone.now().isoformat()}
    return queued(factors.RESET_KIND, make_user("officer"), params=params)


SAMPLES: dict[str, Sample] = {
    invitations.KIND: invitation,
    passwords.RESET_KIND: password_reset,
    passwords.CHANGED_KIND: password_changed,
    factors.CHANGED_KIND: factor_changed,
    factors.RESET_KIND: factor_reset,
    codes.KIND: login_code,
}
