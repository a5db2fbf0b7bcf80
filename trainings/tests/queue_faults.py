"""Faults that somebody could make in the waiting list, put in on purpose: the state machine must find each of them.

Two that look like faults are equivalent and not here. `confirmation.place` without its `fill`: every act that frees a
place serves the list at once, so that nothing is free when somebody comes. `parts.update` without its look at the
places held: the CHECK constraint of the counter says the same.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db.models import F

from core import outbox
from core.transitions import move
from trainings.domain import (
    dates,
    letters,
    parts,
    postponement,
    promotion,
    queue,
    registrations,
    seats,
    withdrawal,
)
from trainings.enums import RegistrationState
from trainings.models import PublicCategory, Registration, Session, SessionPart

Patch = pytest.MonkeyPatch
Fault = Callable[[Patch], None]
HONEST_COUNT, HONEST_TAKE, HONEST_TELL, HONEST_APPLY = seats._count, seats.take, letters.tell, dates.apply
HONEST_CANCEL_ALL, HONEST_MOVE, HONEST_ACCEPT = registrations.cancel_all, queue.move, promotion.accept_offer


class Idle:
    """Stands for `promotion` where a verb forgets the waiting list."""

    @staticmethod
    def fill(**kwargs: Any) -> list[Registration]:
        return []


def counter_forgets_the_category(patch: Patch) -> None:
    """The part is counted, the places of the category are not."""
    patch.setattr(seats, "_count", lambda part, quota, step: HONEST_COUNT(part, None, step))


def last_place_is_never_given(patch: Patch) -> None:
    """Off by one: full when one place is left."""

    def take(*, part: SessionPart, category: PublicCategory | None) -> bool:
        return seats.lock(part).free > 1 and HONEST_TAKE(part=part, category=category)

    patch.setattr(seats, "take", take)


def capacity_is_ignored(patch: Patch) -> None:
    """Everybody gets a place."""

    def take(*, part: SessionPart, category: PublicCategory | None) -> bool:
        current = seats.lock(part)
        SessionPart.objects.filter(pk=current.pk, taken=F("capacity")).update(capacity=F("capacity") + 1)
        HONEST_COUNT(current, seats._quota(current, category), 1)
        return True

    patch.setattr(seats, "take", take)


def promotion_skips_the_first(patch: Patch) -> None:
    """The second of the list gets the place, where there are two."""

    def second(part: SessionPart) -> Registration | None:
        rows = list(part.registrations.waiting().exclude(category_id__in=seats.full_categories(part))[:2])
        return rows[-1] if rows else None

    patch.setattr(promotion, "_next_in_rank", second)


def promotion_goes_by_the_day_of_asking(patch: Patch) -> None:
    """The order of confirmation, and whoever was moved, do not count."""

    def earliest(part: SessionPart) -> Registration | None:
        rows = part.registrations.waiting().exclude(category_id__in=seats.full_categories(part))
        return rows.order_by("pk").first()

    patch.setattr(promotion, "_next_in_rank", earliest)


def category_is_ignored_in_the_queue(patch: Patch) -> None:
    """Somebody whose category is full blocks everybody behind."""
    patch.setattr(seats, "full_categories", lambda part: [])


def offer_lapses_without_passing_on(patch: Patch) -> None:
    """The place of a lapsed offer stays free."""

    def expire(pk: int, *, now: datetime) -> bool:
        registration = Registration.objects.get(pk=pk)
        part = seats.lock(registration.part)
        move(registration, RegistrationState.LAPSED, actor=None)
        outbox.withdraw(obj=registration, kinds=letters.KINDS)
        letters.tell(registration, letters.OFFER_LAPSED, now=now)
        seats.release(part=part, category=registration.category)
        return True

    patch.setattr(promotion, "_expire", expire)


def cancellation_keeps_the_place(patch: Patch) -> None:
    """Whoever leaves still counts."""
    patch.setattr(seats, "release", lambda **kwargs: None)


def cancellation_forgets_the_queue(patch: Patch) -> None:
    """A place given back is offered to nobody."""
    patch.setattr(withdrawal, "promotion", Idle)


def postponement_renumbers_the_ranks(patch: Patch) -> None:
    """Those who are left are counted anew."""

    def apply(shift: dates.Shift, session: Session) -> None:
        HONEST_APPLY(shift, session)
        for part in session.parts.all():
            rows = list(part.registrations.exclude(rank=None).order_by("rank"))
            for rank, row in enumerate(rows, start=1000):
                Registration.objects.filter(pk=row.pk).update(rank=rank)
            for rank, row in enumerate(sorted(rows, key=lambda row: row.pk), start=part.last_rank - len(rows) + 1):
                Registration.objects.filter(pk=row.pk).update(rank=rank)

    patch.setattr(dates, "apply", apply)


def new_date_forgets_the_queue(patch: Patch) -> None:
    """What became free while the session had no date is offered to nobody."""
    patch.setattr(postponement, "_serve", lambda session, **kwargs: None)


def message_is_sent_twice(patch: Patch) -> None:
    """Every act tells twice."""

    def tell(registration: Registration, kind: str, *, now: datetime) -> Any:
        letters._queue(registration, kind, key=f"again:{kind}:{registration.pk}", now=now)
        return HONEST_TELL(registration, kind, now=now)

    patch.setattr(letters, "tell", tell)


def offer_is_not_told(patch: Patch) -> None:
    """Whoever is offered a place never hears of it."""

    def tell(registration: Registration, kind: str, *, now: datetime) -> Any:
        return None if kind == letters.OFFER else HONEST_TELL(registration, kind, now=now)

    patch.setattr(letters, "tell", tell)


def cancelled_session_leaves_the_queue(patch: Patch) -> None:
    """Those who wait for a cancelled session go on waiting."""

    def cancel_all(*, session: Session, **kwargs: Any) -> list[Registration]:
        waiting = list(Registration.objects.filter(part__session=session).waiting().values_list("pk", flat=True))
        told = HONEST_CANCEL_ALL(session=session, **kwargs)
        Registration.objects.filter(pk__in=waiting).update(state=RegistrationState.WAITING)
        return told

    patch.setattr(registrations, "cancel_all", cancel_all)


def move_pushes_one_to_the_end(patch: Patch) -> None:
    """Whoever is moved stands well, and whoever was last but one is last."""

    def move(*, registration: Registration, **kwargs: Any) -> Registration:
        moved = HONEST_MOVE(registration=registration, **kwargs)
        *_others, one, last = registration.part.registrations.waiting()
        for row, rank in ((one, 1000), (last, one.rank), (one, last.rank)):
            Registration.objects.filter(pk=row.pk).update(rank=rank)
        return moved

    patch.setattr(queue, "move", move)


def late_answer_takes_the_place(patch: Patch) -> None:
    """An offer can be accepted after its deadline, while no sweep has passed."""

    def accept(*, registration: Registration, now: datetime) -> Registration:
        return HONEST_ACCEPT(registration=registration, now=now - timedelta(days=60))

    patch.setattr(promotion, "accept_offer", accept)


def more_places_forget_the_queue(patch: Patch) -> None:
    """Places that staff add are offered to nobody."""
    patch.setattr(parts, "promotion", Idle)


FAULTS: list[Fault] = [
    counter_forgets_the_category,
    last_place_is_never_given,
    capacity_is_ignored,
    promotion_skips_the_first,
    promotion_goes_by_the_day_of_asking,
    category_is_ignored_in_the_queue,
    offer_lapses_without_passing_on,
    cancellation_keeps_the_place,
    cancellation_forgets_the_queue,
    postponement_renumbers_the_ranks,
    new_date_forgets_the_queue,
    message_is_sent_twice,
    offer_is_not_told,
    cancelled_session_leaves_the_queue,
    move_pushes_one_to_the_end,
    late_answer_takes_the_place,
    more_places_forget_the_queue,
]
