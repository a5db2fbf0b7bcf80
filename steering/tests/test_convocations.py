"""The letter that calls a meeting: its rules, its number, to whom it goes; its correction; the second call."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from icalendar import Calendar

from accounts.tests.factories import make_user
from core import files, journal, outbox
from core.errors import DomainError, IllegalMove, StaleObject
from core.models import Message, MessageBatch
from notifications import objects
from steering.documents.letter import letter_pdf
from steering.domain import convocations, letters, meetings
from steering.enums import MeetingState
from steering.errors import LateNotice, NoAct, RuleMissing
from steering.models import Convocation, FoundingAct, Mandate, Meeting
from steering.tests.factories import make_committee, make_item, make_mandate, make_meeting, make_seat
from steering.tests.meetings import in_time, no_letter

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_files(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


def ready(seats: int = 3, days: int = 21, act: dict[str, Any] | None = None) -> Meeting:
    starts = timezone.now().replace(minute=0, second=0, microsecond=0) + timedelta(days=days)
    meeting = make_meeting(make_committee(seats=seats, act=act), starts_at=starts)
    make_item(meeting, title_fr="Bilan", title_ar="حصيلة")
    return meeting


def convene(meeting: Meeting, **fields: Any) -> Convocation:
    values: dict[str, Any] = {"answers_until": in_time(meeting), "render": no_letter, **fields}
    return convocations.convene(meeting=meeting, actor=make_user(), now=timezone.now(), **values)


def test_a_message_is_known_by_the_meeting_that_it_calls_to() -> None:
    meeting = ready()
    convene(meeting)
    sent = list(Message.objects.filter(object_type="steering.invitee"))
    assert sent and {about.words for about in objects.owners_of(sent, make_user("officer"))} == {str(meeting)}


@pytest.mark.feature(54)
def test_convening_fixes_the_act_keeps_both_letters_and_writes_to_every_titular() -> None:
    meeting = ready()
    letter = convene(meeting)
    meeting.refresh_from_db()
    assert (meeting.state, meeting.act) == (MeetingState.CONVENED, meeting.committee.acts.get())
    year = timezone.localdate().year
    assert letter.number == f"CONV-{year}-001"
    assert files.content_of(letter.file_ar).endswith(b"-ar") and files.is_whole(letter.file_fr)
    assert letter.said["items"][0]["ar"] == "حصيلة"
    told = Message.objects.filter(kind=letters.CONVOCATION)
    assert {message.to_email for message in told} == {m.person.email for m in Mandate.objects.all()}
    assert [entry.verb for entry in journal.history_of(meeting)] == ["meeting.letter", "meeting.convened"]
    with pytest.raises(IllegalMove):
        convene(meeting)
    assert convene(ready()).number == f"CONV-{year}-002"


def test_more_than_five_letters_wait_ten_minutes_together() -> None:
    convene(ready(seats=6))
    assert MessageBatch.objects.get().messages.count() == 6


@pytest.mark.feature(54)
def test_a_late_letter_needs_a_written_reason() -> None:
    meeting = ready(days=3)
    with pytest.raises(LateNotice) as refusal:
        convene(meeting, late_reason="  ")
    assert refusal.value.field == "late_reason"
    assert Meeting.objects.get(pk=meeting.pk).state == MeetingState.PLANNED
    assert not Convocation.objects.exists()
    convene(meeting, late_reason="Échéance du bailleur")
    meeting.refresh_from_db()
    assert meeting.late_reason == "Échéance du bailleur"


def test_a_letter_in_time_keeps_no_reason() -> None:
    meeting = ready()
    convene(meeting, late_reason="Sans objet")
    meeting.refresh_from_db()
    assert meeting.late_reason == ""


def test_what_the_act_does_not_say_blocks_and_is_named() -> None:
    meeting = ready(act={"notice_days": None, "notice_count": ""})
    with pytest.raises(RuleMissing) as refusal:
        convene(meeting)
    assert len(refusal.value.rules) == 2
    FoundingAct.objects.all().delete()
    with pytest.raises(NoAct):
        convene(meeting)


@pytest.mark.parametrize(
    ("spoil", "field"),
    [
        (lambda m: m.items.all().delete(), None),
        (lambda m: Meeting.objects.filter(pk=m.pk).update(place_fr="", place_ar=""), "place_fr"),
        (lambda m: Meeting.objects.filter(pk=m.pk).update(has_no_date=True), "starts_at"),
        (lambda m: Mandate.objects.all().delete(), None),
    ],
)
def test_a_letter_needs_agenda_place_date_and_somebody(spoil: Any, field: str | None) -> None:
    meeting = ready()
    spoil(meeting)
    with pytest.raises(DomainError) as refusal:
        convene(meeting)
    assert refusal.value.field == field


def test_answers_are_expected_before_the_meeting_begins() -> None:
    meeting = ready()
    for until in (timezone.now(), meeting.starts_at + timedelta(minutes=1)):
        with pytest.raises(DomainError) as refusal:
            convene(meeting, answers_until=until)
        assert refusal.value.field == "answers_until"
    with pytest.raises(StaleObject):
        convene(meeting, version=9)


def test_a_vacant_seat_and_one_without_address_are_seen_before() -> None:
    meeting = ready(seats=1)
    vacant = make_seat(meeting.committee, rank=2)
    silent = make_mandate(make_seat(meeting.committee, rank=3))
    silent.person.email = None
    silent.person.save()
    found = {line.seat.pk: line for line in convocations.lines(meeting)}
    assert found[vacant.pk].mandate is None
    assert found[silent.seat_id].email == ""
    letter = convene(meeting)
    assert letter.invitees.count() == 2, "who has no address is called by the printed letter"
    assert Message.objects.count() == 1


def test_a_titular_of_the_meetings_day_is_called_and_not_one_of_today() -> None:
    meeting = ready(seats=1)
    old = Mandate.objects.get()
    old.ends_on = meeting.day - timedelta(days=2)
    old.save()
    new = make_mandate(old.seat, starts_on=meeting.day - timedelta(days=1))
    letter = convene(meeting)
    assert [invitee.mandate for invitee in letter.invitees.all()] == [new]


@pytest.mark.feature(117)
def test_a_confidential_item_is_a_number_in_the_letter() -> None:
    meeting = ready()
    make_item(meeting, title_fr="Litige secret", title_ar="نزاع", audience="named")
    letter = convene(meeting)
    assert letter.said["items"][1] == {"n": 2, "confidential": True}
    draft = convocations.preview(meeting, now=timezone.now(), kind="first", answers_until=None)
    for language in ("fr", "ar"):
        assert letter_pdf(draft, language).startswith(b"%PDF")
    message = Message.objects.first()
    assert message is not None
    rendered = outbox.render(message)
    assert "Litige" not in rendered.true.text + rendered.true.html


def test_the_message_has_both_letters_a_calendar_file_and_a_link() -> None:
    convene(ready())
    message = Message.objects.first()
    assert message is not None
    content = outbox.render(message).content
    assert [attachment.name[-6:] for attachment in content.attachments] == ["fr.pdf", "ar.pdf", "ng.ics"]
    event = Calendar.from_ical(content.attachments[2].content).walk("VEVENT")[0]
    assert event["status"] == "CONFIRMED" and "réunion n° 1" in event["summary"]
    assert set(content.links) == {"answer"}


@pytest.mark.feature(54)
def test_a_correction_is_a_numbered_letter_to_everybody() -> None:
    meeting = ready()
    convene(meeting)
    meeting.refresh_from_db()

    def rectify(**fields: Any) -> Convocation:
        values: dict[str, Any] = {"note_fr": "La salle change.", "render": no_letter, **fields}
        return convocations.rectify(meeting=meeting, actor=make_user(), now=timezone.now(), **values)

    with pytest.raises(DomainError) as nothing:
        rectify()
    assert nothing.value.code == "nothing_changed"
    letter = rectify(place_fr="Salle 9")
    assert (letter.kind, letter.note_fr, letter.said["place"]["fr"]) == ("correction", "La salle change.", "Salle 9")
    assert Message.objects.filter(kind=letters.CONVOCATION).count() == 6
    assert convocations.differs(Meeting.objects.get(pk=meeting.pk)) == []
    make_item(meeting)
    assert convocations.differs(Meeting.objects.get(pk=meeting.pk)) == ["items"]
    near = timezone.now() + timedelta(days=4)
    with pytest.raises(LateNotice):
        rectify(starts_at=near, ends_at=near + timedelta(hours=2), answers_until=near)
    rectify(starts_at=near, ends_at=near + timedelta(hours=2), answers_until=near, late_reason="Urgence")
    assert Meeting.objects.get(pk=meeting.pk).late_reason == "Urgence"
    entry = journal.history_of(meeting).first()
    assert entry is not None and entry.verb == "meeting.rectify"
    with pytest.raises(IllegalMove):
        convocations.rectify(meeting=ready(), note_fr="x", render=no_letter, actor=None, now=timezone.now())


def test_a_postponed_meeting_is_convened_again_by_a_new_letter() -> None:
    meeting = ready()
    convene(meeting)
    later = meeting.starts_at + timedelta(days=20)
    meetings.postpone(meeting=meeting, reason="Salle", starts_at=later, actor=None, now=timezone.now())
    meeting.refresh_from_db()
    assert not Message.objects.filter(kind=letters.CONVOCATION, state="queued").exists(), (
        "what had not left is withdrawn"
    )
    second = convene(meeting)
    assert second.number.endswith("002") and second.kind == "first"


@pytest.mark.feature(54)
def test_second_call_has_the_same_agenda_and_waits_for_the_acts_delay() -> None:
    first = make_meeting(make_committee(seats=2), "no_quorum", starts_at=timezone.now() - timedelta(days=1))
    item = make_item(first, audience="named", title_fr="Fonds")
    item.reader_rows.create(seat=first.committee.seats.first())
    now = timezone.now()
    with pytest.raises(DomainError) as early:
        convocations.second_call(meeting=first, starts_at=now + timedelta(days=2), actor=None, now=now)
    assert early.value.field == "starts_at"
    second = convocations.second_call(meeting=first, actor=make_user(), now=now)
    assert (second.second_call_of, second.state) == (first, MeetingState.PLANNED)
    assert (second.day - first.day).days >= 10
    copy = second.items.get()
    assert (copy.title_fr, copy.reader_rows.count()) == ("Fonds", 1)
    assert convocations.second_call(meeting=first, actor=None, now=now) == second, "once"
    with pytest.raises(IllegalMove):
        convocations.second_call(meeting=second, actor=None, now=now)


def test_second_call_needs_its_rules() -> None:
    committee = make_committee(
        seats=1, act={"second_call_days": None, "second_numerator": None, "second_denominator": None}
    )
    first = make_meeting(committee, "no_quorum", starts_at=timezone.now() - timedelta(days=1))
    with pytest.raises(RuleMissing) as refusal:
        convocations.second_call(meeting=first, actor=None, now=timezone.now())
    assert len(refusal.value.rules) == 3
