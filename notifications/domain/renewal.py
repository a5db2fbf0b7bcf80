"""A new link in the place of a dead one: to the same address, a few times a day, and only while it makes sense."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.core.exceptions import ObjectDoesNotExist
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core import journal, outbox
from core.models import Message, PersonalLink
from core.models.outbox import MessageQuerySet
from notifications.domain.links import act_of, refusal_of
from notifications.errors import CannotRenew

A_DAY = 3
QUIET = timedelta(minutes=10)


@journal.act
def renew(*, link: PersonalLink, now: datetime) -> None:
    """Send a new link to the address of the dead one; asked again within ten minutes, nothing more is sent.

    Locks the link. Three a day for one object and kind at most. Recorded as `message.resend`, or by the act's own
    verb. Raises CannotRenew: the link still works, its object is gone or settled, or the day has had its three.
    """
    locked = PersonalLink.objects.select_for_update(of=("self",)).get(pk=link.pk)
    refusal = why_not(locked, now=now)
    if refusal:
        raise CannotRenew(refusal)
    act = act_of(locked)
    if act.renew is not None:
        act.renew(locked, now)
        return
    message = locked.message
    if message is None or _copies(message).filter(created_at__gt=now - QUIET).exists():
        return
    if _copies(message).filter(created_at__gt=now - timedelta(hours=24)).count() >= A_DAY:
        raise CannotRenew(_("A new link was sent three times today. Look in your mailbox, or try again tomorrow."))
    outbox.resend(message=message, actor=None, reason="", now=now)


def why_not(link: PersonalLink, *, now: datetime) -> str | Promise:
    """The sentence that says why no new link can be sent; empty when one can."""
    if refusal_of(link, now=now) is None:
        return _("This link still works.")
    if act_of(link).renew is not None:
        return ""
    if link.message is None:
        return _("This link was not sent by e-mail; who gave it to you can give you another.")
    if outbox.why_not_resend(link.message) or not _still_holds(link.message):
        return _("What this link was for is settled or no longer exists.")
    return ""


def _copies(message: Message) -> MessageQuerySet:
    """Earlier messages sent again about the same object, whichever of them the link came from."""
    return Message.objects.filter(
        object_type=message.object_type, object_id=message.object_id, kind=message.kind, copy_of__isnull=False
    )


def _still_holds(message: Message) -> bool:
    try:
        content = outbox.kind_of(message).build(message)
    except (outbox.Useless, ObjectDoesNotExist):
        return False
    return bool(content.links)
