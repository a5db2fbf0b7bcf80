"""Asking the seats for their opinion on a version, and asking again those that have not answered."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from accounts.models import User
from core import journal, outbox, saving
from steering.domain import review_summary, reviews, sitting
from steering.enums import MandateKind
from steering.errors import NotReady, ReviewClosed
from steering.models import Mandate, PlanVersion, ReviewRequest, Seat

ACT = "steering.review"
"""The act that the personal link opens."""
ASK = "steering.review"
REMIND = "steering.review_reminder"
QUIET = timedelta(hours=1)
"""Nobody is reminded twice within this time."""


@dataclass(frozen=True)
class Asked:
    """How many were asked, and how many of them have no address to write to."""

    count: int
    without_address: int


def ask(*, plan_version: PlanVersion, now: datetime) -> Asked:
    """Write to whoever speaks for each seat that has not answered fully: the titular, or else the alternates.

    For the verbs of `plans`: no journal entry of its own. Asked again for the same round, nobody is written to twice.
    """
    missing = {line.seat.pk for line in review_summary.of(plan_version, now=now).missing}
    return _write_to(plan_version, missing, kind=ASK, now=now)


@journal.act
def remind(*, plan_version: PlanVersion, seat: Seat | None = None, actor: User | None, now: datetime) -> Asked:
    """By hand: once more to the seats that have not answered, or to one of them; nobody twice within an hour.

    Locks the version. Raises ReviewClosed, NotReady where nobody is left to remind.
    """
    current = saving.locked(PlanVersion, plan_version.pk)
    if not reviews.is_open(current, now=now):
        raise ReviewClosed
    missing = {line.seat.pk for line in review_summary.of(current, now=now).missing}
    wanted = missing if seat is None else missing & {seat.pk}
    if not wanted:
        raise NotReady(_("Every seat has answered: there is nobody to remind."))
    lately = current.requests.filter(reminded_at__gt=now - QUIET).values_list("mandate__seat", flat=True)
    wanted -= set(lately)
    if not wanted:
        raise NotReady(_("They were reminded less than an hour ago."))
    asked = _write_to(current, wanted, kind=REMIND, now=now)
    journal.record("planversion.remind", obj=current, actor=actor, data={"count": asked.count})
    return asked


def withdraw(plan_version: PlanVersion) -> None:
    """What has not left is not sent: the review ended, or its deadline moved."""
    for request in plan_version.requests.all():
        outbox.withdraw(obj=request)


def speakers(plan_version: PlanVersion, seats: Collection[int], *, now: datetime) -> list[Mandate]:
    """Who is asked for each of the seats: its titular of today, or its alternates while it has none."""
    today = timezone.localdate(now)
    in_office = sitting.seats_on(plan_version.plan.committee, on=today).filter(pk__in=seats)
    rows = Mandate.objects.in_force(on=today).filter(seat__in=in_office).select_related("seat", "person__user")
    by_seat: dict[int, list[Mandate]] = {}
    for mandate in rows.order_by("seat__rank", "seat", "starts_on", "id"):
        by_seat.setdefault(mandate.seat_id, []).append(mandate)
    found = []
    for mandates in by_seat.values():
        titulars = [mandate for mandate in mandates if mandate.kind == MandateKind.TITULAR]
        found += titulars or mandates
    return found


def _write_to(plan_version: PlanVersion, seats: Collection[int], *, kind: str, now: datetime) -> Asked:
    people = speakers(plan_version, seats, now=now)
    without_address = 0
    for mandate in people:
        request = _request_of(plan_version, mandate, now=now)
        if kind == REMIND:
            saving.change(request, reminded_at=now)
        to = _recipient(mandate)
        if to is None:
            without_address += 1
            continue
        outbox.queue(
            kind=kind,
            key=f"{kind}:{request.pk}:{plan_version.version}" + (f":{now:%Y%m%d%H%M}" if kind == REMIND else ""),
            to=to,
            obj=request,
            now=now,
            demo=plan_version.plan.is_fictional,
        )
    return Asked(count=len(people), without_address=without_address)


def _request_of(plan_version: PlanVersion, mandate: Mandate, *, now: datetime) -> ReviewRequest:
    found = plan_version.requests.filter(mandate=mandate).first()
    return found or saving.insert(ReviewRequest(plan_version=plan_version, mandate=mandate, asked_at=now))


def _recipient(mandate: Mandate) -> outbox.Recipient | None:
    """By the name in the script of the language in which the person is written to; None without an address."""
    person = mandate.person
    email = person.email or (person.user.email if person.user else "")
    if not email:
        return None
    with override(person.language):
        return outbox.Recipient(email, person.name, person.language)
