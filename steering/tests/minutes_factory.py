"""A meeting that was held, as the room leaves it; and the later one that approves its minutes."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from accounts.models import User
from accounts.tests.factories import make_user
from steering.domain import minutes as minutes_domain
from steering.domain.minutes import Printing
from steering.models import (
    AgendaItem,
    Answer,
    Ballot,
    Decision,
    Guest,
    ItemNote,
    Meeting,
    Minutes,
    MinutesText,
    Presence,
    QuorumCount,
    Recusal,
    Reservation,
)
from steering.tests.factories import make_committee, make_item, make_meeting, make_recommendation

PAPER = b"%PDF-1.7 papier"


def printer(_printing: Printing) -> bytes:
    """A paper that costs nothing."""
    return PAPER


def make_held(*, act: dict[str, Any] | None = None, state: str = "held", **fields: Any) -> Meeting:
    """Three seats: the first two came, the third is excused; two items, the first with notes and a decision."""
    committee = make_committee(seats=3, act=act)
    starts_at = (timezone.now() - timedelta(days=3)).replace(minute=0, second=0, microsecond=0)
    first, second, third = [seat.mandates.get() for seat in committee.seats.order_by("rank")]
    meeting = make_meeting(committee, state, starts_at=starts_at, chaired_by=first, **fields)
    for mandate in (first, second):
        Presence.objects.create(
            meeting=meeting, seat=mandate.seat, mandate=mandate, arrived_at=starts_at, left_at=meeting.lifted_at
        )
    Answer.objects.create(
        meeting=meeting,
        for_on=meeting.day,
        seat=third.seat,
        person=third.person,
        reply="excused",
        at=starts_at - timedelta(days=2),
    )
    Guest.objects.create(meeting=meeting, name="Experte Exemple", institution="Bureau Exemple", arrived_at=starts_at)
    item = make_item(meeting, state="treated", title_fr="Suites des recommandations", title_ar="مآل التوصيات")
    make_item(meeting, state="treated", title_fr="Divers", title_ar="مسائل مختلفة")
    counts: dict[str, Any] = {"required": 2, "counted": 2, "in_office": 3, "voices": 2, "at": starts_at}
    QuorumCount.objects.create(meeting=meeting, cause="opening", **counts)
    quorum = QuorumCount.objects.create(meeting=meeting, item=item, cause="decision", **counts)
    ItemNote.objects.create(
        item=item, text_fr="Le rapporteur présente l’état des actions.", saved_at=starts_at + timedelta(minutes=20)
    )
    decision = Decision.objects.create(
        item=item,
        number=f"D-{meeting.pk}-01",
        mode="named",
        state="adopted",
        text_fr="Un délai est accordé.",
        text_ar="تمّ منح أجل إضافي.",
        votes_for=1,
        votes_against=1,
        abstentions=0,
        by_casting_vote=True,
        quorum=quorum,
        decided_at=starts_at + timedelta(minutes=40),
    )
    for mandate, choice in ((first, "for"), (second, "against")):
        Ballot.objects.create(
            decision=decision, seat=mandate.seat, mandate=mandate, choice=choice, cast_at=decision.decided_at
        )
    Reservation.objects.create(decision=decision, seat=second.seat, mandate=second, text="Le délai paraît long.")
    Recusal.objects.create(item=item, seat=third.seat, interest="Porte une action.", declared_at=starts_at)
    make_recommendation(committee, item=item, text_fr="Publier l’état des actions.", text_ar="نشر وضع الأعمال.")
    return meeting


def first_item(meeting: Meeting) -> AgendaItem:
    return meeting.items.order_by("position").first()  # type: ignore[return-value]


def send(meeting: Meeting, *, now: datetime | None = None, actor: User | None = None, **how: Any) -> MinutesText:
    return minutes_domain.send(
        meeting=meeting,
        actor=actor or make_user("officer"),
        now=now or timezone.now(),
        printer=how.pop("printer", printer),
        **how,
    )


def approve_at_next(meeting: Meeting) -> Decision:
    """A later meeting adopts the decision that approves the minutes."""
    minutes = Minutes.objects.get(meeting=meeting)
    later = make_meeting(meeting.committee, "held", starts_at=meeting.starts_at + timedelta(days=1))
    item = make_item(later, kind="minutes", approves=minutes, state="treated")
    quorum = QuorumCount.objects.create(
        meeting=later, item=item, cause="decision", at=later.starts_at, required=2, counted=3, in_office=3, voices=3
    )
    return Decision.objects.create(
        item=item,
        number=f"D-{later.pk}-01",
        mode="consensus",
        state="adopted",
        text_fr="Le PV est approuvé.",
        quorum=quorum,
        decided_at=later.starts_at + timedelta(minutes=10),
    )
