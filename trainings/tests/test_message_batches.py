"""What is told to more than five people waits ten minutes: cancellations, changes, convocations, certificates."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from icalendar import Calendar

from accounts.tests.factories import make_user
from core import outbox
from core.enums import MessageState, Outcome
from core.models import Message, MessageBatch
from core.outbox import delivery
from core.outbox.gathering import MORE_THAN, WAIT
from core.testing.client import StrictClient
from core.testing.smtp import Sink
from core.tests.outbox.conftest import sink
from trainings.domain import cancellation, certificates, convocations, letters, moderation, notices, withdrawal
from trainings.domain import sessions as session_verbs
from trainings.enums import RegistrationState
from trainings.models import Registration, Session
from trainings.tests.factories import make_registration, make_session
from trainings.tests.test_certificates import attended

__all__ = ["sink"]
MANY = MORE_THAN + 1


@pytest.fixture
def session(db: None) -> Session:
    """A session with more than five people: one reads Arabic, one English."""
    made = make_session(capacity=20)
    part = made.parts.get()
    for number in range(MANY):
        make_registration(part, language={0: "ar", 1: "en"}.get(number, "fr"))
    return made


def cancel(session: Session) -> None:
    cancellation.cancel(
        session=session, actor=make_user(), now=timezone.now(), reason="Malade", notice="La formatrice est empêchée."
    )


@pytest.mark.django_db(transaction=True)
def test_page_after_a_cancellation_leads_to_the_batch(
    session: Session, client_for: Callable[..., StrictClient]
) -> None:
    officer = client_for(make_user("officer"))
    answer = officer.post(
        reverse("trainings:session-cancel", args=[session.slug]), {"reason": "Salle", "notice": "Fermée."}, follow=True
    )
    batch = MessageBatch.objects.get()
    url = reverse("notifications:batch-detail", args=[batch.pk])
    assert f'href="{url}"' in answer.content.decode()
    page = officer.get(url).content.decode()
    assert session.title in page
    assert reverse("trainings:session-detail", args=[session.slug]) in page
    assert page.count("Fermée.") >= 3
    assert url not in officer.get(reverse("trainings:session-detail", args=[session.slug])).content.decode()


def test_change_that_a_cancellation_overtakes_is_never_sent(session: Session, sink: Sink) -> None:
    notices.tell_change(session=session, what={"place"}, now=timezone.now())
    cancel(session)
    delivery.deliver_due(clock=lambda: timezone.now() + WAIT + timedelta(seconds=1))
    assert sorted(mail.to for mail in sink.received) == sorted(Registration.objects.values_list("email", flat=True))
    overtaken = Message.objects.filter(kind=notices.CHANGE)
    assert set(overtaken.values_list("state", "outcome")) == {(MessageState.CANCELLED, Outcome.WITHDRAWN)}


def test_second_change_within_the_ten_minutes_replaces_the_first(session: Session, sink: Sink) -> None:
    notices.tell_change(session=session, what={"hours"}, now=timezone.now())
    change_place(session)
    delivery.deliver_due(clock=lambda: timezone.now() + WAIT + timedelta(seconds=1))
    assert len(sink.received) == MANY
    sent = Message.objects.filter(state=MessageState.SENT)
    assert {params["what"] for params in sent.values_list("params", flat=True)} == {"hours place"}


def test_person_who_cancels_meanwhile_is_left_out(session: Session, sink: Sink) -> None:
    change_place(session)
    batch = MessageBatch.objects.get()
    one = Registration.objects.order_by("pk").first()
    assert one is not None
    withdrawal.cancel_by_staff(registration=one, actor=make_user(), now=timezone.now(), reason="Empêchée")
    delivery.deliver_due(clock=lambda: timezone.now() + WAIT + timedelta(seconds=1))
    assert len(sink.received) == MANY
    left_out = batch.messages.exclude(state=MessageState.SENT)
    assert list(left_out.values_list("to_email", "state")) == [(one.email, MessageState.CANCELLED)]


def change_place(session: Session) -> None:
    """The place of the session moves."""
    session.refresh_from_db()
    session_verbs.update(
        session=session, version=session.version, actor=make_user(), now=timezone.now(), venue_fr="Autre salle"
    )


def test_convocations_of_one_part_are_one_batch_unless_it_begins_soon(session: Session) -> None:
    part = session.parts.get()
    now = convocations.due_at(part)
    assert convocations.plan(now=now) == MANY
    batch = MessageBatch.objects.get()
    assert (batch.author, batch.about(), batch.release_at) == (None, session, now + WAIT)
    assert convocations.plan(now=now + timedelta(minutes=1)) == 0


def test_certificates_of_one_click_are_one_batch(db: None) -> None:
    made = make_session(state="closed", starts_on=timezone.localdate() - timedelta(7), capacity=20)
    for _ in range(MANY):
        attended(session=made)
    author = make_user("officer")
    certificates.issue_batch(session=made, actor=author, now=timezone.now())
    batch = MessageBatch.objects.get()
    assert (batch.author, batch.about(), batch.messages.count()) == (author, made, MANY)


def test_accepted_together_are_told_together(db: None) -> None:
    part = make_session(capacity=20).parts.get()
    rows = [make_registration(part, "review") for _ in range(MANY)]
    decisions = moderation.accept_each(registrations=rows, actor=make_user("officer"), now=timezone.now())
    assert {one.registration.state for one in decisions} == {RegistrationState.CONFIRMED}
    assert MessageBatch.objects.get().messages.count() == MANY


def test_offers_never_wait() -> None:
    kinds = {kind.code for kind in outbox.kinds() if kind.urgent}
    assert {letters.OFFER, letters.OFFER_LAPSED, letters.CONFIRM_ADDRESS, letters.PAGE} <= kinds
    assert letters.CONFIRMED not in kinds


def test_each_file_is_made_out_to_its_own_reader(session: Session, sink: Sink) -> None:
    """The messages of one lot share what their calendar files say of the part, in each language, and nothing else."""
    convocations.plan(now=convocations.due_at(session.parts.get()))
    delivery.deliver_due(clock=lambda: convocations.due_at(session.parts.get()) + WAIT)
    assert len(sink.received) == MANY
    for mail in sink.received:
        [file] = [part for part in mail.mail.walk() if part.get_content_type() == "text/calendar"]
        event = Calendar.from_ical(file.get_content()).walk("VEVENT")[0]
        registration = Registration.objects.get(email=mail.to)
        with override(registration.language):
            assert str(event["attendee"]) == f"mailto:{mail.to}"
            assert event["attendee"].params["CN"] == registration.name
            assert str(event["summary"]).startswith(session.title)
