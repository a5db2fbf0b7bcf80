"""What every act in the room asks first: is the meeting open to it, is the hour possible, who was quicker."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core import saving
from core.errors import DomainError, ReasonRequired
from core.models import JournalEntry
from core.transitions import illegal
from steering.domain import rules
from steering.enums import MeetingState, MinutesState
from steering.models import FoundingAct, Meeting, Minutes

EARLY = timedelta(hours=12)
"""How long before the hour of the convocation somebody may be noted."""

LONGEST = timedelta(hours=16)
"""A meeting that was opened longer ago is no longer live: hours are typed."""

SLACK = timedelta(minutes=1)

Data = dict[str, str | int | bool | None]
"""What an entry of the journal says beside its verb: codes and numbers."""


class MinutesSent(DomainError):
    """The minutes were sent: what they say of the meeting is remarked on, no longer changed."""

    code = "minutes_sent"

    def __init__(self) -> None:
        super().__init__(
            _("The minutes of this meeting have been sent: what happened in it is no longer changed, only remarked on.")
        )


class AlreadyDone(DomainError):
    """Somebody was quicker: nothing changes, and the second one is told who and when."""

    code = "already"

    def __init__(self, what: Any, *, by: str = "", at: str = "") -> None:
        text = gettext("%(what)s (%(by)s, %(at)s). Nothing was changed.")
        super().__init__(text % {"what": what, "by": by, "at": at} if by else f"{what}.")


class WrongHour(DomainError):
    """The hour lies outside the meeting."""

    code = "wrong_hour"

    def __init__(self, message: Any, *, field: str = "hour") -> None:
        super().__init__(message, field=field)


def is_typed(meeting: Meeting, *, now: datetime) -> bool:
    """Hours are typed: the meeting comes from paper, or was reopened on a later day."""
    opened = meeting.opened_at
    return meeting.from_paper or (opened is not None and now - opened > LONGEST)


def is_early(meeting: Meeting, *, now: datetime) -> bool:
    """Nobody is noted yet: the meeting is convened for a later day."""
    return meeting.state == MeetingState.CONVENED and not meeting.from_paper and now < meeting.starts_at - EARLY


def entered(meeting: Meeting, *, reason: str = "", is_before_opening: bool = False) -> Meeting:
    """The meeting, locked, where the room may be changed.

    That is while it is opened (`is_before_opening`: or convened), and once it is held, with a reason, until its minutes
    are sent. Raises IllegalMove, MinutesSent, ReasonRequired.
    """
    current = saving.locked(Meeting, meeting.pk)
    states = (MeetingState.CONVENED, MeetingState.OPENED) if is_before_opening else (MeetingState.OPENED,)
    if current.state in states:
        return current
    if current.state not in (MeetingState.HELD, MeetingState.CLOSED):
        raise illegal(current)
    unsent(current)
    if not reason.strip():
        raise ReasonRequired
    return current


def unsent(meeting: Meeting) -> None:
    """Raises MinutesSent once the minutes left the secretariat."""
    sent = Minutes.objects.filter(meeting=meeting).exclude(state=MinutesState.DRAFT).exists()
    if sent or meeting.state == MeetingState.CLOSED:
        raise MinutesSent


def possible(meeting: Meeting, at: datetime, *, now: datetime, field: str = "hour") -> None:
    """Raises WrongHour for an hour to come, long before the meeting, or after it was lifted."""
    if at > now + SLACK:
        raise WrongHour(_("This hour is still to come."), field=field)
    if at < min(meeting.starts_at, meeting.opened_at or meeting.starts_at) - EARLY:
        raise WrongHour(_("This hour is long before the meeting."), field=field)
    if meeting.state != MeetingState.OPENED and meeting.lifted_at is not None and at > meeting.lifted_at:
        text = gettext("The meeting was lifted at %(hour)s.")
        raise WrongHour(text % {"hour": f"{timezone.localtime(meeting.lifted_at):%H:%M}"}, field=field)


def act_of(meeting: Meeting) -> FoundingAct:
    """The founding act whose rules hold for the meeting. Raises NoAct."""
    return meeting.act or rules.in_force(meeting.committee, on=meeting.day)


def quicker(meeting: Meeting, what: Any, verb: str, **data: int | str) -> AlreadyDone:
    """The refusal of a second, equal act: who did it first, and when, out of the journal."""
    wanted = {f"data__{name}": value for name, value in data.items()}
    rows = JournalEntry.objects.filter(object_type="steering.meeting", object_id=meeting.pk, verb=verb, **wanted)
    first = rows.select_related("actor").order_by("-id").first()
    if first is None or first.actor is None:
        return AlreadyDone(what)
    at = date_format(timezone.localtime(first.at), "SHORT_DATETIME_FORMAT")
    return AlreadyDone(what, by=str(first.actor), at=at)
