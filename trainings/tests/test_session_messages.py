"""Changes, cancellations and convocations: told once, with a calendar file that a calendar understands."""

from __future__ import annotations

from datetime import timedelta
from email.utils import parseaddr
from typing import Any

import pytest
from django.utils import timezone
from icalendar import Calendar

from accounts.tests.factories import make_user
from core import journal, outbox
from core.enums import MessageState
from core.errors import DomainError, IllegalMove, ReasonRequired
from core.models import Message
from directory.tests.factories import make_person
from trainings import tasks
from trainings.documents import calendar
from trainings.domain import cancellation, convocations, notices, parts, sessions
from trainings.enums import RegistrationState, SessionState
from trainings.models import Registration, Session
from trainings.tests.factories import make_half_day, make_registration, make_session

pytestmark = pytest.mark.django_db


def cancel(session: Session, **fields: Any) -> Session:
    values = {"reason": "Formatrice malade", "notice": "La formatrice est empêchée.", **fields}
    return cancellation.cancel(session=session, actor=make_user(), now=timezone.now(), **values)


def events(content: bytes) -> list[Any]:
    return list(Calendar.from_ical(content).walk("VEVENT"))


def file_of(message: Message) -> Any:
    attachment = outbox.render(message).content.attachments[0]
    return Calendar.from_ical(attachment.content)


def test_cancel_tells_everybody_concerned_once() -> None:
    session = make_session(parts=2, trainers=[make_person(email="formatrice@example.tn"), make_person(email=None)])
    first, second = session.parts.order_by("position")
    make_registration(first, email="deux@example.tn")
    make_registration(second, email="deux@example.tn")
    for state in ("waiting", "offered", "review", "unconfirmed"):
        make_registration(first, state, email=f"{state}@example.tn")
    assert cancellation.concerned(session) == 4
    cancel(session)
    told = sorted(Message.objects.values_list("to_email", flat=True))
    assert told == [f"{name}@example.tn" for name in ("deux", "formatrice", "offered", "review", "waiting")]
    session.refresh_from_db()
    assert (session.state, session.calendar_sequence) == (SessionState.CANCELLED, 1)
    assert set(Registration.objects.values_list("state", flat=True)) == {RegistrationState.CANCELLED}
    entry = journal.history_of(session).get()
    assert (entry.verb, entry.reason.text) == ("session.cancelled", "Formatrice malade")


def test_cancel_twice_tells_nobody_again() -> None:
    session = make_session()
    make_registration(session.parts.get())
    cancel(session)
    with pytest.raises(IllegalMove):
        cancel(Session.objects.get(pk=session.pk))
    assert Message.objects.count() == 1


def test_cancel_needs_a_reason_and_a_notice_for_what_the_public_knows() -> None:
    session = make_session()
    with pytest.raises(ReasonRequired):
        cancel(session, reason=" ")
    with pytest.raises(DomainError) as caught:
        cancel(session, notice=" ")
    assert caught.value.field == "notice"
    draft = make_session("draft")
    cancel(draft, notice="")
    assert draft.state == SessionState.CANCELLED
    assert not Message.objects.exists()


def test_cancel_takes_back_what_has_not_left() -> None:
    session = make_session()
    make_registration(session.parts.get())
    sessions.update(session=session, version=None, actor=None, now=timezone.now(), venue_fr="Sfax")
    cancel(session)
    states = dict(Message.objects.values_list("kind", "state"))
    assert states == {notices.CHANGE: MessageState.CANCELLED, notices.CANCELLATION: MessageState.QUEUED}


def test_the_notice_is_public_and_the_reason_is_not() -> None:
    session = make_session()
    make_registration(session.parts.get())
    cancel(session)
    words = outbox.render(Message.objects.get()).true
    assert "La formatrice est empêchée." in words.text
    assert "malade" not in words.text + words.html


