"""A meeting for tests of the room: its seats, its people, and the clock of the day."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from accounts.models import User
from accounts.tests.factories import make_user
from steering.domain import presence, sitting_acts
from steering.models import AgendaItem, Mandate, Meeting, Presence, Seat
from steering.tests.factories import make_committee, make_item, make_mandate, make_meeting


class Room:
    """A committee of some voting seats, whose meeting began an hour ago; `t(10)` is ten minutes after its hour."""

    def __init__(self, *, seats: int = 5, items: int = 1, state: str = "convened", **act: Any) -> None:
        self.actor: User = make_user("officer")
        self.committee = make_committee(seats=seats, act=act)
        self.start: datetime = timezone.now().replace(second=0, microsecond=0) - timedelta(hours=3)
        self.meeting: Meeting = make_meeting(self.committee, state, starts_at=self.start)
        self.items: list[AgendaItem] = [make_item(self.meeting, expected="decide") for _ in range(items)]
        self.seats: list[Seat] = list(self.committee.seats.order_by("rank"))

    @property
    def now(self) -> datetime:
        return timezone.now()

    def t(self, minutes: int) -> datetime:
        return self.start + timedelta(minutes=minutes)

    def titular(self, index: int) -> Mandate:
        return self.seats[index].mandates.get(kind="titular")

    def alternate(self, index: int) -> Mandate:
        seat = self.seats[index]
        return seat.mandates.filter(kind="alternate").first() or make_mandate(seat, kind="alternate")

    def arrive(self, *indexes: int, at: int = 0) -> list[Presence]:
        return [
            presence.arrive(
                meeting=self.meeting, mandate=self.titular(index), at=self.t(at), actor=self.actor, now=self.now
            )
            for index in indexes
        ]

    def open(self, *indexes: int) -> Meeting:
        """The meeting, opened with the titulars of these seats in the room."""
        self.arrive(*indexes)
        self.meeting = sitting_acts.open_meeting(meeting=self.meeting, actor=self.actor, now=self.t(5))
        return self.meeting

    def act(self, minutes: int) -> dict[str, Any]:
        """What every verb of the room takes beside its own values."""
        return {"at": self.t(minutes), "actor": self.actor, "now": self.now}

    def fresh(self) -> Meeting:
        self.meeting = Meeting.objects.get(pk=self.meeting.pk)
        return self.meeting
