"""What the seats say of a version of a plan. Every answer is kept; the newest of the round counts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import journal, saving
from steering.domain import sitting
from steering.enums import PlanState, Verdict
from steering.errors import NotInOffice, RemarkNeeded, ReviewClosed, WrongChoice
from steering.models import Action, Mandate, PlanEntry, PlanVersion, Review, Seat

NO_REMARK = (Verdict.APPROVE, Verdict.RECUSE)
"""Verdicts that stand without a word."""

Key = tuple[int, int | None]
"""A seat, and an action or None for the plan as a whole."""


@dataclass(frozen=True)
class Opinion:
    """What a seat says of one action, or (without one) of the whole plan."""

    action: Action | None
    verdict: str
    comment: str = ""

    @property
    def place(self) -> str:
        """How a form calls its fields."""
        return str(self.action.pk) if self.action else "plan"


def is_open(plan_version: PlanVersion, *, now: datetime) -> bool:
    """Whether opinions are taken at this instant."""
    until = plan_version.review_until
    return plan_version.state == PlanState.REVIEW and until is not None and now < until


@journal.act
def give(
    *,
    plan_version: PlanVersion,
    mandate: Mandate,
    opinions: Iterable[Opinion],
    actor: User | None,
    now: datetime,
    by_link: bool = False,
) -> list[Review]:
    """A seat says what it thinks, through a person who holds a mandate in it today; changeable until the deadline.

    What says the same as before is not written again. Locks the version. Raises ReviewClosed, NotInOffice, and
    beside the field: RemarkNeeded, WrongChoice for an action that the version does not hold.
    """
    current = saving.locked(PlanVersion, plan_version.pk)
    if not is_open(current, now=now):
        raise ReviewClosed
    check_office(mandate, plan_version=current, now=now)
    held = set(current.entries.values_list("action_id", flat=True))
    before = newest(current, seat=mandate.seat)
    written = []
    for opinion in opinions:
        _check(opinion, held)
        said = before.get((mandate.seat_id, opinion.action.pk if opinion.action else None))
        if said is None or (said.verdict, said.comment) != (opinion.verdict, opinion.comment.strip()):
            written.append(_write(current, mandate, opinion, by_link=by_link, now=now))
    if written:
        data = {"seat": mandate.seat_id, "count": len(written), "by_link": by_link}
        journal.record("planversion.opinion", obj=current, actor=actor, data=data)
    return written


def check_office(mandate: Mandate, *, plan_version: PlanVersion, now: datetime) -> None:
    """The mandate and its seat are in force today, in the plan's committee. Raises NotInOffice."""
    today = timezone.localdate(now)
    seat = mandate.seat
    in_office = seat.starts_on <= today and (seat.ends_on is None or today <= seat.ends_on)
    if not in_office or not mandate.is_in_force(today) or seat.committee_id != plan_version.plan.committee_id:
        raise NotInOffice


def _check(opinion: Opinion, held: set[int]) -> None:
    if opinion.verdict not in Verdict.values or (opinion.action is not None and opinion.action.pk not in held):
        raise WrongChoice(_("This action does not stand in the version."), field=f"verdict_{opinion.place}")
    if opinion.verdict not in NO_REMARK and not opinion.comment.strip():
        raise RemarkNeeded(field=f"comment_{opinion.place}")


def _write(plan_version: PlanVersion, mandate: Mandate, opinion: Opinion, *, by_link: bool, now: datetime) -> Review:
    return saving.insert(
        Review(
            plan_version=plan_version,
            action=opinion.action,
            seat=mandate.seat,
            mandate=mandate,
            person=mandate.person,
            verdict=opinion.verdict,
            comment=opinion.comment.strip(),
            by_link=by_link,
            at=now,
        )
    )


def newest(plan_version: PlanVersion, *, seat: Seat | None = None) -> dict[Key, Review]:
    """What counts: the newest answer of each seat on each action (None: the whole) since the review began."""
    if plan_version.review_from is None:
        return {}
    rows = plan_version.reviews.filter(at__gte=plan_version.review_from)
    if seat is not None:
        rows = rows.filter(seat=seat)
    rows = rows.select_related("seat__organisation", "person").order_by("seat_id", "action_id", "-id")
    return {(row.seat_id, row.action_id): row for row in rows.distinct("seat_id", "action_id")}


def waiting_for(user: User, *, now: datetime) -> list[PlanVersion]:
    """The versions under review in the committees in which this account holds a mandate, the next deadline first.

    `.answered` says how many of the seat's opinions are given already.
    """
    mandates = list(sitting.mandates_of(user, on=timezone.localdate(now)))
    if not mandates:
        return []
    seats = [mandate.seat for mandate in mandates]
    rows = PlanVersion.objects.filter(
        state=PlanState.REVIEW, review_until__gt=now, plan__committee__in={seat.committee_id for seat in seats}
    ).select_related("plan__committee")
    found = list(rows.order_by("review_until", "id"))
    given = _given(found, seats)
    for version in found:
        version.answered = given.get(version.pk, 0)  # type: ignore[attr-defined]
    return found


def _given(versions: list[PlanVersion], seats: list[Seat]) -> dict[int, int]:
    if not versions:
        return {}
    rounds = Q()
    for version in versions:
        rounds |= Q(plan_version=version, at__gte=version.review_from)
    rows = (
        Review.objects.filter(rounds, seat__in=seats)
        .values_list("plan_version", "seat", "action")
        .order_by()
        .distinct()
    )
    counts: dict[int, int] = {}
    for version_id, _seat, _action in rows:
        counts[version_id] = counts.get(version_id, 0) + 1
    return counts


def in_order(entries: Iterable[PlanEntry], seat: Seat) -> list[PlanEntry]:
    """The entries as a seat reads them: those of its own institution first."""
    return sorted(entries, key=lambda entry: entry.owner_id != seat.organisation_id)
