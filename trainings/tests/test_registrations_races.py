"""Races on real PostgreSQL, each with a twin: the same race with the protection taken away must go wrong."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from accounts.tests.factories import make_user
from core import journal
from core.errors import ObjectGone
from core.models import Message
from core.testing.races import errors_in, race
from directory.models import Person
from trainings.domain import (
    by_hand,
    cancellation,
    confirmation,
    moderation,
    promotion,
    questions,
    registrations,
    seats,
    withdrawal,
)
from trainings.models import Registration, SessionPart
from trainings.tests.factories import make_question, make_registration, make_session
from trainings.tests.requests import make_consent_text, make_data, request

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.race]

PEOPLE = 16
TRIALS = [5, pytest.param(20, marks=pytest.mark.drill)]
TWIN_TRIALS = 5
SEATS_CHECK = ("trainings_sessionpart", "part_taken_le_capacity")
ONE_ROW = "registration_active_once"


def without_lock(part: SessionPart) -> SessionPart:
    """`seats.lock` with its lock removed."""
    return SessionPart.objects.select_related("session__training__programme").get(pk=part.pk)


@contextmanager
def dropped(table: str, constraint: str) -> Iterator[None]:
    """The database without one of its CHECKs; put back afterwards, unproved for the rows that broke it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = %s", [constraint])
        [definition] = cursor.fetchone()
        cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {constraint}")
        try:
            yield
        finally:
            cursor.execute(f"ALTER TABLE {table} ADD CONSTRAINT {constraint} {definition} NOT VALID")


@contextmanager
def dropped_index(name: str) -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexdef FROM pg_indexes WHERE indexname = %s", [name])
        [definition] = cursor.fetchone()
        cursor.execute(f"DROP INDEX {name}")
        try:
            yield
        finally:
            cursor.execute("TRUNCATE trainings_registration CASCADE")
            cursor.execute(definition)


def run_for_the_last_place() -> tuple[int, list[Exception]]:
    """Sixteen people confirm at the same instant for one place: how many hold it, and what went wrong."""
    part = make_session("open", capacity=1, half_days=False).parts.get()
    asked = [make_registration(part, "unconfirmed") for _ in range(PEOPLE)]
    now = timezone.now()
    results = race(*[partial(confirmation.confirm, registration=one, now=now) for one in asked])
    return part.registrations.holding().count(), errors_in(results)


@pytest.mark.feature(24)
@pytest.mark.parametrize("trials", TRIALS)
def test_last_place_is_given_once_however_many_come_at_the_same_instant(trials: int) -> None:
    for _ in range(trials):
        held, errors = run_for_the_last_place()
        assert (held, errors) == (1, [])
        part = SessionPart.objects.latest("id")
        assert part.taken == 1
        ranks = part.registrations.order_by("rank").values_list("rank", flat=True)
        assert list(ranks) == list(range(1, PEOPLE + 1))
        assert part.registrations.get(state="confirmed").rank == 1


