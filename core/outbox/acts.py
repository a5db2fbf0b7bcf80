"""What a person of staff may do with a message: stop it, or have it sent again."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core import journal
from core.enums import MessageState, Outcome
from core.errors import DomainError, IllegalMove, ReasonRequired
from core.models import Message
from core.outbox.content import kind_of
from core.outbox.queueing import insert
from core.transitions import move


class CannotResend(DomainError):
    """This message cannot be sent again."""

    code = "cannot_resend"


@journal.act
def cancel(*, message: Message, actor: AbstractBaseUser, reason: str) -> Message:
    """Staff stop a message that waits, or settle one that could not be delivered; the reason is kept.

    Raises IllegalMove once it is being sent or has left, ReasonRequired without a reason.
    """
    locked = Message.objects.select_for_update(of=("self",)).get(pk=message.pk)
    if locked.state == MessageState.SENDING:  # delivery may still cancel it, a person comes too late
        raise IllegalMove(state=MessageState.SENDING.label)
    return move(message, MessageState.CANCELLED, actor=actor, reason=reason, outcome=Outcome.STOPPED, sealed="")


def can_cancel(message: Message) -> bool:
    """Whether a person can still stop it, or settle it: it waits, or it failed."""
    return message.state in {MessageState.QUEUED, MessageState.HELD, MessageState.FAILED}


@journal.act
def resend(*, message: Message, actor: AbstractBaseUser | None, reason: str, now: datetime) -> Message:
    """Queue the same message again to the same address, as a new row with a key of its own; the reason is kept.

    It is written anew when it is sent, so it says what holds then. `actor` is None when its reader asked for it: then
    no reason is needed. Raises ReasonRequired, and CannotResend (see `why_not_resend`).
    """
    if actor is not None and not reason.strip():
        raise ReasonRequired
    original = Message.objects.select_for_update(of=("self",)).get(pk=message.pk)
    refusal = why_not_resend(original)
    if refusal:
        raise CannotResend(refusal)
    number = Message.objects.filter(copy_of=original).count() + 1
    copy = insert(
        Message(
            key=f"{original.key[:170]}~{original.pk}.{number}",
            kind=original.kind,
            to_email=original.to_email,
            to_name=original.to_name,
            language=original.language,
            object_type=original.object_type,
            object_id=original.object_id,
            params=original.params,
            demo=original.demo,
            copy_of=original,
            created_at=now,
            due_at=now,
        )
    )
    if copy is None:
        raise CannotResend(_("This message was sent again a moment ago."))
    journal.record("message.resend", obj=original, actor=actor, reason=reason, data={"copy": copy.pk})
    return copy


def why_not_resend(message: Message) -> str | Promise:
    """The sentence that says why a message cannot be sent again; empty when it can."""
    if message.state in {MessageState.QUEUED, MessageState.HELD, MessageState.SENDING}:
        return _("This message is still on its way.")
    if message.state == MessageState.CANCELLED and message.outcome != Outcome.STOPPED:
        return _("What this message announced was withdrawn.")
    try:
        kind = kind_of(message)
    except LookupError:
        return _("The portal no longer writes messages of this kind.")
    if not kind.resendable:
        return _("This message carried a code that works once; its reader asks for a new one.")
    return ""
