"""Invitations: the only way to an account. An address, a role, a link that works once and for a week."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.domain import roles
from accounts.errors import AccountExists, AlreadyInvited, InvitationClosed
from accounts.models import Invitation, User
from accounts.models.user import normalise_email
from core import journal, outbox, saving
from core.errors import DomainError
from core.models import Message, PersonalLink
from core.models.outbox import PersonalLinkQuerySet
from core.outbox.tokens import hash_of, new_token, url_of

KIND = "accounts.invitation"
ACT = "accounts.invitation"
LIVES = timedelta(days=7)
MAILS_A_DAY = 3


@journal.act
def invite(
    *,
    email: str,
    full_name: str,
    language: str,
    role: str,
    role_ends_on: date | None = None,
    actor: User | None,
    now: datetime,
    by_mail: bool = True,
) -> Invitation:
    """An address may make an account with a role, within a week; the mail with the link is queued.

    An invitation whose week is over is renewed instead of doubled. Without `by_mail` the caller hands the link over
    (the first account, from the command line). Recorded as `invitation.invite`. Raises Invalid, AccountExists,
    AlreadyInvited.
    """
    email = normalise_email(email)
    if role_ends_on is not None and role_ends_on < _day(now + LIVES):
        raise DomainError(_("The role would end before the invitation does."), field="role_ends_on", code="too_short")
    if User.objects.filter(email=email).exists():
        raise AccountExists
    known = Invitation.objects.select_for_update(of=("self",)).pending().filter(email=email, role=role).first()
    if known is not None and known.expires_at > now:
        raise AlreadyInvited
    values = {
        "full_name": full_name,
        "language": language,
        "role_ends_on": role_ends_on,
        "invited_by": actor,
        "created_at": now,
        "expires_at": now + LIVES,
    }
    if known is None:
        invitation = saving.insert(Invitation(email=email, role=role, **values))
    else:
        invitation = known
        saving.change(invitation, **values)
    journal.record("invitation.invite", obj=invitation, actor=actor, data={"role": role})
    if by_mail:
        _queue(invitation, now=now)
    return invitation


@journal.act
def resend(*, invitation: Invitation, actor: User | None, now: datetime) -> Invitation:
    """A new link to the same address, valid for another week; `actor` is None when the invited person asks.

    At most three mails a day go out; a further ask is answered alike and sends nothing. Recorded as
    `invitation.resend`. Raises InvitationClosed once it was used or withdrawn.
    """
    locked = saving.locked(Invitation, invitation.pk)
    refuse_closed(locked)
    if _queue(locked, now=now) is None:
        return locked
    saving.change(locked, expires_at=now + LIVES)
    journal.record("invitation.resend", obj=locked, actor=actor)
    return locked


@journal.act
def withdraw(*, invitation: Invitation, actor: User, reason: str = "", now: datetime) -> Invitation:
    """The invitation no longer makes an account; its mail is taken back if it has not left.

    Recorded as `invitation.withdraw`. Raises InvitationClosed once it was used or withdrawn (also at the second call).
    """
    locked = saving.locked(Invitation, invitation.pk)
    refuse_closed(locked)
    saving.change(locked, withdrawn_at=now)
    outbox.withdraw(obj=locked, kinds=[KIND])
    journal.record("invitation.withdraw", obj=locked, actor=actor, reason=reason)
    return locked


@journal.act
def accept(*, invitation: Invitation, full_name: str, language: str, password: str, now: datetime) -> User:
    """The invited person makes the account, with every role to which the address is invited at this moment.

    Locks the invitation, so two posts of one link make one account. Recorded as `account.create` and
    `invitation.accept`. Raises InvitationClosed (also at the second call), AccountExists, Invalid.
    """
    locked = saving.locked(Invitation, invitation.pk)
    refuse_closed(locked, now=now)
    if User.objects.filter(email=locked.email).exists():
        raise AccountExists
    user = User(email=locked.email, full_name=full_name, language=language, date_joined=now)
    user.set_password(password)
    saving.insert(user)
    journal.record("account.create", obj=user, actor=user, data={"invitation": locked.pk})
    pending = Invitation.objects.select_for_update(of=("self",)).open(at=now).filter(email=locked.email)
    for each in pending.select_related("invited_by").order_by("id"):
        saving.change(each, accepted_at=now, user=user)
        outbox.withdraw(obj=each, kinds=[KIND])
        links_of(each).live(at=now).update(used_at=now)
        roles.grant(
            user=user, role=each.role, starts_on=_day(now), ends_on=each.role_ends_on, actor=each.invited_by or user
        )
        journal.record("invitation.accept", obj=each, actor=user, data={"role": each.role})
    return user


def refuse_closed(invitation: Invitation, *, now: datetime | None = None) -> None:
    """Raise InvitationClosed with the reason: used, withdrawn, or (where `now` is given) expired."""
    if invitation.accepted_at is not None:
        raise InvitationClosed(_("This invitation was used: the account exists. Sign in with it."), code="used")
    if invitation.withdrawn_at is not None:
        raise InvitationClosed(_("This invitation was withdrawn."), code="withdrawn")
    if now is not None and invitation.expires_at <= now:
        raise InvitationClosed(_("The time of this invitation is over."), code="expired")


@journal.act
def invite_directly(*, email: str, full_name: str, language: str, role: str, now: datetime) -> str:
    """Invite without a mail and return the address of the link, to be handed over by whoever runs the portal.

    For the first account, before any mail leaves. An address that is invited already gets one more link. Only the
    token's hash is kept. Recorded as `invitation.link`. Raises Invalid, AccountExists.
    """
    address = normalise_email(email)
    invitation = Invitation.objects.open(at=now).filter(email=address, role=role).first()
    if invitation is None:
        invitation = invite(
            email=email, full_name=full_name, language=language, role=role, actor=None, now=now, by_mail=False
        )
    token = new_token()
    PersonalLink.objects.create(
        act=ACT,
        object_type=invitation._meta.label_lower,
        object_id=invitation.pk,
        token_hash=hash_of(token),
        language=invitation.language,
        created_at=now,
        expires_at=invitation.expires_at,
    )
    journal.record("invitation.link", obj=invitation, actor=None)
    return url_of(token)


def links_of(invitation: Invitation) -> PersonalLinkQuerySet:
    """The links that accept this invitation, from mails or handed over."""
    return PersonalLink.objects.filter(act=ACT, object_type=invitation._meta.label_lower, object_id=invitation.pk)


def _queue(invitation: Invitation, *, now: datetime) -> Message | None:
    """The next mail of the day; None when the day has had its three."""
    day = _day(now)
    sent = Message.objects.about(invitation).filter(kind=KIND, key__startswith=f"{KIND}:{invitation.pk}:{day}:").count()
    if sent >= MAILS_A_DAY:
        return None
    return outbox.queue(
        kind=KIND,
        key=f"{KIND}:{invitation.pk}:{day}:{sent + 1}",
        to=outbox.Recipient(invitation.email, invitation.full_name, invitation.language),
        obj=invitation,
        now=now,
        demo=bool(invitation.invited_by and invitation.invited_by.is_demo),
    )


def _day(now: datetime) -> date:
    return timezone.localdate(now)
