"""The formal answer to a recommendation, where it needs more than one row: accepted together with its first action."""

from __future__ import annotations

from datetime import date, datetime

from accounts.models import User
from core import journal, saving
from steering.domain import actions, rulings
from steering.domain.actions import ActionFields
from steering.domain.rulings import Said
from steering.models import Recommendation


@journal.act
def accept(
    *,
    recommendation: Recommendation,
    said: Said,
    first: ActionFields | None = None,
    due_on: date | None = None,
    actor: User,
    now: datetime,
) -> Recommendation:
    """Accept it; `first` with `due_on` is the action that answers it, where none is there yet. All or nothing.

    Recorded as `action.create` and `recommendation.accepted`. Raises what `actions.create` and `rulings.accept` raise.
    """
    current = saving.locked(Recommendation, recommendation.pk)
    if first is not None and due_on is not None and not rulings.open_actions(current).exists():
        fields: ActionFields = {**first, "recommendation": current}
        actions.create(committee=current.committee, due_on=due_on, origin=current.origin, actor=actor, **fields)
    return rulings.accept(recommendation=current, said=said, actor=actor, now=now)
