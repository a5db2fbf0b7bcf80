"""The person in charge is asked how far an action is, and answers by a personal link: one act, until a day."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from accounts.models import User
from core import journal, outbox, saving
from core.errors import DomainError, NotAllowed
from core.models import Message, PersonalLink
from core.transitions import illegal
from directory.models import Person
from notifications.domain import links
from steering.domain import progress
from steering.domain.evidence import Given
from steering.enums import ActionState
from steering.models import Action, Progress

KIND = "steering.progress_request"
ACT = "steering.progress"
KEPT = timedelta(days=30)
QUIET = timedelta(hours=1)
ANSWERABLE = (ActionState.TODO, ActionState.RUNNING)


class NotYours(DomainError):
    """The link is somebody else's, or its person is no longer in charge."""

    code = "not_yours"


@journal.act
def ask(*, action: Action, actor: User, now: datetime) -> Message:
    """Write to the person in charge. Locks the action; asked again within the hour, nothing more is sent.

    Recorded as `action.ask`. Raises NotAllowed, IllegalMove, and DomainError without a person or an address, for an
    action with parts, and within the hour.
    """
    if not actor.is_agency_staff:
        raise NotAllowed
    current = saving.locked(Action, action.pk)
    if current.state not in ANSWERABLE:
        raise illegal(current)
    if progress.has_parts(current):
        raise progress.HasParts
    person = current.owner_person
    if person is None:
        raise DomainError(_("Name the person in charge first: the link is personal."), code="nobody")
    if not person.email:
        raise DomainError(_("%(name)s has no e-mail address.") % {"name": person}, code="no_address")
    asked = Message.objects.about(current).filter(kind=KIND)
    if asked.filter(created_at__gt=now - QUIET).exists():
        raise DomainError(_("The person in charge was written to within the last hour."), code="too_soon")
    with override(person.language):
        to = outbox.Recipient(person.email, person.name, person.language)
    message = outbox.queue(
        kind=KIND,
        key=f"{KIND}:{current.pk}:{asked.count() + 1}",
        to=to,
        obj=current,
        params={"person": person.pk},
        now=now,
        demo=current.is_fictional,
    )
    journal.record("action.ask", obj=current, actor=actor, data={"person": person.pk})
    if message is None:
        raise DomainError(_("The person in charge was written to already."), code="too_soon")
    return message


def link_of(action: Action, *, sent: datetime) -> outbox.Link:
    """What the message carries: it works for thirty days, once."""
    return outbox.Link(ACT, action, expires_at=sent + KEPT)


def person_of(link: PersonalLink) -> Person:
    """Whose link it is. Raises NotYours where that is not known any more."""
    message = link.message
    person = Person.objects.filter(pk=message.params.get("person")).first() if message is not None else None
    if person is None:
        raise NotYours(_("It is no longer known whose link this was."))
    return person


def check(*, link: PersonalLink, action: Action, user: User | None) -> Person:
    """Whose link it is, if it may be used now: by its person, signed in as nobody else, while in charge.

    Raises NotYours, IllegalMove, HasParts.
    """
    person = person_of(link)
    if user is not None and person.user_id != user.pk:
        words = _("This link is %(name)s’s, and you are signed in as somebody else: sign out first.")
        raise NotYours(words % {"name": person})
    if action.owner_person_id != person.pk:
        raise NotYours(_("%(name)s is no longer in charge of this action.") % {"name": person})
    if action.state not in ANSWERABLE:
        raise illegal(action)
    if progress.has_parts(action):
        raise progress.HasParts
    return person


@journal.act
def answer(
    *,
    link: PersonalLink,
    percent: int,
    note: str,
    given: Given | None = None,
    user: User | None,
    now: datetime,
) -> Progress:
    """The person in charge reports through the link, which works no more afterwards.

    `user` is who is signed in, if anybody. Locks the link, then the action. Recorded as `action.progress`. Raises
    LinkUsed for the second of two posts, and what `check` and `progress.declare` raise: the link lives on then.
    """
    links.mark_used(link, now=now)
    action = saving.locked(Action, link.object_id)
    person = check(link=link, action=action, user=user)
    return progress.declare(
        action=action, percent=percent, note=note, given=given, actor=None, person=person, by_link=True, now=now
    )


def answer_to(link: PersonalLink) -> Progress | None:
    """What was answered through a link that is used."""
    if link.used_at is None:
        return None
    rows = Progress.objects.filter(action=link.object_id, by_link=True, at=link.used_at)
    return rows.select_related("person", "evidence").first()
