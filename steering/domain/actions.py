"""Actions: what an institution does until a day, in an answer to a recommendation or to a decision."""

from __future__ import annotations

from copy import copy
from datetime import date
from typing import TypedDict, Unpack

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import journal, saving
from core.errors import DomainError
from core.series import next_number
from core.transitions import illegal
from directory.models import Organisation, Person
from steering.domain import origins, progress, standing
from steering.enums import RECOMMENDATION_SHUT, ActionState
from steering.models import Action, Committee, Decision, Recommendation, Seat

OPEN_TO_PARTS = (ActionState.TODO, ActionState.RUNNING)


class ActionFields(TypedDict, total=False):
    title_fr: str
    title_ar: str
    details_fr: str
    details_ar: str
    owner: Organisation
    owner_person: Person | None
    starts_on: date
    weight: int
    verifier: Seat | None
    recommendation: Recommendation | None
    decision: Decision | None


@journal.act
def create(
    *,
    committee: Committee,
    due_on: date,
    parent: Action | None = None,
    origin: str = "",
    actor: User | None,
    **fields: Unpack[ActionFields],
) -> Action:
    """An action with the next code of its committee; a part of another one answers what that one answers.

    Locks the whole where there is one, and those above it. Recorded as `action.create`. Raises Invalid (a due date
    before the start), DomainError beside the field that is wrong, IllegalMove on a whole that is not open any more.
    """
    if parent is not None:
        parent = _whole(parent, committee=committee)
        fields["recommendation"], fields["decision"] = parent.recommendation, parent.decision
    action = Action(committee=committee, parent=parent, due_on=due_on, first_due_on=due_on, **fields)
    if origin:
        action.origin = origin
    action.code = "A-00"
    _check(action)
    saving.check(action)
    action.code = f"A-{next_number(f'steering.action:{committee.pk}'):02}"
    saving.insert(action)
    journal.record("action.create", obj=action, actor=actor)
    if parent is not None:
        progress.refresh(action, actor=actor)
    return action


@journal.act
def update(*, action: Action, version: int | None, actor: User | None, **fields: Unpack[ActionFields]) -> Action:
    """Correct an action that is not closed; its due date moves by a slip alone, its code never.

    The recommendation or decision of a part is that of its whole. Recorded as `action.edit`. Raises StaleObject,
    IllegalMove, Invalid, DomainError beside the field that is wrong.
    """
    current = saving.locked(Action, action.pk, version=version)
    if not current.is_open:
        raise illegal(current)
    if current.parent_id is not None:
        fields.pop("recommendation", None)
        fields.pop("decision", None)
    proposed = copy(current)
    for name, value in fields.items():
        setattr(proposed, name, value)
    _check(proposed, before=current)
    changed = saving.change(current, **fields)
    if changed:
        journal.record("action.edit", obj=current, actor=actor, data={"fields": " ".join(changed)})
        _hand_down(current, actor=actor)
        progress.refresh(current, actor=actor)
    return current


def _hand_down(action: Action, *, actor: User | None) -> None:
    """The parts answer what their whole answers."""
    for part in action.parts.order_by("id"):
        row = saving.locked(Action, part.pk)
        values = {"recommendation": action.recommendation, "decision": action.decision}
        changed = saving.change(row, **values)
        if changed:
            journal.record("action.edit", obj=row, actor=actor, data={"fields": " ".join(changed)})
        _hand_down(row, actor=actor)


def depth_of(action: Action) -> int:
    """1 for an action that is no part of another."""
    depth, step = 1, action
    while step.parent is not None:
        depth, step = depth + 1, step.parent
    return depth


def _whole(parent: Action, *, committee: Committee) -> Action:
    """The action that gets a part: open, of the same committee, not too deep. Locks it."""
    whole = saving.locked(Action, parent.pk)
    if whole.committee_id != committee.pk:
        raise DomainError(_("This action belongs to another committee."), code="other_committee", field="parent")
    if whole.state not in OPEN_TO_PARTS:
        raise illegal(whole)
    if depth_of(whole) >= progress.DEEPEST:
        words = _("%(code)s is a part of a part: it is not divided further.")
        raise DomainError(words % {"code": whole.code}, code="too_deep", field="parent")
    return whole


def _check(action: Action, before: Action | None = None) -> None:
    """What the rows around say of an action; `before` is what it was, whose values are not asked again."""
    person, owner = action.owner_person, action.owner
    moved = before is None or (person != before.owner_person or owner != before.owner)
    if person is not None and moved and not standing.belongs(person, to=owner, on=timezone.localdate()):
        words = _("This person holds no mandate of %(owner)s and is not affiliated to it.")
        raise DomainError(words % {"owner": owner}, code="person", field="owner_person")
    if action.verifier is not None and action.verifier.committee_id != action.committee_id:
        raise DomainError(_("This seat is of another committee."), code="other_committee", field="verifier")
    if action.verifier is not None and action.verifier.organisation_id == owner.pk:
        words = _("The institution in charge does not verify its own action.")
        raise DomainError(words, code="own_work", field="verifier")
    if before is None or action.recommendation != before.recommendation:
        _answers(action)
    if before is None or action.decision != before.decision:
        origins.decision_of(action.committee, action.decision)


def _answers(action: Action) -> None:
    """The recommendation is of the same committee, open, and not a composite one."""
    asked = action.recommendation
    if asked is None:
        return
    if asked.committee_id != action.committee_id:
        words = _("This recommendation is addressed in another committee.")
        raise DomainError(words, code="other_committee", field="recommendation")
    if asked.state in RECOMMENDATION_SHUT:
        words = _("The recommendation %(code)s is closed: reopen it first.")
        raise DomainError(words % {"code": asked.code}, code="closed", field="recommendation")
    if asked.parts.exists():
        words = _("%(code)s is divided: an action answers one of its parts.")
        raise DomainError(words % {"code": asked.code}, code="composite", field="recommendation")
