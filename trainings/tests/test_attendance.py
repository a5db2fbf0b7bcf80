"""Attendance: marks, undo, closing, and corrections that two people make."""

from __future__ import annotations

import threading
from datetime import time, timedelta
from functools import partial

import pytest
from django.db import connection
from django.utils import timezone

from accounts.tests.factories import make_user
from core import journal
from core.errors import DomainError, IllegalMove, ReasonRequired
from core.testing.races import errors_in, race
from trainings.domain import attendance, certificates, corrections
from trainings.domain.attendance import NOT_MARKED, Entry
from trainings.enums import CorrectionState, HalfDayState, Mark
from trainings.models import Attendance, HalfDay, Registration
from trainings.tests.factories import make_registration, make_session

pytestmark = pytest.mark.django_db


@pytest.fixture
def half_day() -> HalfDay:
    session = make_session(state="closed", starts_on=timezone.localdate() - timedelta(days=1))
    found = session.parts.get().half_days.first()
    assert found is not None
    return found


@pytest.fixture
def people(half_day: HalfDay) -> list[Registration]:
    return [make_registration(half_day.part) for _ in range(3)]


@pytest.mark.feature(33)
def test_mark_notes_people_and_gives_back_what_undoes_it(half_day: HalfDay, people: list[Registration]) -> None:
    actor, now = make_user("trainer"), timezone.now()
    first = attendance.mark(half_day=half_day, entries={people[0].pk: Entry(Mark.EXCUSED)}, actor=actor, now=now)
    everybody = {person.pk: Entry(Mark.PRESENT) for person in people}
    before = attendance.mark(half_day=half_day, entries=everybody, actor=actor, now=now)
    assert first == {people[0].pk: NOT_MARKED}
    assert before[people[0].pk] == Entry(Mark.EXCUSED) and before[people[1].pk] == NOT_MARKED
    assert attendance.tally(half_day).present == 3
    attendance.mark(half_day=half_day, entries=before, actor=actor, now=now)
    assert attendance.entries_of(half_day) == {people[0].pk: Entry(Mark.EXCUSED)}
    assert attendance.tally(half_day).missing == 2


def test_mark_a_second_time_leaves_no_second_line(half_day: HalfDay, people: list[Registration]) -> None:
    for _ in range(2):
        attendance.mark(
            half_day=half_day, entries={people[0].pk: Entry(Mark.PRESENT)}, actor=make_user(), now=timezone.now()
        )
    assert journal.history_of(half_day).filter(verb="attendance.mark").count() == 1


@pytest.mark.parametrize(
    ("entry", "field"),
    [
        (Entry(Mark.PRESENT, time(10), time(9, 30)), "left_at"),
        (Entry(Mark.ABSENT, time(9)), "arrived_at"),
        (Entry(Mark.PRESENT, time(19)), "arrived_at"),
    ],
)
def test_mark_refuses_hours_that_do_not_fit(
    half_day: HalfDay, people: list[Registration], entry: Entry, field: str
) -> None:
    with pytest.raises(DomainError) as error:
        attendance.mark(half_day=half_day, entries={people[0].pk: entry}, actor=make_user(), now=timezone.now())
    assert error.value.field == field
    assert not Attendance.objects.exists()


def test_mark_refuses_somebody_of_another_part_and_writes_nothing(
    half_day: HalfDay, people: list[Registration]
) -> None:
    stranger = make_registration()
    with pytest.raises(attendance.NotOfThisHalfDay):
        attendance.mark(
            half_day=half_day,
            entries={people[0].pk: Entry(Mark.PRESENT), stranger.pk: Entry(Mark.PRESENT)},
            actor=make_user(),
            now=timezone.now(),
        )
    assert not Attendance.objects.exists()


def test_close_waits_until_everybody_is_marked(half_day: HalfDay, people: list[Registration]) -> None:
    actor, now = make_user("trainer"), timezone.now()
    attendance.mark(half_day=half_day, entries={people[0].pk: Entry(Mark.PRESENT)}, actor=actor, now=now)
    with pytest.raises(DomainError) as error:
        attendance.close(half_day=half_day, actor=actor, now=now)
    assert error.value.code == "missing_marks" and "2" in str(error.value)
    attendance.close(half_day=half_day, actor=actor, now=now, rest=Mark.ABSENT)
    half_day.refresh_from_db()
    assert (half_day.state, half_day.closed_by) == (HalfDayState.CLOSED, actor)
    assert attendance.tally(half_day).absent == 2
    with pytest.raises(IllegalMove, match=actor.full_name):
        attendance.close(half_day=half_day, actor=actor, now=now)
    with pytest.raises(attendance.HalfDayClosed):
        attendance.mark(half_day=half_day, entries={people[0].pk: NOT_MARKED}, actor=actor, now=now)


