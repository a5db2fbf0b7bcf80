"""The points that stand on every agenda of a committee."""

from __future__ import annotations

from typing import TypedDict, Unpack

from django.db.models import Max

from accounts.models import User
from core import journal, saving
from steering.models import Committee, RecurringItem


class PointFields(TypedDict, total=False):
    title_fr: str
    title_ar: str
    expected: str
    duration: int


@journal.act
def add(*, committee: Committee, actor: User | None, **fields: Unpack[PointFields]) -> RecurringItem:
    """A point of every agenda that is planned from now on. Raises Invalid."""
    current = saving.locked(Committee, committee.pk)
    last = current.recurring_items.aggregate(last=Max("position"))["last"] or 0
    point = saving.insert(RecurringItem(committee=current, position=last + 1, **fields))
    journal.record("committee.recurring_add", obj=current, actor=actor, data={"point": point.pk})
    return point


@journal.act
def correct(
    *, point: RecurringItem, version: int | None, actor: User | None, **fields: Unpack[PointFields]
) -> RecurringItem:
    """Correct a point; agendas that have it stay as they are. Raises StaleObject, ObjectGone, Invalid."""
    current = saving.locked(RecurringItem, point.pk, version=version)
    changed = saving.change(current, **fields)
    if changed:
        data: dict[str, str | int | bool | None] = {"point": current.pk, "fields": " ".join(changed)}
        journal.record("committee.recurring_edit", obj=current.committee, actor=actor, data=data)
    return current


@journal.act
def remove(*, point: RecurringItem, actor: User | None) -> None:
    """No longer a point of every agenda. A second call changes nothing."""
    committee = saving.locked(Committee, point.committee_id)
    if not RecurringItem.objects.filter(pk=point.pk).exists():
        return
    RecurringItem.objects.filter(pk=point.pk).delete()
    journal.record("committee.recurring_remove", obj=committee, actor=actor, data={"point": point.pk})
