"""The table of legal moves that stands beside a model's states; `core.transitions.move()` obeys it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class Moves:
    """The legal moves of one model: `{from: {to, ...}}`, and the targets that need a written reason."""

    def __init__(
        self, table: Mapping[Any, frozenset[Any] | set[Any]], *, reasons: frozenset[Any] | set[Any] = frozenset()
    ) -> None:
        self.table = {str(state): frozenset(str(target) for target in targets) for state, targets in table.items()}
        self.reasons = frozenset(str(state) for state in reasons)

    def allows(self, state: str, to: str) -> bool:
        return str(to) in self.table.get(str(state), frozenset())

    def targets(self, state: str) -> frozenset[str]:
        return self.table.get(str(state), frozenset())
