"""The messages of the accounts: invitation, link of a new password, notice of its change, sign-in code."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.domain import codes, factors, invitations, passwords
from accounts.enums import FactorEvent
from accounts.models import Invitation, User
from core import outbox
from core.enums import MessageState
from core.models import Message
from core.outbox import Content, Link, MessageKind, Useless


def invitation(message: Message) -> Content:
    """To the invited person: the link that makes the account."""
    invited = Invitation.objects.select_related("invited_by").get(pk=message.object_id)
    if invited.accepted_at or invited.withdrawn_at:
        raise Useless
    days = invitations.LIVES.days
    return Content(
        template="accounts/email/invitation",
        context={
            "role": invited.get_role_display(),
            "inviter": invited.invited_by.full_name if invited.invited_by else "",
            "until": _moment(invited.expires_at),
            "name": invited.full_name,
        },
        why=_(
            "a manager of the portal invited this address. The link opens one account, once, within %(days)s days;"
            " without it nothing happens."
        )
        % {"days": days},
        links={"accept": Link(invitations.ACT, invited, invited.expires_at)},
        useless_after=invited.expires_at,
    )


def password_reset(message: Message) -> Content:
    """The link that sets a new password: once, within an hour."""
    user = User.objects.get(pk=message.object_id)
    if not user.is_active or message.params.get("stamp") != passwords.stamp_of(user):
        raise Useless
    ends = message.created_at + passwords.LINK_LIVES
    return Content(
        template="accounts/email/password_reset",
        context={"until": _moment(ends), "name": user.full_name},
        why=_(
            "somebody asked for a new password for the account of this address. If it was not you, do nothing:"
            " the password stays as it is."
        ),
        links={"reset": Link(passwords.RESET_ACT, user, ends)},
        useless_after=ends,
    )


def password_changed(message: Message) -> Content:
    """A notice, so that nobody's password changes unseen."""
    user = User.objects.get(pk=message.object_id)
    return Content(
        template="accounts/email/password_changed",
        context={
            "at": _moment(datetime.fromisoformat(message.params["at"])),
            "name": user.full_name,
            "reset_url": f"{settings.PORTAL_URL}{reverse('account_reset_password')}",
        },
        why=_("the password of this address’s account changed. Every change is told to the address."),
        useless_after=message.created_at + timedelta(days=2),
    )


def login_code(message: Message) -> Content:
    """The code that signs in once. It rests sealed in the row until it is sent, then it is wiped."""
    user = User.objects.get(pk=message.object_id)
    secrets = outbox.unsealed(message)
    if not user.is_active or (message.state == MessageState.SENDING and "code" not in secrets):
        raise Useless
    minutes = settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT // 60
    return Content(
        template="accounts/email/login_code",
        context={"minutes": minutes, "name": user.full_name},
        why=_(
            "somebody asked to sign in with a code sent to this address. If it was not you, do nothing, and give the"
            " code to nobody."
        ),
        secrets={"code": secrets.get("code", "")},
        useless_after=message.created_at + codes.LIVES,
    )


def factor_changed(message: Message) -> Content:
    """A notice, so that nobody's second step changes unseen."""
    user = User.objects.get(pk=message.object_id)
    left = message.params.get("left")
    return Content(
        template="accounts/email/factor_changed",
        context={
            "event": FactorEvent(message.params["event"]).label,
            "at": _moment(datetime.fromisoformat(message.params["at"])),
            "left": left if isinstance(left, int) else -1,
            "name": user.full_name,
            "url": f"{settings.PORTAL_URL}{reverse('accounts:factor-list')}",
        },
        why=_("the second step of this address’s account changed or was used. Every change is told to the address."),
        useless_after=message.created_at + timedelta(days=2),
    )


def factor_reset(message: Message) -> Content:
    """Somebody else took away the second step: what to do now, and what to do if nobody asked for it."""
    user = User.objects.get(pk=message.object_id)
    return Content(
        template="accounts/email/factor_reset",
        context={
            "at": _moment(datetime.fromisoformat(message.params["at"])),
            "by_manager": message.params.get("by") == "manager",
            "name": user.full_name,
            "url": f"{settings.PORTAL_URL}{reverse('accounts:factor-list')}",
        },
        why=_("the second step of this address’s account was reset. Every reset is told to the address."),
        useless_after=message.created_at + timedelta(days=7),
    )


def _moment(at: datetime) -> str:
    """Day and hour in the reader's language."""
    return date_format(timezone.localtime(at), "DATETIME_FORMAT")


KINDS = (
    MessageKind(invitations.KIND, gettext_lazy("Invitation to open an account"), invitation),
    MessageKind(passwords.RESET_KIND, gettext_lazy("Link for a new password"), password_reset, resendable=False),
    MessageKind(passwords.CHANGED_KIND, gettext_lazy("Notice of a changed password"), password_changed),
    MessageKind(factors.CHANGED_KIND, gettext_lazy("Notice of a changed second step"), factor_changed),
    MessageKind(factors.RESET_KIND, gettext_lazy("Notice of a reset second step"), factor_reset),
    MessageKind(codes.KIND, gettext_lazy("Sign-in code"), login_code, resendable=False),
)
