"""A due date that moves: with its reason, never silently; the first one stays in sight."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import journal, saving
from core.errors import DomainError, NotAllowed, ReasonRequired
from core.transitions import illegal
from steering.domain.origins import decision_of
from steering.enums import ActionState
from steering.models import Action, Decision, Slip
from steering.models.follow_up import DUE_AFTER_START


@journal.act
def move_due(
    *,
    action: Action,
    to_on: date,
    reason: str,
    decision: Decision | None = None,
    version: int | None = None,
    actor: User,
    now: datetime,
) -> Slip:
    """Staff move the due date of an action that is not declared done. Locks it; recorded as `action.slip`.

    Raises NotAllowed, StaleObject, IllegalMove, ReasonRequired, and DomainError on a day before the start or on the
    very day that it is due already.
    """
    if not actor.is_agency_staff:
        raise NotAllowed
    current = saving.locked(Action, action.pk, version=version)
    if current.state not in (ActionState.TODO, ActionState.RUNNING):
        raise illegal(current)
    if to_on < current.starts_on:
        raise DomainError(DUE_AFTER_START, code="before_start", field="to_on")
    if to_on == current.due_on:
        raise DomainError(_("The action is due on this day already."), code="same_day", field="to_on")
    if not reason.strip():
        raise ReasonRequired
    decision_of(current.committee, decision)
    slip = saving.insert(
        Slip(
            action=current,
            from_on=current.due_on,
            to_on=to_on,
            reason=reason.strip(),
            decision=decision,
            at=now,
            by=actor,
        )
    )
    saving.change(current, due_on=to_on)
    days = (to_on - slip.from_on).days
    journal.record("action.slip", obj=current, actor=actor, reason=reason, data={"slip": slip.pk, "days": days})
    return slip
