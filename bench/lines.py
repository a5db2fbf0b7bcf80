"""A measure: one JSON line, with its goal where it has one."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict, dataclass, field


def say(words: str) -> None:
    """A remark beside the lines, for whoever watches."""
    sys.stderr.write(f"{words}\n")
    sys.stderr.flush()


@dataclass(frozen=True)
class Line:
    """What was measured on how many registrations; `goal` is empty and `held` None where there is only a figure."""

    measure: str
    rows: int
    value: float
    unit: str
    goal: str = ""
    held: bool | None = None


@dataclass
class Report:
    """The lines of one run, printed as they come."""

    lines: list[Line] = field(default_factory=list)

    def figure(self, measure: str, *, rows: int, value: float, unit: str) -> None:
        """A figure without a goal."""
        self._add(Line(measure, rows, _short(value), unit))

    def at_most(self, measure: str, *, rows: int, value: float, unit: str, goal: float) -> None:
        """A figure that may not pass its goal."""
        self._add(Line(measure, rows, _short(value), unit, f"≤ {goal:g}", value <= goal))

    def at_least(self, measure: str, *, rows: int, value: float, unit: str, goal: float) -> None:
        """A figure that must reach its goal."""
        self._add(Line(measure, rows, _short(value), unit, f"≥ {goal:g}", value >= goal))

    def exactly(self, measure: str, *, rows: int, value: float, unit: str, goal: float) -> None:
        """A figure that must be its goal."""
        self._add(Line(measure, rows, _short(value), unit, f"= {goal:g}", value == goal))

    @property
    def missed(self) -> list[Line]:
        return [line for line in self.lines if line.held is False]

    def _add(self, line: Line) -> None:
        self.lines.append(line)
        sys.stdout.write(json.dumps(asdict(line), ensure_ascii=False) + "\n")
        sys.stdout.flush()


def _short(value: float) -> float:
    return round(value, 3 if abs(value) < 10 else 1)
