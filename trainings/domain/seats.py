"""Places: taken and given back under a lock, so that there are never more people than places.

A place counts in the part and, where the part keeps places by category of public, in the person's category. Locks are
always taken in one order: part, category, registrations. The CHECK constraints of the counters are the second guard.
"""

from __future__ import annotations

from django.db.models import F

from core import journal
from trainings.models import PartCategory, PublicCategory, SessionPart


def lock(part: SessionPart) -> SessionPart:
    """Lock a part and read it anew; every verb that moves a registration locks its part first.

    NO KEY, so that a new request (whose foreign key only needs the part to stay there) does not wait. Read by a second
    statement: the one that waited for the lock still sees the session as it was before, open though cancelled since.
    """
    SessionPart.objects.select_for_update(of=("self",), no_key=True).only("pk").get(pk=part.pk)
    return SessionPart.objects.select_related("session__training__programme").get(pk=part.pk)


@journal.act
def take(*, part: SessionPart, category: PublicCategory | None) -> bool:
    """Take one place, or say False when the part, or the places kept to the category, are full."""
    current = lock(part)
    if not current.free:
        return False
    quota = _quota(current, category)
    if quota is not None and not quota.free:
        return False
    _count(current, quota, 1)
    return True


@journal.act
def count(*, part: SessionPart) -> None:
    """Count a place that somebody held before the portal, in a part whose capacity may not be documented."""
    _count(lock(part), None, 1)


@journal.act
def release(*, part: SessionPart, category: PublicCategory | None) -> None:
    """Give one place back."""
    current = lock(part)
    _count(current, _quota(current, category), -1)


def full_categories(part: SessionPart) -> list[int]:
    """Ids of the categories of public whose own places are all taken; locks them."""
    rows = PartCategory.objects.select_for_update(of=("self",), no_key=True).filter(part=part).order_by("id")
    return [row.category_id for row in rows if not row.free]


def _quota(part: SessionPart, category: PublicCategory | None) -> PartCategory | None:
    """The places kept to a category, locked; None where the part keeps none for it."""
    if category is None:
        return None
    rows = PartCategory.objects.select_for_update(of=("self",), no_key=True)
    return rows.filter(part=part, category=category).first()


def _count(part: SessionPart, quota: PartCategory | None, step: int) -> None:
    """Move the counters in the database itself: should a lock fail one day, the CHECK still sees the true number."""
    SessionPart.objects.filter(pk=part.pk).update(taken=F("taken") + step)
    if quota is not None:
        PartCategory.objects.filter(pk=quota.pk).update(taken=F("taken") + step)
