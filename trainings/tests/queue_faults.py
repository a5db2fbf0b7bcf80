"""Faults that somebody could make in the waiting list, put in on purpose: the state machine must find each of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db.models import F

from trainings.domain import (
    dates,
    letters,
    promotion,
    registrations,
    seats,
    withdrawal,
)
from trainings.models import PublicCategory, Registration, SessionPart

Patch = pytest.MonkeyPatch
HONEST_COUNT, HONEST_FILL, HONEST_TELL = seats._count, promotion.fill, letters.tell
HONEST_APPLY, HONEST_CANCEL_ALL, HONEST_TAKE = dates.apply, registrations.cancel_all, seats.take


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


def category_is_ignored_in_the_queue(patch: Patch) -> None:
    """Somebody whose category is full blocks everybody behind."""
    patch.setattr(seats, "full_categories", lambda part: [])


def cancellation_keeps_the_place(patch: Patch) -> None:
    """Whoever leaves still counts."""
    patch.setattr(seats, "release", lambda **kwargs: None)


def cancellation_forgets_the_queue(patch: Patch) -> None:
    """A place given back is offered to nobody."""

    class Idle:
        @staticmethod
        def fill(**kwargs: Any) -> list[Registration]:
            return []

    patch.setattr(withdrawal, "promotion", Idle)


FAULTS: list[Callable[[Patch], None]] = [
    counter_forgets_the_category,
    last_place_is_never_given,
    capacity_is_ignored,
    promotion_skips_the_first,
    category_is_ignored_in_the_queue,
    cancellation_keeps_the_place,
    cancellation_forgets_the_queue,
]
