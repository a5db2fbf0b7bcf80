"""Delegations: entered, renamed or corrected, closed; and how forms offer them."""

from __future__ import annotations

from datetime import date
from itertools import groupby
from typing import TypedDict, Unpack

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import journal, saving
from core.errors import DomainError
from directory.models import Delegation, Governorate

Groups = list[tuple[str, list[tuple[int, str]]]]


class DelegationFields(TypedDict, total=False):
    name_fr: str
    name_ar: str
    name_en: str
    valid_from: date | None
    source: str


@journal.act
def add(*, governorate: Governorate, actor: User | None, **fields: Unpack[DelegationFields]) -> Delegation:
    """A delegation of a governorate, by a name that no open one of it bears. Raises Invalid."""
    delegation = saving.insert(Delegation(governorate=governorate, **fields))
    journal.record("delegation.create", obj=delegation, actor=actor)
    return delegation


@journal.act
def rename(
    *, delegation: Delegation, version: int | None, actor: User | None, **fields: Unpack[DelegationFields]
) -> Delegation:
    """Another name, or a correction; what it was called before stays in its history. Raises StaleObject, Invalid."""
    current = saving.locked(Delegation, delegation.pk, version=version)
    changed = saving.change(current, **fields)
    if changed:
        journal.record("delegation.edit", obj=current, actor=actor, data={"fields": " ".join(changed)})
    return current


@journal.act
def close(
    *, delegation: Delegation, version: int | None, valid_to: date, today: date, source: str, actor: User | None
) -> Delegation:
    """The last day on which it exists: forms offer it no more, what names it keeps it.

    Raises StaleObject, Invalid (before its first day), DomainError on a day to come or a second time.
    """
    current = saving.locked(Delegation, delegation.pk, version=version)
    if current.is_closed:
        raise DomainError(_("This delegation is closed already."), code="closed")
    if valid_to > today:
        raise DomainError(_("The last day is today or before."), code="future", field="valid_to")
    saving.change(current, valid_to=valid_to)
    journal.record("delegation.close", obj=current, actor=actor, reason=source, data={"on": valid_to.isoformat()})
    return current


def groups(*, kept: int | None, on: date) -> Groups:
    """The delegations of a day under the names of their governorates, and the one that stands there already."""
    rows = Delegation.objects.in_force(on=on) | Delegation.objects.filter(Q(pk=kept))
    ordered = rows.select_related("governorate").order_by("governorate__iso_code", "name_fr", "pk")
    return [
        (str(place), [(row.pk, str(row)) for row in found])
        for place, found in groupby(ordered, key=lambda row: row.governorate)
    ]
