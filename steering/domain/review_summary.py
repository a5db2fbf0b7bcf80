"""A review at a glance, for the secretariat: by action, by seat, and who has not answered."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from django.utils import timezone

from steering.domain import reviews, sitting
from steering.enums import PlanState, Verdict
from steering.models import Mandate, PlanEntry, PlanVersion, Review, ReviewRequest, Seat

Given = Literal["full", "part", "none"]


@dataclass
class ActionLine:
    """The opinions on one action; on the plan as a whole where there is no entry."""

    entry: PlanEntry | None
    reviews: list[Review] = field(default_factory=list)

    @property
    def counts(self) -> list[tuple[Verdict, int]]:
        """How often each verdict was given, in the order of the form; those never given are left out."""
        found = Counter(review.verdict for review in self.reviews)
        return [(verdict, found[verdict]) for verdict in Verdict if found[verdict]]

    @property
    def remarks(self) -> list[Review]:
        return [review for review in self.reviews if review.comment]


@dataclass
class SeatLine:
    """One seat: who speaks for it, how much it has said, when it was asked and reminded."""

    seat: Seat
    of: int
    titular: Mandate | None = None
    is_held: bool = False
    reviews: list[Review] = field(default_factory=list)
    request: ReviewRequest | None = None

    @property
    def is_asked(self) -> bool:
        """Somebody speaks for it, or has spoken: a vacant seat is asked nothing."""
        return self.is_held or self.request is not None or bool(self.reviews)

    @property
    def given(self) -> Given:
        """`full` with an opinion on the whole plan, or on every action."""
        if any(review.action_id is None for review in self.reviews) or len(self.reviews) >= self.of > 0:
            return "full"
        return "part" if self.reviews else "none"

    @property
    def whole(self) -> Review | None:
        return next((review for review in self.reviews if review.action_id is None), None)

    @property
    def last_at(self) -> datetime | None:
        return max((review.at for review in self.reviews), default=None)


@dataclass
class Summary:
    """The whole of a review."""

    whole: ActionLine
    by_action: list[ActionLine]
    by_seat: list[SeatLine]

    @property
    def missing(self) -> list[SeatLine]:
        """The seats that have not said all that they were asked for."""
        return [line for line in self.by_seat if line.is_asked and line.given != "full"]

    @property
    def asked(self) -> int:
        return sum(line.is_asked for line in self.by_seat)

    @property
    def answered(self) -> int:
        return self.asked - len(self.missing)


def of(plan_version: PlanVersion, *, now: datetime) -> Summary:
    """Five queries, however many answers there are."""
    entries = list(plan_version.entries.select_related("action", "owner", "recommendation"))
    on = _day(plan_version, now=now)
    seats = sitting.seated(sitting.seats_on(plan_version.plan.committee, on=on), on=on)
    lines = {seat.pk: SeatLine(seat, len(entries), titular=seat.titular, is_held=seat.is_held) for seat in seats}
    for request in plan_version.requests.select_related("mandate").order_by("asked_at", "id"):
        if request.mandate.seat_id in lines:
            lines[request.mandate.seat_id].request = request
    by_action = {entry.action_id: ActionLine(entry) for entry in entries}
    whole = ActionLine(None)
    found = sorted(reviews.newest(plan_version).values(), key=lambda review: (review.seat.rank, review.seat_id))
    for review in found:
        about = whole if review.action_id is None else by_action.get(review.action_id)
        if about is not None:
            about.reviews.append(review)
        if review.seat_id in lines:
            lines[review.seat_id].reviews.append(review)
    return Summary(whole, list(by_action.values()), list(lines.values()))


def _day(plan_version: PlanVersion, *, now: datetime) -> date:
    """Today while the review runs; its first day once it is over."""
    if plan_version.state in (PlanState.ADOPTED, PlanState.CLOSED) and plan_version.review_from is not None:
        return timezone.localdate(plan_version.review_from)
    return timezone.localdate(now)
