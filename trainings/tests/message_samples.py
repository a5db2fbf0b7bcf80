"""One message of each kind that the trainings write, for the test of every message."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.utils import timezone

from accounts.tests.factories import make_user
from core.models import Message
from core.testing.messages import Sample, queued
from directory.tests.factories import make_person
from trainings.domain import certificates, letters, notices
from trainings.enums import RegistrationState as State
from trainings.models import Session
from trainings.tests.factories import make_registration, make_session
from trainings.tests.test_certificates import attended


def about(kind: str, state: str, **params: str | int) -> Message:
    """A message to somebody whose registration is in the state that it announces."""
    return queued(kind, make_registration(state=state), params=params)


def cancelled_session(**fields: Any) -> Session:
    return make_session("cancelled", cancelled_publicly="Salle indisponible.", **fields)


def cancellation() -> Message:
    part = cancelled_session().parts.get()
    return queued(notices.CANCELLATION, make_registration(part, State.CANCELLED), params={"sequence": 2})


def cancellation_to_a_trainer() -> Message:
    session = cancelled_session(trainers=[make_person()])
    return queued(notices.CANCELLATION_TRAINER, session.trainers.get(), params={"sequence": 2})


def postponement() -> Message:
    session = make_session("postponed", cancelled_publicly="La salle n’est pas libre.", resumes_as="open")
    return queued(notices.POSTPONED, make_registration(session.parts.get()), params={"sequence": 2})


def postponement_to_a_trainer() -> Message:
    session = make_session("postponed", cancelled_publicly="La salle n’est pas libre.", trainers=[make_person()])
    return queued(notices.POSTPONED_TRAINER, session.trainers.get(), params={"sequence": 2})


def decision() -> Message:
    session = make_session("draft", proposed_by=make_user("trainer"))
    return queued(notices.PROPOSAL_DECIDED, session, params={"decision": "sent_back"})


def certificate() -> Message:
    certificates.issue(registration=attended(), actor=None, now=timezone.now())
    return Message.objects.get(kind="trainings.certificate")


SAMPLES: dict[str, Sample] = {
    letters.CONFIRM_ADDRESS: partial(about, letters.CONFIRM_ADDRESS, State.UNCONFIRMED),
    letters.CONFIRMED: partial(about, letters.CONFIRMED, State.CONFIRMED),
    letters.WAITING: partial(about, letters.WAITING, State.WAITING),
    letters.REVIEW: partial(about, letters.REVIEW, State.REVIEW),
    letters.OFFER: partial(about, letters.OFFER, State.OFFERED),
    letters.OFFER_LAPSED: partial(about, letters.OFFER_LAPSED, State.LAPSED),
    letters.REFUSED: partial(about, letters.REFUSED, State.REFUSED),
    letters.CANCELLED_BY_PERSON: partial(about, letters.CANCELLED_BY_PERSON, State.CANCELLED),
    letters.CANCELLED_BY_STAFF: partial(about, letters.CANCELLED_BY_STAFF, State.CANCELLED),
    letters.PAGE: partial(about, letters.PAGE, State.CONFIRMED),
    notices.CHANGE: partial(about, notices.CHANGE, State.CONFIRMED, what="dates hours", sequence=2),
    notices.CONVOCATION: partial(about, notices.CONVOCATION, State.CONFIRMED),
    notices.CANCELLATION: cancellation,
    notices.CANCELLATION_TRAINER: cancellation_to_a_trainer,
    notices.POSTPONED: postponement,
    notices.POSTPONED_TRAINER: postponement_to_a_trainer,
    notices.PROPOSAL_DECIDED: decision,
    "trainings.certificate": certificate,
}
