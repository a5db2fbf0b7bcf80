"""What a seat holds open, whoever sits in it: a successor finds it on the first day, even what began before."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import OuterRef, Subquery

from accounts.models import User
from steering.domain import sitting
from steering.enums import RECOMMENDATION_SHUT, MeetingState, PlanState
from steering.models import Action, Answer, Mandate, Meeting, PlanVersion, Recommendation, Review

MOST = 50
"""Lines of a kind on one page; the lists have the rest."""


@dataclass(frozen=True)
class Held:
    """One mandate of today, with what waits in its seat."""

    mandate: Mandate
    beside: list[Mandate] = field(default_factory=list)
    """Who else sits in the seat today."""
    actions: list[Action] = field(default_factory=list)
    overdue: int = 0
    action_count: int = 0
    recommendations: list[Recommendation] = field(default_factory=list)
    reviews: list[PlanVersion] = field(default_factory=list)
    """Plans under review of which the seat has not said anything as a whole."""
    meeting: Meeting | None = None
    answer: Answer | None = None

    @property
    def may_answer(self) -> bool:
        """The seat is called, and this mandate lasts until the day of the meeting."""
        meeting = self.meeting
        return meeting is not None and meeting.state == MeetingState.CONVENED and self.mandate.is_in_force(meeting.day)


def held_by(user: User, *, on: date, now: datetime) -> list[Held]:
    """The mandates of an account with what waits in each seat; the same few queries a seat, however much waits."""
    return [_held(mandate, on=on, now=now) for mandate in sitting.mandates_of(user, on=on)]


def _held(mandate: Mandate, *, on: date, now: datetime) -> Held:
    seat = mandate.seat
    actions = Action.objects.filter(owner=seat.organisation_id, committee=seat.committee_id).open()
    asked = Recommendation.objects.filter(addressee=seat.organisation_id, committee=seat.committee_id)
    beside = Mandate.objects.in_force(on=on).filter(seat=seat).exclude(pk=mandate.pk).select_related("person")
    meeting, answer = _next_meeting(mandate, now)
    return Held(
        mandate,
        list(beside.order_by("kind", "starts_on", "id")),
        list(actions.order_by("due_on", "id")[:MOST]),
        actions.overdue(on=on).count(),
        actions.count(),
        list(asked.exclude(state__in=RECOMMENDATION_SHUT).order_by("code", "id")[:MOST]),
        _reviews(mandate),
        meeting,
        answer,
    )


def _reviews(mandate: Mandate) -> list[PlanVersion]:
    said = Review.objects.filter(plan_version=OuterRef("pk"), seat=mandate.seat_id, action__isnull=True)
    rows = PlanVersion.objects.filter(plan__committee=mandate.seat.committee_id, state=PlanState.REVIEW)
    rows = rows.alias(said=Subquery(said.order_by("-id").values("pk")[:1])).filter(said__isnull=True)
    return list(rows.select_related("plan").order_by("review_until", "id"))


def _next_meeting(mandate: Mandate, now: datetime) -> tuple[Meeting | None, Answer | None]:
    """The next convened meeting, and the newest answer of the seat."""
    coming = Meeting.objects.filter(
        committee=mandate.seat.committee_id,
        ends_at__gte=now,
        state__in=(MeetingState.CONVENED, MeetingState.OPENED),
    )
    meeting = coming.order_by("starts_at", "id").first()
    if meeting is None:
        return None, None
    answers = Answer.objects.filter(meeting=meeting, seat=mandate.seat_id, for_on=meeting.day).select_related(
        "alternate__person"
    )
    return meeting, answers.order_by("-id").first()
