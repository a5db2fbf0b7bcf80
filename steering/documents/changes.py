"""What changed from one text of minutes to another, line by line under its heading, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from steering.documents.minutes_paper import compose
from steering.domain import differences
from steering.domain.differences import Piece
from steering.domain.minutes import Printing


@dataclass(frozen=True)
class Changed:
    """A passage that differs, and where it stands."""

    section: str
    pieces: list[Piece]


def between(before: Printing, after: Printing) -> list[Changed]:
    """Every difference, in the order of the newer text."""
    old, new = list(compose(before).lines()), list(compose(after).lines())
    found = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            found += list(_changed(old[i1:i2], new[j1:j2]))
    return found


def _changed(gone: list[tuple[str, str]], come: list[tuple[str, str]]) -> Iterator[Changed]:
    """Stretches of one section are compared word by word."""
    sections = list(dict.fromkeys(section for section, _text in (*gone, *come)))
    for section in sections:
        before = "\n".join(text for where, text in gone if where == section)
        after = "\n".join(text for where, text in come if where == section)
        pieces = differences.shortened(differences.between(before, after))
        if any(piece.text.strip() for piece in pieces if piece.kind != "same"):
            yield Changed(section, pieces)
