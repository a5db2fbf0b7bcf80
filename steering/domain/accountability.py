"""What everybody may read of an adopted plan: what was promised, by which institution, for when, and what became of it.

No person is named, no file is shown, no word of an agenda is quoted.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from steering.domain import board
from steering.domain.board import Figures, Group, Line
from steering.domain.plans import ADOPTED_STATES
from steering.models import Plan, PlanVersion


@dataclass(frozen=True)
class Account:
    """The version that is in force, or the last one that was; its actions by recommendation; the figures."""

    version: PlanVersion
    groups: list[Group]
    figures: Figures

    @property
    def lines(self) -> list[Line]:
        return [line for group in self.groups for line in group.lines]


def version_of(plan: Plan) -> PlanVersion | None:
    """The newest adopted version; where the plan is at its end, the last one."""
    rows = plan.versions.filter(state__in=ADOPTED_STATES).select_related("adopted_by")
    return rows.order_by("state", "-number").first()


def of(plan: Plan, *, on: date) -> Account | None:
    """The account of a plan; None before a version is adopted. Three queries."""
    version = version_of(plan)
    if version is None:
        return None
    lines = board.lines_of(board.entries_of(version), on=on)
    return Account(version, board.by_recommendation(lines), board.figures_of(version, on=on))
