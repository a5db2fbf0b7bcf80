"""Programmes: what pays and what reports."""

from __future__ import annotations

from datetime import date
from typing import TypedDict, Unpack

from accounts.models import User
from core import journal, saving
from directory.models import Organisation, Programme


class ProgrammeFields(TypedDict, total=False):
    code: str
    name_fr: str
    name_ar: str
    name_en: str
    funder_fr: str
    funder_ar: str
    funder_en: str
    agency: Organisation | None
    starts_on: date | None
    ends_on: date | None
    source: str
    origin: str


@journal.act
def create(*, actor: User | None, **fields: Unpack[ProgrammeFields]) -> Programme:
    """A programme has a code of its own and a name in French. Raises Invalid."""
    programme = saving.insert(Programme(**fields))
    journal.record("programme.create", obj=programme, actor=actor)
    return programme


@journal.act
def update(
    *, programme: Programme, version: int | None, actor: User | None, **fields: Unpack[ProgrammeFields]
) -> Programme:
    """Change a programme. Raises StaleObject, Invalid."""
    current = saving.locked(Programme, programme.pk, version=version)
    changed = saving.change(current, **fields)
    if changed:
        journal.record("programme.edit", obj=current, actor=actor, data={"fields": " ".join(changed)})
    return current
