"""Who may open the room and the ledger: trainers of the session and staff; here the session is nobody's own."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from django.utils import timezone

from accounts.tests.factories import make_user
from accounts.tests.matrix import STAFF, only
from trainings.domain import attendance, corrections
from trainings.enums import Mark
from trainings.models import HalfDay, Registration
from trainings.tests.factories import make_registration, make_session


def session() -> list[object]:
    return [make_session("closed").slug]


def half_day() -> list[object]:
    return [make_session("closed").parts.get().half_days.all()[0].pk]


def closed() -> tuple[HalfDay, Registration]:
    held = make_session("closed", starts_on=timezone.localdate() - timedelta(days=3))
    first = held.parts.get().half_days.all()[0]
    registration = make_registration(first.part)
    attendance.close(half_day=first, actor=make_user("officer"), now=timezone.now(), rest=Mark.ABSENT)
    return first, registration


def mark_to_correct() -> list[object]:
    first, registration = closed()
    return [first.pk, registration.pk]


def correction() -> list[object]:
    first, registration = closed()
    proposed = corrections.propose(
        half_day=first,
        registration=registration,
        mark=Mark.PRESENT,
        reason="Feuille signée",
        actor=make_user("officer"),
        now=timezone.now(),
    )
    return [proposed.pk]


ACCESS = {
    "trainings:room-home": only(*STAFF, "trainer"),
    "trainings:room-half-day": only(*STAFF, args=half_day, trainer=404),
    "trainings:room-close": only(*STAFF, args=half_day, trainer=404),
    "trainings:sheet": only(*STAFF, args=half_day, trainer=404),
    "trainings:room-mark": replace(only(*STAFF, status=422, args=half_day, trainer=404), method="post"),
    "trainings:room-all": replace(only(*STAFF, status=302, args=half_day, trainer=404), method="post"),
    "trainings:room-undo": replace(only(*STAFF, status=302, args=half_day, trainer=404), method="post"),
    "trainings:attendance-tab": only(*STAFF, args=session, trainer=404),
    "trainings:correction-propose": only(*STAFF, args=mark_to_correct, trainer=404),
    "trainings:correction-confirm": only(*STAFF, status=302, args=correction),
    "trainings:correction-reject": only(*STAFF, args=correction),
}
