"""Trainings: the content that sessions give at a place and a date."""

from __future__ import annotations

from datetime import datetime
from typing import TypedDict, Unpack

from accounts.models import User
from core import journal, saving
from directory.models import Programme, Sector
from trainings.models import Training


class TrainingFields(TypedDict, total=False):
    programme: Programme
    sector: Sector | None
    title_fr: str
    title_ar: str
    title_en: str
    objectives_fr: str
    objectives_ar: str
    objectives_en: str
    validity_months: int | None
    source: str


@journal.act
def create(*, actor: User | None, now: datetime, **fields: Unpack[TrainingFields]) -> Training:
    """A training has a programme and a title in French. Raises Invalid, naming the fields that are missing or wrong."""
    training = saving.insert(Training(created_at=now, **fields))
    journal.record("training.create", obj=training, actor=actor)
    return training


@journal.act
def update(
    *, training: Training, version: int | None, actor: User | None, **fields: Unpack[TrainingFields]
) -> Training:
    """Change a training. Raises StaleObject when `version` is not the present one, Invalid on wrong fields."""
    current = saving.locked(Training, training.pk, version=version)
    changed = saving.change(current, **fields)
    if changed:
        journal.record("training.edit", obj=current, actor=actor, data={"fields": " ".join(changed)})
    return current
