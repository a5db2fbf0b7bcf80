"""Reference data: loaded by an idempotent command from the files beside the code, never from a migration.

What is missing is added, what staff changed stays. Apps to the right register their own pieces in `apps.py: ready()`.
"""

from __future__ import annotations

from collections.abc import Callable

from core import journal
from directory.domain.reference import bodies, consent_texts, territory, working_time
from directory.domain.reference.rows import Tally

Piece = Callable[[], Tally]

_pieces: dict[str, Piece] = {
    "governorates": territory.load_governorates,
    "sectors": territory.load_sectors,
    "organisations": bodies.load_organisations,
    "former names": bodies.load_former_names,
    "holidays": working_time.load_holidays,
    "working-time regimes": working_time.load_regimes,
    "consent texts": consent_texts.load,
}


def register(name: str, piece: Piece) -> None:
    """Add a piece of another app; it runs after those that are here already."""
    _pieces[name] = piece


def load() -> dict[str, Tally]:
    """Run every piece, each in a transaction of its own; says how many rows each added and changed."""
    return {name: journal.act(piece)() for name, piece in _pieces.items()}
