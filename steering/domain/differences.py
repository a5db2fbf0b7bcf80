"""What differs between two texts, word by word, in pieces that a page can mark."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

WORDS = re.compile(r"\s+|[^\s]+")
LONG = 4000
"""Beyond so many words two texts are compared line by line: word by word would take minutes."""

AROUND = 60
"""So many signs of what stayed the same are shown on each side of a change."""


@dataclass(frozen=True)
class Piece:
    """`same`, `gone` (in the older text alone) or `new` (in the newer alone)."""

    kind: str
    text: str


def between(before: str, after: str) -> list[Piece]:
    """The pieces of both texts in their order."""
    old, new = _parts(before, after)
    found: list[Piece] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(Piece("same", "".join(old[i1:i2])))
            continue
        if i1 < i2:
            found.append(Piece("gone", "".join(old[i1:i2])))
        if j1 < j2:
            found.append(Piece("new", "".join(new[j1:j2])))
    return found


def shortened(pieces: list[Piece]) -> list[Piece]:
    """The same with long stretches of what stayed the same cut down to their ends."""
    last = len(pieces) - 1
    return [
        _cut(piece, index == 0, index == last) if piece.kind == "same" else piece for index, piece in enumerate(pieces)
    ]


def _parts(before: str, after: str) -> tuple[list[str], list[str]]:
    old, new = WORDS.findall(before), WORDS.findall(after)
    if len(old) + len(new) > LONG:
        return before.splitlines(keepends=True), after.splitlines(keepends=True)
    return old, new


def _cut(piece: Piece, is_first: bool, is_last: bool) -> Piece:
    text = piece.text
    if len(text) <= 3 * AROUND:
        return piece
    head, tail = text[:AROUND].rsplit(" ", 1)[0], text[-AROUND:].split(" ", 1)[-1]
    if is_first and is_last:
        return Piece("same", f"{head} …")
    if is_first:
        return Piece("same", f"… {tail}")
    return Piece("same", f"{head} …" if is_last else f"{head} … {tail}")