def test_close_is_refused_before_the_half_day_begins() -> None:
    half_day = make_session(state="closed").parts.get().half_days.first()
    assert half_day is not None
    with pytest.raises(DomainError) as error:
        attendance.close(half_day=half_day, actor=make_user(), now=timezone.now())
    assert error.value.code == "not_begun"


def closed(half_day: HalfDay, mark: str = Mark.ABSENT) -> None:
    attendance.close(half_day=half_day, actor=make_user("trainer"), now=timezone.now(), rest=mark)


def test_correction_needs_a_reason_and_a_second_person(half_day: HalfDay, people: list[Registration]) -> None:
    closed(half_day)
    first, second, now = make_user(), make_user(), timezone.now()
    case = {"half_day": half_day, "registration": people[0], "actor": first, "now": now}
    with pytest.raises(ReasonRequired):
        corrections.propose(mark=Mark.PRESENT, reason="  ", **case)
    correction = corrections.propose(mark=Mark.PRESENT, reason="Feuille signée", **case)
    assert attendance.entries_of(half_day)[people[0].pk].mark == Mark.ABSENT
    with pytest.raises(DomainError) as error:
        corrections.propose(mark=Mark.PRESENT, reason="encore", **case)
    assert error.value.code == "waits"
    with pytest.raises(corrections.SecondPersonNeeded):
        corrections.confirm(correction=correction, actor=first, now=now)
    assert corrections.confirm(correction=correction, actor=second, now=now) == []
    assert attendance.entries_of(half_day)[people[0].pk].mark == Mark.PRESENT
    with pytest.raises(IllegalMove, match=second.full_name):
        corrections.confirm(correction=correction, actor=second, now=now)
    assert journal.history_of(correction).count() == 2


def test_correction_lists_the_certificates_that_it_touches(half_day: HalfDay, people: list[Registration]) -> None:
    part = half_day.part
    part.title_ar = "الجزء الأول"
    part.save()
    for each in part.half_days.all():
        closed(each, Mark.PRESENT)
    certificate = certificates.issue(registration=people[0], actor=None, now=timezone.now())
    correction = corrections.propose(
        half_day=half_day,
        registration=people[0],
        mark=Mark.ABSENT,
        reason="Parti avant",
        actor=make_user(),
        now=timezone.now(),
    )
    assert corrections.certificates_touched(people[0]) == [certificate]
    assert corrections.confirm(correction=correction, actor=make_user(), now=timezone.now()) == [certificate]


def test_rejected_correction_changes_nothing_and_may_be_proposed_again(
    half_day: HalfDay, people: list[Registration]
) -> None:
    closed(half_day)
    case = {"half_day": half_day, "registration": people[0], "mark": Mark.PRESENT, "now": timezone.now()}
    first = corrections.propose(reason="Je crois", actor=make_user(), **case)
    corrections.reject(correction=first, actor=first.proposed_by, reason="Retirée", now=timezone.now())
    assert attendance.entries_of(half_day)[people[0].pk].mark == Mark.ABSENT
    assert corrections.propose(reason="Feuille", actor=make_user(), **case).state == CorrectionState.PROPOSED


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_forty_phones_mark_at_once_and_none_is_lost() -> None:
    session = make_session(state="closed", capacity=40, starts_on=timezone.localdate() - timedelta(days=1))
    half_day = session.parts.get().half_days.all()[0]
    people = [make_registration(half_day.part) for _ in range(40)]
    trainer, barrier = make_user("trainer"), threading.Barrier(8)

    def phone(slice_of: list[Registration]) -> None:
        try:
            barrier.wait()
            for person in slice_of:
                entries = {person.pk: Entry(Mark.PRESENT)}
                attendance.mark(half_day=half_day, entries=entries, actor=trainer, now=timezone.now())
        finally:
            connection.close()

    threads = [threading.Thread(target=phone, args=(people[index::8],)) for index in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert attendance.tally(half_day).present == 40


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_two_browsers_close_at_once_and_the_second_hears_who_was_quicker() -> None:
    for _ in range(5):
        session = make_session(state="closed", starts_on=timezone.localdate() - timedelta(days=1))
        half_day = session.parts.get().half_days.all()[0]
        for _person in range(3):
            make_registration(half_day.part)
        now = timezone.now()
        closings = [
            partial(attendance.close, half_day=half_day, actor=make_user("trainer"), now=now, rest=Mark.ABSENT)
            for _browser in range(4)
        ]
        errors = errors_in(race(*closings))
        assert len(errors) == 3 and all(isinstance(error, IllegalMove) for error in errors), errors
        assert attendance.tally(half_day).absent == 3