def test_a_change_sends_a_file_that_replaces_the_earlier_one() -> None:
    session = make_session()
    registration = make_registration(session.parts.get())
    first = Calendar.from_ical(calendar.registration_calendar(registration, now=timezone.now()))
    part = session.parts.get()
    day = part.starts_on + timedelta(days=7)
    parts.update(
        part=part, version=None, actor=None, now=timezone.now(), starts_on=day, ends_on=day, move_half_days=True
    )
    second = file_of(Message.objects.get())
    (before,), (after,) = first.walk("VEVENT"), second.walk("VEVENT")
    assert second["METHOD"] == "REQUEST"
    assert before["UID"] == after["UID"]
    assert (before["SEQUENCE"], after["SEQUENCE"]) == (0, 1)
    assert after["DTSTART"].dt - before["DTSTART"].dt == timedelta(days=7)


def test_the_file_of_a_cancellation_takes_the_event_out() -> None:
    session = make_session()
    part = session.parts.get()
    waiting = make_registration(part, "waiting", email="attente@example.tn")
    registration = make_registration(part)
    file = Calendar.from_ical(calendar.registration_calendar(registration, now=timezone.now(), method="CANCEL"))
    (event,) = file.walk("VEVENT")
    assert (file["METHOD"], event["STATUS"]) == ("CANCEL", "CANCELLED")
    assert parseaddr(event["ATTENDEE"].removeprefix("mailto:"))[1] == registration.email
    cancel(session)
    to_waiting = Message.objects.get(object_id=waiting.pk, kind=notices.CANCELLATION)
    assert outbox.render(to_waiting).content.attachments == []


def test_a_part_of_several_days_is_one_event_that_repeats_in_the_time_of_tunis() -> None:
    session = make_session(days=4, half_days=False)
    part = session.parts.get()
    for offset in (0, 1, 3):
        make_half_day(part, on_day=part.starts_on + timedelta(days=offset), half="morning")
    make_half_day(part, on_day=part.starts_on, half="afternoon")
    content = calendar.session_calendar(session, now=timezone.now())
    assert b"TZID:Africa/Tunis" in content
    master, *others = events(content)
    assert master["DTSTART"].params["TZID"] == "Africa/Tunis"
    assert master["RRULE"]["COUNT"] == [4]
    assert (master["DTEND"].dt - master["DTSTART"].dt) == timedelta(hours=8)
    assert master["EXDATE"].dts[0].dt.date() == part.starts_on + timedelta(days=2)
    assert [other["RECURRENCE-ID"].dt.date() for other in others] == [
        part.starts_on + timedelta(days=1),
        part.starts_on + timedelta(days=3),
    ]
    assert {event["UID"] for event in (master, *others)} == {calendar.uid(part)}


def test_convocations_are_planned_once_from_seven_days_before() -> None:
    today = timezone.localdate()
    soon, later = make_session(starts_on=today + timedelta(days=5)), make_session(starts_on=today + timedelta(days=8))
    make_registration(soon.parts.get(), email="bientot@example.tn")
    make_registration(soon.parts.get(), "waiting")
    make_registration(soon.parts.get(), email="")
    make_registration(later.parts.get())
    assert tasks.plan_messages() == 1
    assert tasks.plan_messages() == 0
    message = Message.objects.get()
    assert (message.kind, message.to_email) == (notices.CONVOCATION, "bientot@example.tn")
    content = outbox.render(message).content
    assert content.useless_after == soon.parts.get().half_days.first().starts
    assert content.attachments[0].type == "text/calendar; method=REQUEST"


def test_nobody_is_convoked_once_the_part_has_begun() -> None:
    session = make_session(starts_on=timezone.localdate())
    make_registration(session.parts.get())
    begun = session.parts.get().half_days.first().starts
    assert convocations.plan(now=begun) == 0
    assert convocations.plan(now=begun - timedelta(minutes=1)) == 1


def test_a_convocation_to_somebody_who_cancelled_meanwhile_is_useless() -> None:
    session = make_session(starts_on=timezone.localdate() + timedelta(days=5))
    registration = make_registration(session.parts.get())
    tasks.plan_messages()
    Registration.objects.filter(pk=registration.pk).update(state=RegistrationState.CANCELLED)
    with pytest.raises(outbox.Useless):
        outbox.render(Message.objects.get())
