"""Pieces that minutes are composed of, whatever prints them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import get_language, gettext

from steering.domain.record import Passage


@dataclass(frozen=True)
class Cell:
    """Some words. `lang` where they are in another language than the paper, `mark` says so; `note` is set smaller."""

    text: str
    lang: str = ""
    mark: str = ""
    note: str = ""

    @property
    def direction(self) -> str:
        """For a page: the direction of words in another language."""
        return {"ar": "rtl", "fr": "ltr"}.get(self.lang, "")


@dataclass(frozen=True)
class Block:
    """`heading`, `meta`, `text`, `table`, or a `box` of other blocks."""

    kind: str
    text: Cell = Cell("")
    number: str = ""
    head: tuple[str, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()
    blocks: tuple[Block, ...] = ()

    @property
    def labelled(self) -> list[list[tuple[str, Cell]]]:
        """The rows of a table, each cell beside the words of its column: for a narrow screen."""
        return [list(zip(self.head, row, strict=True)) for row in self.rows]

    def lines(self) -> Iterator[str]:
        """The words, line by line."""
        if self.kind == "table":
            for row in self.rows:
                yield " | ".join(cell.text for cell in row)
        elif self.text.text:
            yield from self.text.text.splitlines()
        for block in self.blocks:
            yield from block.lines()


def said(passage: Passage) -> Cell:
    """A passage in the language that is active, or the original with its mark."""
    here = (get_language() or "fr")[:2]
    found = passage.said(here)
    if not found.is_original or here == "en":
        return Cell(found.text, lang="" if found.language == here else found.language)
    return Cell(found.text, lang=found.language, mark=gettext("original text"))