def test_last_place_twin_without_lock_and_check_oversells(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(seats, "lock", without_lock)
    with dropped(*SEATS_CHECK):
        held = [run_for_the_last_place()[0] for _ in range(TWIN_TRIALS)]
    assert sum(places > 1 for places in held) >= TWIN_TRIALS - 1


def test_last_place_without_lock_is_still_guarded_by_the_check(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(seats, "lock", without_lock)
    met: list[Exception] = []
    for _ in range(3):
        held, errors = run_for_the_last_place()
        assert held == 1
        met += errors
    assert met
    assert all(isinstance(error, IntegrityError) and SEATS_CHECK[1] in str(error) for error in met)


def send_fifty_times(work: Callable[[], Any]) -> list[Exception]:
    return errors_in(race(*[work] * 50))


def test_fifty_identical_requests_make_one_row_one_message_one_line_of_history() -> None:
    part = make_session("open", half_days=False).parts.get()
    data, now = make_data(), timezone.now()
    assert send_fifty_times(partial(registrations.request, part=part, data=data, now=now)) == []
    registration = Registration.objects.get()
    assert Message.objects.count() == 1
    assert journal.history_of(registration).count() == 1


def test_fifty_identical_requests_twin_without_lock_and_index_make_several(monkeypatch: pytest.MonkeyPatch) -> None:
    part = make_session("open", half_days=False).parts.get()
    data, now = make_data(), timezone.now()
    monkeypatch.setattr(registrations, "alone", lambda **kwargs: None)
    with dropped_index(ONE_ROW):
        monkeypatch.setattr(
            Registration._meta, "constraints", [c for c in Registration._meta.constraints if c.name != ONE_ROW]
        )
        send_fifty_times(partial(registrations.request, part=part, data=data, now=now))
        assert Registration.objects.count() > 1
        assert Message.objects.count() > 1


def test_fifty_identical_confirmations_give_one_place_one_file_one_message() -> None:
    part = make_session("open", half_days=False).parts.get()
    registration, now = request(part), timezone.now()
    assert send_fifty_times(partial(confirmation.confirm, registration=registration, now=now)) == []
    part.refresh_from_db()
    assert (part.taken, part.last_rank) == (1, 1)
    assert Person.objects.count() == 1
    assert Message.objects.filter(kind="trainings.confirmed").count() == 1
    assert journal.history_of(registration).filter(verb="registration.confirmed").count() == 1


def test_mixed_acts_at_the_same_instant_keep_the_counters_and_meet_no_deadlock() -> None:
    make_consent_text()
    staff = make_user("officer")
    for _ in range(5):
        part = make_session("open", capacity=3, half_days=False).parts.get()
        now = timezone.now()
        held = [make_registration(part, "confirmed") for _ in range(2)]
        offered = make_registration(part, "offered", offer_expires_at=now + timedelta(hours=1))
        lapsing = make_registration(part, "waiting")
        review = make_registration(part, "review", rank=99)
        newcomers = [request(part) for _ in range(3)]
        results = race(
            partial(withdrawal.cancel, registration=held[0], now=now),
            partial(withdrawal.cancel_by_staff, registration=held[1], actor=staff, reason="Doublon", now=now),
            partial(promotion.accept_offer, registration=offered, now=now),
            partial(promotion.expire, now=now + timedelta(hours=2)),
            partial(withdrawal.cancel, registration=lapsing, now=now),
            partial(moderation.accept, registration=review, actor=staff, now=now),
            partial(by_hand.register, part=part, data=make_data(email=""), actor=staff, now=now),
            partial(promotion.fill, part=part, actor=staff, now=now),
            *[partial(confirmation.confirm, registration=one, now=now) for one in newcomers],
        )
        assert not [e for e in errors_in(results) if not hasattr(e, "code")], results
        part.refresh_from_db()
        assert part.taken == part.registrations.holding().count()
        assert part.taken == 3 or not part.registrations.waiting().exists()


def test_session_cancelled_at_the_same_instant_takes_nobody_by_hand() -> None:
    make_consent_text()
    staff, now = make_user("officer"), timezone.now()
    part = make_session("open", half_days=False).parts.get()
    make_registration(part, "confirmed")
    held = threading.Event()

    def cancel() -> None:
        with transaction.atomic():
            cancellation.cancel(session=part.session, actor=staff, now=now, reason="Panne", notice="Reportée")
            held.set()
            time.sleep(1)

    def enter_by_hand() -> Registration:
        held.wait(30)
        return by_hand.register(part=part, data=make_data(email=""), actor=staff, now=now)

    [error] = errors_in(race(cancel, enter_by_hand))
    assert isinstance(error, registrations.RegistrationClosed)
    assert not part.registrations.active().exists()


def test_question_removed_by_two_clicks_at_once_is_removed_once() -> None:
    question = make_question(make_session())
    results = race(*[lambda: questions.remove(question=question, actor=None)] * 3)
    assert {type(error) for error in errors_in(results)} <= {ObjectGone}
