"""How far an action is: the weighted roll-up of its parts, or the newest declaration of what was done.

A part that was given up weighs nothing. Weights need not sum to anything: each part counts for its share of their sum.
A per cent is rounded to the nearest whole, a half upwards; 100 is said of what is done alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import journal, saving
from core.errors import DomainError, NotAllowed
from core.transitions import illegal, move
from directory.models import Person
from steering.domain import evidence, rulings, standing
from steering.domain.evidence import Given
from steering.enums import ActionState
from steering.models import Action, Progress

DEEPEST = 3
"""An action, its parts, and the parts of these."""
DONE = (ActionState.DECLARED, ActionState.VERIFIED)


class HasParts(DomainError):
    """The progress of an action with parts is their roll-up: it takes no declaration."""

    code = "has_parts"

    def __init__(self) -> None:
        super().__init__(_("The progress of this action is computed from its sub-actions: declare it there."))


@dataclass(frozen=True)
class Share:
    """A part of an action and what it counts for: `of_whole` in per cent of the sum of the weights, one decimal."""

    part: Action
    of_whole: float


def shares(parts: Iterable[Action]) -> list[Share]:
    """The parts with the share of each in the whole, in the order given; 0 for what was given up."""
    rows = list(parts)
    total = sum(part.weight for part in rows if part.state != ActionState.DROPPED)
    return [
        Share(part, round(100 * part.weight / total, 1) if total and part.state != ActionState.DROPPED else 0.0)
        for part in rows
    ]


def has_parts(action: Action) -> bool:
    """Whether something is left to roll up: parts that were not given up."""
    return action.parts.exclude(state=ActionState.DROPPED).exists()


@journal.act
def declare(
    *,
    action: Action,
    percent: int,
    note: str,
    given: Given | None = None,
    actor: User | None,
    person: Person | None = None,
    by_link: bool = False,
    now: datetime,
) -> Progress:
    """Somebody of the institution in charge says how far the action is and what was done, perhaps with a proof.

    Staff write it down for a person who told it (`person`); through a personal link `actor` is None. Locks the action
    and those above. The action, and the recommendation that it answers, are in progress from then on. Recorded as
    `action.progress`. Raises NotAllowed, HasParts, IllegalMove, Invalid, FileRefused.
    """
    current = saving.locked(Action, action.pk)
    if current.state not in (ActionState.TODO, ActionState.RUNNING):
        raise illegal(current)
    if has_parts(current):
        raise HasParts
    person = speaker(current, actor=actor, person=person, by_link=by_link, now=now)
    piece = evidence.attach(action=current, given=given, actor=actor, person=person, now=now) if given else None
    row = saving.insert(
        Progress(
            action=current,
            percent=percent,
            note=note.strip(),
            evidence=piece,
            at=now,
            by=actor,
            person=person,
            by_link=by_link,
        )
    )
    begin(current, actor=actor, now=now)
    journal.record("action.progress", obj=current, actor=actor, data={"percent": percent, "by_link": by_link})
    refresh(current, actor=actor)
    return row


def speaker(
    action: Action, *, actor: User | None, person: Person | None, by_link: bool, now: datetime
) -> Person | None:
    """Whose word it is: the member's own, the person's whom staff name, the link's. Raises NotAllowed, DomainError."""
    today = timezone.localdate(now)
    if actor is None:
        if by_link and person is not None:
            return person
        raise NotAllowed
    if standing.owns(actor, action, on=today):
        return standing.file_of(actor)
    if not actor.is_agency_staff:
        raise NotAllowed(_("Only the institution in charge says how far its action is."))
    if person is not None and not standing.belongs(person, to=action.owner, on=today):
        raise DomainError(_("This person does not speak for the institution in charge."), code="person", field="person")
    return person


def begin(action: Action, *, actor: User | None, now: datetime) -> None:
    """The first word brings the action and those above into progress, and the recommendation that it answers."""
    step: Action | None = action
    while step is not None:
        if step.state == ActionState.TODO:
            move(step, ActionState.RUNNING, actor=actor)
        step = step.parent
    if action.recommendation is not None:
        rulings.follow_progress(recommendation=action.recommendation, actor=actor, now=now)


def refresh(action: Action, *, actor: User | None) -> None:
    """Compute the action and all above it anew; inside a verb that holds the action's lock. Recorded where it changed.

    Locks upwards, so that two parts that change at once wait for each other at their whole.
    """
    saving.locked(Action, action.pk)
    chain = [action]
    while chain[-1].parent_id is not None:
        chain.append(saving.locked(Action, chain[-1].parent_id))
    exact = computed(chain[-1])
    for step in chain:
        percent = shown(exact[step.pk])
        if saving.change(saving.locked(Action, step.pk), progress=percent):
            journal.record("action.roll_up", obj=step, actor=actor, data={"percent": percent})
    action.refresh_from_db(fields=["progress", "version", "state"])


def computed(root: Action) -> dict[int, Fraction]:
    """The progress of an action and of all below it, in per cent, exact."""
    below = _below(root)
    rows = {root.pk: Action.objects.get(pk=root.pk)} | {part.pk: part for parts in below.values() for part in parts}
    newest: dict[int, int] = {}
    declared = Progress.objects.filter(action__in=list(rows), is_final=False).order_by("at", "id")
    newest.update(declared.values_list("action_id", "percent"))
    found: dict[int, Fraction] = {}
    _fill(rows[root.pk], below, newest, found)
    return found


def shown(exact: Fraction) -> int:
    """A per cent as it is shown."""
    return 100 if exact >= 100 else min(99, int(exact + Fraction(1, 2)))


def _below(root: Action) -> Mapping[int, list[Action]]:
    """The parts by the whole that they belong to, one query a level."""
    below: dict[int, list[Action]] = defaultdict(list)
    level = [root.pk]
    for _depth in range(DEEPEST - 1):
        parts = list(Action.objects.filter(parent__in=level).order_by("id"))
        for part in parts:
            below[part.parent_id or 0].append(part)
        level = [part.pk for part in parts]
    return below


def _fill(
    action: Action, below: Mapping[int, list[Action]], newest: Mapping[int, int], found: dict[int, Fraction]
) -> Fraction:
    for part in below.get(action.pk, []):
        _fill(part, below, newest, found)
    kept = [part for part in below.get(action.pk, []) if part.state != ActionState.DROPPED]
    if kept:
        total = sum(part.weight for part in kept)
        found[action.pk] = sum((part.weight * found[part.pk] for part in kept), Fraction(0)) / total
    else:
        found[action.pk] = Fraction(100 if action.state in DONE else newest.get(action.pk, 0))
    return found[action.pk]
