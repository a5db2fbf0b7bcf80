"""A meeting is opened, fails for want of quorum, is lifted, reopened; or it is entered afterwards from paper."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import journal, saving
from core.errors import DomainError, ReasonRequired
from core.transitions import illegal, move
from steering.domain import chair, counts, room
from steering.enums import Cause, DecisionState, ItemState, MeetingState
from steering.models import AgendaItem, Decision, Meeting, QuorumCount


class NoQuorum(DomainError):
    """Fewer seats count than the founding act requires."""

    code = "no_quorum"

    def __init__(self, counted: int, required: int) -> None:
        text = gettext("The quorum is not met: %(counted)s of the %(required)s seats that are required.")
        super().__init__(text % {"counted": counted, "required": required})


class ItemsLeft(DomainError):
    """Items were neither treated nor postponed."""

    code = "items_left"

    def __init__(self, items: list[AgendaItem]) -> None:
        # Translators: the comma between words of a list
        left = pgettext("list", ", ").join(f"{item.position}. {item.title}" for item in items)
        super().__init__(_("Treat or postpone first: %(items)s") % {"items": left})
        self.items = items


@journal.act
def open_meeting(*, meeting: Meeting, actor: User, now: datetime) -> Meeting:
    """The sitting begins: who presides is written down, the quorum is counted and kept.

    Locks the meeting, records `meeting.opened`. Raises IllegalMove (saying who was quicker), RuleMissing, NoQuorum,
    NobodyPresides.
    """
    current = saving.locked(Meeting, meeting.pk)
    if current.state != MeetingState.CONVENED:
        raise illegal(current)
    if now < current.starts_at - room.EARLY:
        raise DomainError(_("The day of this meeting has not come."), code="too_early")
    act = room.act_of(current)
    count = counts.keep(current, at=now, cause=Cause.OPENING)
    if not count.is_met:
        raise NoQuorum(count.counted, count.required)
    who = chair.find(current, at=now)
    return move(current, MeetingState.OPENED, actor=actor, opened_at=now, chaired_by=who, act=act)


@journal.act
def enter_from_paper(*, meeting: Meeting, opened_at: datetime, actor: User, now: datetime) -> Meeting:
    """A meeting of the past is written down afterwards: it is opened at the hour of the paper, and marked so.

    Everything in it is typed with its hour. Records `meeting.opened` and `meeting.from_paper`. Raises IllegalMove,
    RuleMissing, WrongHour for a meeting to come.
    """
    current = saving.locked(Meeting, meeting.pk)
    if current.state not in (MeetingState.PLANNED, MeetingState.CONVENED):
        raise illegal(current)
    if opened_at > now:
        raise room.WrongHour(_("Only a meeting that has taken place is entered from paper."))
    room.possible(current, opened_at, now=now)
    if timezone.localdate(opened_at) != current.day:
        raise room.WrongHour(_("A meeting is opened on its day: change the day of the meeting first."))
    current.from_paper = True
    current.save(update_fields=["from_paper"])
    counts.keep(current, at=opened_at, cause=Cause.OPENING)
    current = move(current, MeetingState.OPENED, actor=actor, opened_at=opened_at, act=room.act_of(current))
    journal.record("meeting.from_paper", obj=current, actor=actor)
    chair.settle(current, at=opened_at)
    return current


@journal.act
def fail_quorum(*, meeting: Meeting, at: datetime, actor: User, now: datetime) -> Meeting:
    """The committee takes note that it cannot deliberate; a second call may follow.

    Keeps the count, records `meeting.no_quorum`. Raises DomainError when the quorum is met, when the hour of the
    meeting has not come, or when something was decided; IllegalMove, WrongHour.
    """
    current = saving.locked(Meeting, meeting.pk)
    if current.state not in (MeetingState.CONVENED, MeetingState.OPENED):
        raise illegal(current)
    room.possible(current, at, now=now)
    if at < (current.opened_at or current.starts_at):
        raise DomainError(_("The hour of the meeting has not come."), code="too_early")
    if Decision.objects.filter(item__meeting=current).exclude(state=DecisionState.DRAFT).exists():
        raise DomainError(_("Something was decided already: lift the meeting instead."), code="decided")
    count = counts.keep(current, at=at, cause=Cause.OPENING)
    if count.is_met:
        text = gettext("The quorum is met: %(counted)s seats, %(required)s are required.")
        raise DomainError(text % {"counted": count.counted, "required": count.required}, code="quorum_met")
    return move(current, MeetingState.NO_QUORUM, actor=actor, act=room.act_of(current))


@journal.act
def lift(*, meeting: Meeting, at: datetime, actor: User, now: datetime) -> Meeting:
    """The sitting ends. Records `meeting.held`. Raises IllegalMove, ItemsLeft naming them, WrongHour."""
    current = saving.locked(Meeting, meeting.pk)
    if current.state != MeetingState.OPENED:
        raise illegal(current)
    left = AgendaItem.objects.filter(meeting=current).exclude(state__in=(ItemState.TREATED, ItemState.POSTPONED))
    items = list(left.order_by("position", "id"))
    if items:
        raise ItemsLeft(items)
    room.possible(current, at, now=now)
    last = QuorumCount.objects.filter(meeting=current).order_by("-at").values_list("at", flat=True).first()
    done = AgendaItem.objects.filter(meeting=current, treated_at__isnull=False).order_by("-treated_at")
    treated = done.values_list("treated_at", flat=True).first()
    latest = max(each for each in (current.opened_at, last, treated, current.starts_at - room.EARLY) if each)
    if at < latest:
        text = gettext("Something is noted at %(hour)s: the meeting was lifted after it.")
        raise room.WrongHour(text % {"hour": f"{timezone.localtime(latest):%H:%M}"})
    return move(current, MeetingState.HELD, actor=actor, lifted_at=at)


@journal.act
def reopen(*, meeting: Meeting, actor: User, reason: str) -> Meeting:
    """Open a lifted meeting again to mend what was noted, until its minutes are sent.

    Records `meeting.opened` with the reason; the hour of lifting stays as a proposal. Raises ReasonRequired,
    MinutesSent, IllegalMove.
    """
    if not reason.strip():
        raise ReasonRequired
    current = saving.locked(Meeting, meeting.pk)
    if current.state not in (MeetingState.HELD, MeetingState.CLOSED):
        raise illegal(current)
    room.unsent(current)
    return move(current, MeetingState.OPENED, actor=actor, reason=reason)
