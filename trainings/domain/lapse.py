"""Requests that nobody confirmed in time."""

from __future__ import annotations

from datetime import datetime

from core import journal, outbox
from core.transitions import move
from trainings.domain import letters
from trainings.enums import RegistrationState
from trainings.models import Registration


def lapse_unconfirmed(*, now: datetime) -> int:
    """End the requests whose time to confirm is over, each in its own transaction; returns how many.

    They held nothing, so nothing is freed and nobody is written to: the address was never shown to be theirs.
    """
    due = Registration.objects.filter(state=RegistrationState.UNCONFIRMED, lapses_at__lte=now)
    ids = list(due.order_by("lapses_at", "id").values_list("pk", flat=True))
    return sum(_lapse(pk, now=now) for pk in ids)


@journal.act
def _lapse(pk: int, *, now: datetime) -> bool:
    """End one request unless it was confirmed, cancelled or renewed meanwhile."""
    rows = Registration.objects.select_for_update(of=("self",))
    registration = rows.filter(pk=pk, state=RegistrationState.UNCONFIRMED, lapses_at__lte=now).first()
    if registration is None:
        return False
    move(registration, RegistrationState.LAPSED, actor=None)
    outbox.withdraw(obj=registration, kinds=letters.KINDS)
    return True
