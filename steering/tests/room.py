"""A meeting for tests of the room: its seats, its people, and the clock of the day."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.tests.factories import make_user
from steering.domain import items, presence, sitting_acts
from steering.models import AgendaItem, Decision, Mandate, Meeting, Presence, Seat
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


# -- in a browser ------------------------------------------------------------------------------------------------
def url(name: str, *args: object) -> str:
    return reverse(f"steering:{name}", args=args)


def read(browser: Any, room: Room, **headers: str) -> str:
    response = browser.get(url("room", room.meeting.pk), headers=headers)
    assert response.status_code == 200
    return response.content.decode()


def words(html: str) -> str:
    """What a person reads, without the markup and with single spaces."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def opened(room: Room, *present: int) -> Room:
    room.open(*present)
    items.start(item=room.items[0], at=room.t(10), actor=room.actor, now=room.now)
    return room


def lifted(room: Room, officer: Any) -> Decision:
    opened(room, 0, 1, 2)
    officer.post(url("decision-prepare", room.items[0].pk), {"mode": "named", "text_fr": "Texte"})
    decision = Decision.objects.get()
    officer.post(url("decision-vote", decision.pk), {f"vote-{seat.pk}": "for" for seat in room.seats[:2]})
    officer.post(url("decision-decide", decision.pk))
    left = officer.post(url("room-lift", room.meeting.pk), {"hour": ""}, follow=True).content.decode()
    assert "À traiter ou à reporter d’abord : 1. Point 1" in words(left)
    officer.post(url("item-treat", room.items[0].pk))
    officer.post(url("room-lift", room.meeting.pk), {"hour": ""})
    assert room.fresh().state == "held"
    return decision
