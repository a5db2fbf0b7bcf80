"""Where somebody stands on the waiting list of a part."""

from __future__ import annotations

from dataclasses import dataclass

from trainings.models import Registration


@dataclass(frozen=True)
class Turn:
    """Third of twelve who wait; the next free place goes to the first whose category has room."""

    position: int
    of: int


def turn_of(registration: Registration) -> Turn:
    """The person's turn among those who wait for the same part, in the order of confirmation."""
    waiting = registration.part.registrations.waiting()
    return Turn(position=waiting.filter(rank__lte=registration.rank).count(), of=waiting.count())
