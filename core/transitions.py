"""State moves: an enum, a table of legal moves beside it, and this one function that makes them."""

from __future__ import annotations

from typing import Any, TypeVar

from django.contrib.auth.models import AbstractBaseUser
from django.db import models
from django.utils import timezone
from django.utils.formats import date_format

from core import journal
from core.errors import IllegalMove, ReasonRequired
from core.moves import Moves

M = TypeVar("M", bound=models.Model)
State = models.TextChoices

__all__ = ["Moves", "State", "illegal", "move"]


@journal.act
def move(obj: M, to: str, *, actor: AbstractBaseUser | None, reason: str = "", **changes: Any) -> M:
    """Bring `obj` to the state `to`, with `changes` to other fields in the same UPDATE.

    Locks the row, reads its state again, checks the model's `MOVES`, writes, and records `<model>.<state>` in the
    journal. `obj` itself is brought up to date. Raises IllegalMove (saying who moved it when) and ReasonRequired.
    """
    model = type(obj)
    moves: Moves = model.MOVES  # type: ignore[attr-defined]
    current = model._default_manager.select_for_update(of=("self",)).get(pk=obj.pk)
    before: str = current.state  # type: ignore[attr-defined]
    if not moves.allows(before, to):
        raise illegal(current)
    if str(to) in moves.reasons and not reason.strip():
        raise ReasonRequired
    fields = {"state": to, **changes}
    for name, value in fields.items():
        setattr(current, name, value)
    current.save(update_fields=[*fields, *_touched(current)])
    journal.record(
        f"{model._meta.model_name}.{to}",
        obj=current,
        actor=actor,
        reason=reason,
        data={"from": str(before), "to": str(to)},
    )
    for name in [*fields, "version"] if hasattr(obj, "version") else fields:
        setattr(obj, name, getattr(current, name))
    return obj


def _touched(obj: models.Model) -> list[str]:
    """Fields that any save renews: the version counter that guards against stale forms."""
    if not hasattr(obj, "version"):
        return []
    obj.version += 1
    return ["version"]


def illegal(obj: models.Model) -> IllegalMove:
    """The refusal of an act that the state of `obj` does not allow, saying who brought it there and when."""
    last = journal.history_of(obj).filter(data__to=obj.state).first()  # type: ignore[attr-defined]
    label = obj.get_state_display()  # type: ignore[attr-defined]
    if last is None:
        return IllegalMove(state=label)
    by = str(last.actor) if last.actor_id else ""
    return IllegalMove(state=label, by=by, at=date_format(timezone.localtime(last.at), "SHORT_DATETIME_FORMAT"))
