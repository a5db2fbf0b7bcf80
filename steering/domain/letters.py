"""Messages about a meeting to those who are called to it: queued with the act that they tell of.

Their words are in `steering.messages.meetings`. Each is about an `Invitee`: one person, one convocation.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.utils import timezone
from django.utils.translation import override

from core import outbox
from core.models import Message
from directory.models import Person
from steering.models import Convocation, Invitee, Mandate, Meeting

CONVOCATION = "steering.convocation"
ALTERNATE = "steering.alternate"
RELEASED = "steering.alternate_released"
POSTPONED = "steering.meeting_postponed"
CANCELLED = "steering.meeting_cancelled"
ANSWER = "steering.answer"
"""The act that the personal link of a convocation opens."""


def address_of(person: Person) -> str:
    """Where a person is written to: the own address, or that of the account; empty where there is none."""
    if person.email:
        return person.email
    return person.user.email if person.user is not None and person.user.is_active else ""


def link_of(invitee: Invitee) -> outbox.Link:
    """The link by which one person answers one convocation: it works until the meeting begins."""
    return outbox.Link(ANSWER, invitee, expires_at=invitee.convocation.meeting.starts_at)


def invite(
    convocation: Convocation, mandates: Iterable[Mandate], *, kind: str = CONVOCATION, now: datetime
) -> list[Invitee]:
    """Make the convocation out to each person once, and queue the letter for who has an address."""
    invited = []
    for mandate in mandates:
        invitee, _new = Invitee.objects.get_or_create(convocation=convocation, mandate=mandate)
        _queue(invitee, kind, now=now)
        invited.append(invitee)
    return invited


def tell_alternates(convocation: Convocation, mandates: Iterable[Mandate], *, now: datetime) -> None:
    """The titular does not come: each alternate is asked, with the letter and a link of the own."""
    for mandate in mandates:
        invitee, _new = Invitee.objects.get_or_create(convocation=convocation, mandate=mandate)
        outbox.withdraw(obj=invitee, kinds={RELEASED})
        _queue(invitee, ALTERNATE, now=now, once=False)


def release_alternates(convocation: Convocation, mandates: Iterable[Mandate], *, now: datetime) -> None:
    """The titular comes after all: an alternate who was asked is told, unless the question has not left."""
    for mandate in mandates:
        invitee = Invitee.objects.filter(convocation__meeting=convocation.meeting, mandate=mandate).last()
        if invitee is None or outbox.withdraw(obj=invitee, kinds={ALTERNATE}):
            continue
        if Message.objects.about(invitee).filter(kind__in=(ALTERNATE, CONVOCATION)).exists():
            _queue(invitee, RELEASED, now=now, once=False)


def tell_postponed(meeting: Meeting, *, now: datetime) -> int:
    """Everybody who was called, once; letters that have not left do not leave. Returns how many messages."""
    return _tell_all(meeting, POSTPONED, now=now)


def tell_cancelled(meeting: Meeting, *, now: datetime) -> int:
    return _tell_all(meeting, CANCELLED, now=now)


def called(meeting: Meeting) -> list[Invitee]:
    """Everybody who was ever called to the meeting and holds the mandate still, by the newest letter of each."""
    today = timezone.localdate()
    newest: dict[int, Invitee] = {}
    rows = Invitee.objects.filter(convocation__meeting=meeting)
    for row in rows.select_related("convocation__meeting__committee", "mandate__person__user").order_by("id"):
        if row.mandate.ends_on is None or row.mandate.ends_on >= today:
            newest[row.mandate_id] = row
    return list(newest.values())


def withdraw(meeting: Meeting) -> int:
    """Take back the letters that have not left; returns how many."""
    rows = Invitee.objects.filter(convocation__meeting=meeting)
    return sum(outbox.withdraw(obj=row, kinds={CONVOCATION, ALTERNATE, RELEASED, POSTPONED}) for row in rows)


def _tell_all(meeting: Meeting, kind: str, *, now: datetime) -> int:
    withdraw(meeting)
    return sum(_queue(invitee, kind, now=now, once=False) is not None for invitee in called(meeting))


def _queue(invitee: Invitee, kind: str, *, now: datetime, once: bool = True) -> Message | None:
    """One message; a kind that may come again has the meeting's version in its key and as the calendar's revision."""
    meeting, person = invitee.convocation.meeting, invitee.mandate.person
    email = address_of(person)
    if not email:
        return None
    with override(person.language):
        to = outbox.Recipient(email, person.name, person.language)
    number = 1 if once else Message.objects.about(invitee).filter(kind=kind).count() + 1
    return outbox.queue(
        kind=kind,
        key=f"{kind}:{invitee.pk}:{number}",
        to=to,
        obj=invitee,
        params={"sequence": meeting.version},
        now=now,
        demo=meeting.is_fictional,
    )
