"""The red thread: recommendation, decision, action; the chain both ways from any of them, as rows of a drawing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from django.db.models import Q

from accounts.models import User
from steering.enums import RECOMMENDATION_SHUT, ActionState
from steering.models import Action, AgendaItem, Committee, Decision, Recommendation, Slip
from steering.models.decisions import TO_CARRY_OUT

LIMIT = 300
"""So many actions are drawn at once."""

Mark = Literal["", "gap", "wait"]


@dataclass
class Knot:
    """A decision with the actions that carry it out. `hidden`: the reader may not know the item that it was taken in.

    Without a decision: the actions that answer the recommendation by themselves. `moves`: no action carries the
    decision out, it moved the due dates of these.
    """

    decision: Decision | None
    actions: list[Action] = field(default_factory=list)
    hidden: bool = False
    moves: bool = False


@dataclass
class Strand:
    """A recommendation (a part says its whole), or none, with its knots."""

    recommendation: Recommendation | None
    knots: list[Knot] = field(default_factory=list)

    @property
    def mark(self) -> Mark:
        """What is said where no action answers: expected while it is open, nothing once it is shut."""
        if self.recommendation is None or self.recommendation.state in RECOMMENDATION_SHUT:
            return ""
        return "wait" if self.recommendation.state == "proposed" else "gap"


@dataclass(frozen=True)
class Cell:
    """One place of the drawing: what stands there, and how the line leads to it."""

    kind: Literal["recommendation", "decision", "action", "nothing", "empty"]
    css: str = ""
    thing: Recommendation | Decision | Action | None = None
    mark: Mark = ""
    hidden: bool = False
    late: int = 0
    """How many days an action is past its due date."""

    moved: bool = False
    """The decision moved the due date of this action."""


def of_committee(*, committee: Committee, user: User) -> list[Strand]:
    """Everything of a committee; six queries."""
    return _strands(
        committee,
        user,
        recommendations=Q(parts__isnull=True),
        decisions=TO_CARRY_OUT,
        actions=Q(),
    )


def of_recommendation(*, recommendation: Recommendation, user: User) -> list[Strand]:
    """A recommendation with its parts, and a part with its siblings left out."""
    ids = [recommendation.pk, *recommendation.parts.values_list("pk", flat=True)]
    return _strands(
        recommendation.committee,
        user,
        recommendations=Q(pk__in=ids, parts__isnull=True),
        decisions=Q(pk__in=()),
        actions=Q(recommendation__in=ids),
    )


def of_decision(*, decision: Decision, user: User) -> list[Strand]:
    """A decision with its actions, and the recommendations that these answer."""
    committee = decision.item.meeting.committee
    return _strands(
        committee,
        user,
        recommendations=Q(pk__in=()),
        decisions=Q(pk=decision.pk),
        actions=Q(decision=decision),
    )


def of_action(*, action: Action, user: User) -> list[Strand]:
    """An action back to its decision and its recommendation; a part of an action through its whole."""
    top = action
    while top.parent is not None and not (top.recommendation_id or top.decision_id):
        top = top.parent
    return _strands(action.committee, user, recommendations=Q(pk__in=()), decisions=Q(pk__in=()), actions=Q(pk=top.pk))


def rows_of(strands: Iterable[Strand], *, on: date) -> list[tuple[Cell, Cell, Cell]]:
    """The drawing, row by row: three columns, with the classes that draw the lines between them."""
    return [row for strand in strands for row in _rows(strand, on)]


def _rows(strand: Strand, on: date) -> list[tuple[Cell, Cell, Cell]]:
    found: list[tuple[Cell, Cell, Cell]] = []
    last = len(strand.knots) - 1
    for place, knot in enumerate(strand.knots):
        for step in range(max(len(knot.actions), 1)):
            first = _first(strand) if not found else Cell("empty")
            found.append((first, _second(strand, knot, place, last, step), _third(knot, step, on)))
    return found or [(_first(strand), _missing(strand), Cell("empty"))]


def _first(strand: Strand) -> Cell:
    if strand.recommendation is None:
        return Cell("empty")
    return Cell("recommendation", "start", strand.recommendation)


def _second(strand: Strand, knot: Knot, place: int, last: int, step: int) -> Cell:
    joined = strand.recommendation is not None
    if step:
        return Cell("empty", "pass" if joined and place < last else "")
    css = _line(place, last, wait=knot.decision is None) if joined else "start"
    if knot.decision is None:
        return Cell("decision", css, None, "wait" if joined else "gap")
    return Cell("decision", css, knot.decision, hidden=knot.hidden)


def _third(knot: Knot, step: int, on: date) -> Cell:
    if not knot.actions:
        return Cell("action", "in in-gap", None, "gap")
    action = knot.actions[step]
    return Cell("action", _line(step, len(knot.actions) - 1), action, late=action.days_late(on), moved=knot.moves)


def _missing(strand: Strand) -> Cell:
    """No action at all answers the recommendation: the line ends here."""
    return Cell("empty") if not strand.mark else Cell("nothing", f"in in-{strand.mark}", None, strand.mark)


def _line(place: int, last: int, *, wait: bool = False) -> str:
    """How the line comes to the cell at `place` of `last + 1` that hang on the same one."""
    dotted = " in-wait" if wait else ""
    if not place:
        return ("in tee first" if last else "in") + dotted
    return ("in tee fork" if place < last else "in ell fork") + dotted


def _strands(committee: Committee, user: User, *, recommendations: Q, decisions: Q, actions: Q) -> list[Strand]:
    """Join what was chosen: every action under its recommendation and its decision, and what has no action."""
    rows = Action.objects.filter(actions, committee=committee, parent__isnull=True).exclude(state=ActionState.DROPPED)
    loaded = rows.select_related("owner", "decision__item", "recommendation__parent")
    chosen = list(loaded.order_by("decision__decided_at", "code", "id")[:LIMIT])
    known = {action.recommendation_id for action in chosen if action.recommendation_id}
    more = Recommendation.objects.filter(recommendations | Q(pk__in=known), committee=committee)
    strands = {
        reco.pk: Strand(reco) for reco in more.select_related("parent", "session").order_by("code", "id").distinct()
    }
    alone = Strand(None)
    readable = set(
        AgendaItem.objects.visible_to(user).filter(meeting__committee=committee).values_list("pk", flat=True)
    )
    for action in chosen:
        strand = strands.get(action.recommendation_id or 0, alone)
        _knot(strand, action.decision, readable).actions.append(action)
    used = {knot.decision.pk for strand in [*strands.values(), alone] for knot in strand.knots if knot.decision}
    idle = Decision.objects.filter(decisions, item__meeting__committee=committee).exclude(pk__in=used)
    alone.knots += _idle(list(idle.select_related("item").order_by("decided_at", "id")[:LIMIT]), readable)
    found = list(strands.values())
    return found + [Strand(None, [knot]) for knot in alone.knots]


def _idle(decisions: list[Decision], readable: set[int]) -> list[Knot]:
    """Decisions that no action carries out, with the actions whose due dates they moved."""
    moved: dict[int | None, list[Action]] = {}
    for slip in Slip.objects.filter(decision__in=decisions).select_related("action__owner").order_by("action__code"):
        moved.setdefault(slip.decision_id, []).append(slip.action)
    return [
        Knot(row, moved.get(row.pk, []), hidden=row.item_id not in readable, moves=row.pk in moved) for row in decisions
    ]


def _knot(strand: Strand, decision: Decision | None, readable: set[int]) -> Knot:
    for knot in strand.knots:
        if knot.decision == decision:
            return knot
    knot = Knot(decision, hidden=decision is not None and decision.item_id not in readable)
    strand.knots.append(knot)
    return knot
