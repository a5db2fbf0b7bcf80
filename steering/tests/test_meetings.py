"""Meetings: planned with their number, filled, corrected, postponed, cancelled; the agenda and who may read it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.tests.factories import make_user
from core import journal
from core.errors import DomainError, IllegalMove, ReasonRequired, StaleObject
from core.files import FileRefused
from core.models import Message
from core.saving import Invalid
from core.testing.papers import PDF
from steering.domain import agenda, letters, meetings, recurring
from steering.enums import ItemKind, MeetingState
from steering.models import AgendaItem, Committee, ItemDocument, Meeting, Minutes
from steering.tests.factories import (
    make_action,
    make_answer,
    make_committee,
    make_item,
    make_mandate,
    make_meeting,
    make_member_user,
    make_seat,
)
from steering.tests.meetings import make_convocation, make_point, picture

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_files(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


def plan(committee: Committee, days: int = 30, **fields: Any) -> Meeting:
    starts = timezone.now().replace(minute=0, second=0, microsecond=0) + timedelta(days=days)
    values: dict[str, Any] = {"kind": "ordinary", "starts_at": starts, "ends_at": starts + timedelta(hours=2), **fields}
    return meetings.plan(committee=committee, actor=make_user(), now=timezone.now(), **values)


def titles(meeting: Meeting) -> list[str]:
    return list(meeting.items.order_by("position").values_list("title_fr", flat=True))


def test_numbers_are_given_a_committee_and_never_twice() -> None:
    one, two = make_committee(), make_committee()
    make_meeting(one)  # entered before the series began
    assert [plan(one).number, plan(two).number, plan(one).number] == [2, 1, 3]


@pytest.mark.feature(69)
def test_an_agenda_begins_with_the_minutes_and_the_actions() -> None:
    committee = make_committee(seats=3)
    last = make_meeting(committee, "held", starts_at=timezone.now() - timedelta(days=20))
    minutes = Minutes.objects.create(meeting=last, state="remarks")
    make_point(committee, title_fr="Questions diverses", title_ar="مسائل مختلفة")
    meeting = plan(committee)
    assert titles(meeting) == [
        "Approbation du PV de la réunion n° 1",
        "Actions ouvertes et en retard",
        "Questions diverses",
    ]
    first = meeting.items.get(position=1)
    assert (first.kind, first.approves, first.title_ar) == (
        ItemKind.MINUTES,
        minutes,
        "المصادقة على محضر الاجتماع عدد 1",
    )
    assert agenda.fill(meeting=meeting, actor=None) == [], "a second call adds nothing"
    assert [entry.verb for entry in journal.history_of(meeting)] == ["meeting.fill", "meeting.create"]


def test_minutes_that_come_later_go_first_and_stand_on_one_agenda_alone() -> None:
    committee = make_committee(seats=3)
    meeting, other = plan(committee), plan(committee, 60)
    assert titles(meeting) == ["Actions ouvertes et en retard"]
    held = make_meeting(committee, "held", starts_at=timezone.now() - timedelta(days=2))
    Minutes.objects.create(meeting=held)
    agenda.fill(meeting=meeting, actor=None)
    agenda.fill(meeting=other, actor=None)
    assert titles(meeting)[0].startswith("Approbation du PV")
    assert titles(other) == ["Actions ouvertes et en retard"]


@pytest.mark.feature(69)
def test_overdue_actions_come_first() -> None:
    committee = make_committee(seats=1)
    soon, late, done = (
        make_action(committee, due_in=5),
        make_action(committee, due_in=-3),
        make_action(committee, due_in=-9),
    )
    type(done).objects.filter(pk=done.pk).update(state="declared")
    assert list(agenda.open_actions(committee, on=timezone.localdate())) == [late, done, soon]


def test_a_meeting_lies_ahead_unless_it_was_held_on_paper() -> None:
    committee = make_committee(seats=1)
    with pytest.raises(DomainError) as over:
        plan(committee, -3)
    assert over.value.field == "starts_at"
    assert plan(committee, -3, from_paper=True).from_paper
    with pytest.raises(DomainError):
        plan(committee, 3, from_paper=True)
    starts = timezone.now() + timedelta(days=9)
    with pytest.raises(Invalid) as ends:
        plan(committee, starts_at=starts, ends_at=starts)
    assert ends.value.field == "ends_at"


def test_correcting_guards_against_others_and_stops_with_the_letter() -> None:
    meeting = plan(make_committee(seats=1))
    now, actor = timezone.now(), make_user()
    meetings.update(meeting=meeting, version=meeting.version, actor=actor, now=now, place_fr="Salle 2")
    with pytest.raises(StaleObject):
        meetings.update(meeting=meeting, version=1, actor=actor, now=now, place_fr="Salle 3")
    convened = make_meeting(state="convened")
    with pytest.raises(IllegalMove):
        meetings.update(meeting=convened, version=1, actor=actor, now=now, place_fr="Salle 3")
    entry = journal.history_of(meeting).first()
    assert entry is not None and (entry.verb, entry.data["fields"]) == ("meeting.edit", "place_fr")


def test_items_move_change_and_close_up() -> None:
    meeting = make_meeting()
    one, two, three = (make_item(meeting) for _ in range(3))
    agenda.move(item=three, up=True, actor=None)
    assert titles(meeting) == [one.title_fr, three.title_fr, two.title_fr]
    agenda.move(item=one, up=True, actor=None)  # the first one stays the first one
    agenda.move(item=one, up=False, actor=None)
    assert titles(meeting) == [three.title_fr, one.title_fr, two.title_fr]
    agenda.remove(item=three, actor=None)
    agenda.remove(item=three, actor=None)
    assert list(meeting.items.order_by("position").values_list("position", flat=True)) == [1, 2]
    item = agenda.correct(item=two, version=two.version, actor=None, title_fr="Fonds dédié")
    with pytest.raises(StaleObject):
        agenda.correct(item=two, version=1, actor=None, title_fr="Autre")
    assert titles(meeting) == [one.title_fr, item.title_fr]
    with pytest.raises(IllegalMove):
        agenda.add(meeting=make_meeting(state="held"), actor=None, title_fr="Trop tard")


def test_named_seats_are_of_the_committee_and_at_least_one() -> None:
    meeting = make_meeting()
    mine, foreign = meeting.committee.seats.first(), make_seat(make_committee())
    assert mine is not None
    for readers in ([], [foreign]):
        with pytest.raises(DomainError) as refusal:
            agenda.add(meeting=meeting, actor=None, title_fr="Réservé", audience="named", readers=readers)
        assert refusal.value.field == "readers"
    item = agenda.add(meeting=meeting, actor=None, title_fr="Réservé", audience="named", readers=[mine])
    assert list(item.readers.all()) == [mine]
    agenda.correct(item=item, version=item.version, actor=None, audience="members", readers=[])
    assert not item.readers.exists()


@pytest.mark.feature(117)
def test_who_reads_a_confidential_item_is_said_by_its_audience() -> None:
    committee = make_committee()
    voter, guest = make_member_user(), make_member_user()
    seat = make_seat(committee, rank=1)
    make_mandate(seat, user=voter)
    make_mandate(make_seat(committee, rank=2, voice="consultative"), user=guest)
    meeting = make_meeting(committee, "convened")
    items = {code: make_item(meeting, audience=code) for code in ("members", "voters", "named", "staff")}
    items["named"].reader_rows.create(seat=seat)

    def read_by(user: Any) -> set[str]:
        return set(AgendaItem.objects.visible_to(user).values_list("audience", flat=True))

    assert read_by(voter) == {"members", "voters", "named"}
    assert read_by(guest) == {"members"}
    assert read_by(make_user("auditor")) == {"members"}
    assert read_by(make_user("officer")) == set(items)
    assert read_by(make_member_user()) == set(), "a member of no committee"


def test_documents_are_what_they_are_and_bare() -> None:
    item, now = make_item(make_meeting()), timezone.now()
    document = agenda.add_document(item=item, name="../note.exe", content=PDF, label="Note", actor=None, now=now)
    assert (document.file.name, document.file.content_type) == ("note.pdf", "application/pdf")
    with pytest.raises(FileRefused) as refusal:
        agenda.add_document(item=item, name="note.pdf", content=b"MZ\x90", label="Note", actor=None, now=now)
    assert refusal.value.field == "file"
    agenda.add_document(item=item, name="photo.png", content=picture(), label="Photo", actor=None, now=now)
    assert item.documents.latest("id").file.name == "photo.jpg"
    agenda.remove_document(document=document, actor=None)
    agenda.remove_document(document=document, actor=None)
    assert ItemDocument.objects.filter(item=item).count() == 1


def test_recurring_points_are_kept_in_order() -> None:
    committee = make_committee()
    one = recurring.add(committee=committee, actor=None, title_fr="Divers", duration=5)
    two = recurring.add(committee=committee, actor=None, title_fr="Date suivante", duration=5)
    recurring.correct(point=one, version=1, actor=None, title_fr="Questions diverses")
    with pytest.raises(StaleObject):
        recurring.correct(point=one, version=1, actor=None, title_fr="Autre")
    assert [str(point) for point in committee.recurring_items.all()] == ["Questions diverses", "Date suivante"]
    recurring.remove(point=two, actor=None)
    recurring.remove(point=two, actor=None)
    assert committee.recurring_items.count() == 1


def test_postponing_tells_everybody_keeps_the_answers_and_waits_for_its_date() -> None:
    meeting = make_meeting(state="convened")
    seat = meeting.committee.seats.first()
    assert seat is not None
    make_convocation(meeting)
    answer = make_answer(meeting, seat)
    with pytest.raises(ReasonRequired):
        meetings.postpone(meeting=meeting, reason=" ", actor=None, now=timezone.now())
    meetings.postpone(meeting=meeting, reason="Salle fermée", actor=make_user(), now=timezone.now())
    meeting.refresh_from_db()
    assert (meeting.state, meeting.has_no_date) == (MeetingState.POSTPONED, True)
    assert Message.objects.filter(kind=letters.POSTPONED).count() == 3
    with pytest.raises(IllegalMove):
        meetings.postpone(meeting=meeting, reason="Encore", actor=None, now=timezone.now())
    later = timezone.now() + timedelta(days=40)
    meetings.update(
        meeting=meeting,
        version=meeting.version,
        starts_at=later,
        ends_at=later + timedelta(hours=2),
        actor=None,
        now=timezone.now(),
    )
    meeting.refresh_from_db()
    answer.refresh_from_db()
    assert not meeting.has_no_date
    assert answer.for_on != meeting.day


def test_postponing_to_a_day_keeps_the_length_and_refuses_the_same_day() -> None:
    meeting = make_meeting(state="convened")
    with pytest.raises(DomainError) as same:
        meetings.postpone(meeting=meeting, reason="x", starts_at=meeting.starts_at, actor=None, now=timezone.now())
    assert same.value.field == "starts_at"
    later = meeting.starts_at + timedelta(days=10)
    meetings.postpone(meeting=meeting, reason="x", starts_at=later, actor=None, now=timezone.now())
    meeting.refresh_from_db()
    assert (meeting.starts_at, meeting.ends_at - meeting.starts_at) == (later, timedelta(hours=3))


def test_cancelling_tells_whom_it_concerns_once() -> None:
    meeting = make_meeting(state="convened")
    make_convocation(meeting)
    meetings.cancel(meeting=meeting, reason="Sans objet", actor=make_user(), now=timezone.now())
    assert Message.objects.filter(kind=letters.CANCELLED).count() == 3
    with pytest.raises(IllegalMove):
        meetings.cancel(meeting=meeting, reason="Encore", actor=None, now=timezone.now())
    assert Message.objects.filter(kind=letters.CANCELLED).count() == 3
    entry = journal.history_of(meeting).first()
    assert entry is not None and (entry.verb, entry.reason.text) == ("meeting.cancelled", "Sans objet")
    with pytest.raises(ReasonRequired):
        meetings.cancel(meeting=make_meeting(), reason="", actor=None, now=timezone.now())
