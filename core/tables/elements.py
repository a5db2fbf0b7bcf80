"""The parts of a workbook, read as a stream of elements: no document type, no entity.

One budget of elements for the whole workbook, so that millions of empty ones end the reading as well.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from xml.parsers import expat  # a document type is refused below, so no entity can be declared

from django.utils.translation import gettext_lazy as _

from core.tables import gates
from core.tables.grid import TableRefused

MOST_ELEMENTS = 250_000
LONGEST_TOKEN = 1_000_000
Attributes = dict[str, str]


class Enough(Exception):
    """The handler has what it wanted: the rest of the part is not read."""


class Handler:
    """What looks at a part; names come without prefixes."""

    def start(self, name: str, attributes: Attributes) -> None: ...

    def end(self, name: str) -> None: ...

    def text(self, text: str) -> None: ...


class Budget:
    """How many elements may still be read."""

    def __init__(self, most: int = MOST_ELEMENTS) -> None:
        self.left = most

    def spend(self) -> None:
        self.left -= 1
        if self.left < 0:
            raise gates.bomb()


def read(packed: zipfile.ZipFile, part: str, handler: Handler, budget: Budget) -> None:
    """Show `handler` every element of the part. Raises TableRefused."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _no_doctype
    parser.StartElementHandler = _counted(handler.start, budget)
    parser.EndElementHandler = lambda name: handler.end(name.rpartition(":")[2])
    parser.CharacterDataHandler = handler.text
    fed = 0
    try:
        for piece in gates.pieces(packed, part):
            parser.Parse(piece, False)
            fed += len(piece)
            if fed - max(parser.CurrentByteIndex, 0) > LONGEST_TOKEN:
                raise gates.bomb()
        parser.Parse(b"", True)
    except Enough:
        return
    except (expat.ExpatError, zipfile.BadZipFile, LookupError, ValueError) as error:  # the last two: an odd encoding
        raise gates.damaged() from error


def _counted(start: Callable[[str, Attributes], None], budget: Budget) -> Callable[[str, Attributes], None]:
    def started(name: str, attributes: Attributes) -> None:
        budget.spend()
        start(name.rpartition(":")[2], attributes)

    return started


def _no_doctype(*args: object) -> None:
    raise TableRefused(
        _("The file is not as Excel writes it. Copy the list into a new file and give that."), code="doctype"
    )
