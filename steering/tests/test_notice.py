"""The latest lawful day of a convocation: calendar and working days, with weekends and Tunisian holidays."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from directory.domain import calendar
from directory.models import Holiday
from steering.domain import notice
from steering.errors import RuleMissing
from steering.models import Meeting
from steering.tests.factories import make_act, make_committee, make_meeting

HOLIDAYS = {date(2026, 3, 20), date(2026, 3, 21), date(2026, 4, 9), date(2026, 5, 1), date(2026, 5, 27)}


def at(day: date, hour: int = 9) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour)))


def holidays(days: set[date]) -> None:
    for day in days:
        Holiday.objects.create(name_fr=f"Fête {day}", name_ar="عيد", on=day, kind="fixed", status="confirmed")


def meeting_on(day: date, **rules: object) -> Meeting:
    committee = make_committee(act=dict(rules))
    return make_meeting(committee, "convened", starts_at=at(day))


@pytest.mark.feature(54)
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("day", "rules", "latest"),
    [
        (date(2026, 6, 19), {"notice_days": 7, "notice_count": "calendar"}, date(2026, 6, 12)),
        (date(2026, 6, 22), {"notice_days": 2, "notice_count": "calendar"}, date(2026, 6, 20)),  # a Saturday
        (date(2026, 6, 22), {"notice_days": 2, "notice_count": "working"}, date(2026, 6, 18)),  # over a weekend
        (date(2026, 5, 4), {"notice_days": 1, "notice_count": "working"}, date(2026, 4, 30)),  # over 1 May and Sunday
        (date(2026, 6, 19), {"notice_days": 0, "notice_count": "working"}, date(2026, 6, 19)),
    ],
)
def test_latest_day_is_counted_as_the_act_says(day: date, rules: dict[str, object], latest: date) -> None:
    holidays(HOLIDAYS)
    meeting = meeting_on(day, **rules)
    assert meeting.act is not None
    assert notice.latest_lawful(meeting.act, meeting) == latest


@pytest.mark.django_db
def test_an_act_that_does_not_say_refuses_and_names_the_rule() -> None:
    meeting = meeting_on(date(2026, 6, 19), notice_days=None, notice_count="")
    assert meeting.act is not None
    with pytest.raises(RuleMissing) as refusal:
        notice.latest_lawful(meeting.act, meeting)
    assert "délai de convocation" in str(refusal.value)
    assert notice.of(meeting.act, meeting).latest is None


@pytest.mark.django_db
def test_a_second_call_may_be_called_on_the_day_on_which_the_first_failed() -> None:
    first = meeting_on(date(2026, 6, 15), notice_days=15)
    assert first.act is not None
    second = make_meeting(first.committee, "planned", starts_at=at(date(2026, 6, 25)), second_call_of=first)
    assert notice.latest_lawful(first.act, second) == date(2026, 6, 15)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("count", "days", "earliest"),
    [("calendar", 10, date(2026, 6, 25)), ("calendar", 5, date(2026, 6, 22)), ("working", 5, date(2026, 6, 22))],
)
def test_second_call_falls_on_the_first_working_day_after_the_delay(count: str, days: int, earliest: date) -> None:
    first = meeting_on(date(2026, 6, 15), second_call_days=days, notice_count=count)
    assert first.act is not None
    assert notice.earliest_second_call(first.act, first) == earliest


class LatestDay(TestCase):
    """For any day, any number of days and any holidays."""

    @settings(max_examples=60, deadline=None, derandomize=True, database=None)
    @given(
        day=st.dates(date(2026, 1, 1), date(2027, 12, 31)),
        days=st.integers(0, 45),
        closed=st.sets(st.dates(date(2025, 10, 1), date(2027, 12, 31)), max_size=40),
    )
    def test_between_the_latest_day_and_the_meeting_lie_as_many_days_as_the_act_asks(
        self, day: date, days: int, closed: set[date]
    ) -> None:
        holidays(closed)
        calendar_day = notice.before(day, days=days, count="calendar")
        assert (day - calendar_day).days == days
        latest = notice.before(day, days=days, count="working")
        between = [latest + timedelta(days=n) for n in range((day - latest).days)]
        assert sum(calendar.is_working_day(each) for each in between) == days
        assert days == 0 or calendar.is_working_day(latest)
        assert latest <= calendar_day


def test_acts_of_two_days_are_told_apart(db: None) -> None:
    """The act of the meeting's day counts, not the newest."""
    committee = make_committee(act={"notice_days": 7})
    make_act(committee, in_force_from=date(2026, 7, 1), notice_days=15)
    meeting = make_meeting(committee, starts_at=at(date(2026, 6, 19)))
    act = committee.act_on(meeting.day)
    assert act is not None and notice.latest_lawful(act, meeting) == date(2026, 6, 12)
