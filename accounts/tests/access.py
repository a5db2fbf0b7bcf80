"""Who may open the addresses of the accounts."""

from __future__ import annotations

import itertools

from django.utils import timezone

from accounts.domain import invitations
from accounts.tests.factories import make_user
from accounts.tests.matrix import everybody, only, signed_in

_numbers = itertools.count(1)


def user() -> list[object]:
    return [make_user("officer").pk]


def officer_role() -> list[object]:
    return [make_user("officer").pk, "officer"]


def an_address() -> str:
    return f"matrice{next(_numbers)}@example.tn"


def invitation() -> list[object]:
    made = invitations.invite(
        email=an_address(),
        full_name="Invitée",
        language="fr",
        role="officer",
        actor=None,
        now=timezone.now(),
        by_mail=False,
    )
    return [made.pk]


def invitation_link() -> list[object]:
    url = invitations.invite_directly(
        email=an_address(), full_name="Invitée", language="fr", role="officer", now=timezone.now()
    )
    return [url.rstrip("/").rpartition("/")[2]]


def no_token() -> list[object]:
    return ["A" * 22]


# The pages of the door send those who are in already to their home.
DOOR = dict.fromkeys(("nobody", "manager", "officer", "trainer", "member", "animator", "auditor"), 302)

ACCESS = {
    "account_login": everybody(**DOOR),
    "account_logout": signed_in(anonymous=302),
    "account_inactive": everybody(),
    "account_request_login_code": everybody(**DOOR),
    "account_confirm_login_code": everybody(302),
    "mfa_login_webauthn": everybody(302),
    "mfa_authenticate": everybody(302),
    "account_reauthenticate": signed_in(403),
    "mfa_reauthenticate": signed_in(403),
    "mfa_reauthenticate_webauthn": signed_in(403),
    "accounts:factor-list": signed_in(),
    "accounts:app-add": signed_in(302),
    "accounts:passkey-add": signed_in(302),
    "accounts:factor-remove": signed_in(302, args=lambda: [0]),
    "accounts:codes": signed_in(302),
    "accounts:codes-file": signed_in(302),
    "accounts:codes-new": signed_in(302),
    "accounts:factor-reset": only("manager", args=user),
    "account_reset_password": everybody(),
    "account_reset_password_done": everybody(),
    "accounts:invitation-accept": everybody(args=invitation_link),
    "accounts:password-reset": everybody(404, args=no_token),
    "accounts:profile": signed_in(),
    "accounts:password-change": signed_in(),
    "accounts:session-list": signed_in(),
    "accounts:sessions-end": signed_in(302),
    "accounts:user-list": only("manager"),
    "accounts:user-detail": only("manager", args=user),
    "accounts:user-history": only("manager", args=user),
    "accounts:role-grant": only("manager", args=user),
    "accounts:role-revoke": only("manager", args=officer_role),
    "accounts:user-close": only("manager", args=user),
    "accounts:user-leave": only("manager", args=user),
    "accounts:user-reopen": only("manager", args=user),
    "accounts:invitation-list": only("manager"),
    "accounts:invitation-create": only("manager"),
    "accounts:invitation-history": only("manager", args=invitation),
    "accounts:invitation-resend": only("manager", status=302, args=invitation),
    "accounts:invitation-withdraw": only("manager", status=302, args=invitation),
}
