"""The latest day on which a convocation may leave, counted as the founding act says, with the Tunisian calendar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from directory.domain.working_days import WorkingDays
from steering.domain import rules
from steering.enums import DayCount
from steering.models import FoundingAct, Meeting

MARGIN = 60
DAY = timedelta(days=1)


def latest_lawful(act: FoundingAct, meeting: Meeting) -> date:
    """The latest day on which the letter that calls `meeting` may leave.

    That many calendar days, or working days, before the meeting; weekends and public holidays are stepped over where
    working days count. A second call is lawful from the day on which the first meeting failed: the delay between both
    is the act's own. Raises RuleMissing.
    """
    days, count = rules.needed(act, "notice_days", "notice_count")
    latest = before(meeting.day, days=days, count=count)
    if meeting.second_call_of is not None:
        latest = max(latest, meeting.second_call_of.day)
    return latest


def before(day: date, *, days: int, count: str) -> date:
    """The day that lies `days` calendar or working days before another one."""
    if count == DayCount.CALENDAR:
        return day - timedelta(days=days)
    calendar = WorkingDays(day - timedelta(days=2 * days + MARGIN), day)
    left = days
    while left:
        day -= DAY
        left -= calendar.is_working(day)
    return day


def earliest_second_call(act: FoundingAct, meeting: Meeting) -> date:
    """The first working day on which the second call of a meeting without quorum may be held. Raises RuleMissing."""
    days, count = rules.needed(act, "second_call_days", "notice_count")
    calendar = WorkingDays(meeting.day, meeting.day + timedelta(days=2 * days + 2 * MARGIN))
    if count == DayCount.CALENDAR:
        return calendar.next_working(meeting.day + timedelta(days=days))
    day, left = meeting.day, days
    while left:
        day += DAY
        left -= calendar.is_working(day)
    return calendar.next_working(day)


@dataclass(frozen=True)
class Notice:
    """What the act asks of the notice of a meeting; `latest` is None where the act does not say it."""

    latest: date | None
    days: int | None
    count: str
    is_second_call: bool

    def is_late(self, *, on: date) -> bool:
        return self.latest is not None and on > self.latest


def of(act: FoundingAct | None, meeting: Meeting) -> Notice:
    """The same without refusing: for pages and papers that say what is known."""
    second = meeting.second_call_of_id is not None
    if act is None or not (rules.is_set(act, "notice_days") and rules.is_set(act, "notice_count")):
        return Notice(None, act.notice_days if act else None, act.notice_count if act else "", second)
    return Notice(latest_lawful(act, meeting), act.notice_days, act.notice_count, second)


def day_of(moment: datetime) -> date:
    """The day of an instant in Tunisia."""
    return timezone.localdate(moment)
