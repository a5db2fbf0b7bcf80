"""Tables that people paste or hand over as a file, read with care.

`read_pasted` and `read_file` give a `Grid` of cells with what is to be said about it; `recognise` finds the columns by
their headings and cleans every cell. What is no table, or a danger, is a `TableRefused` with a sentence that says what
to do. Nothing here writes; what a field means is told by the caller.
"""

from core.tables.columns import Field, Reading, Remarked, Row, Split, heading_key, recognise
from core.tables.files import read_file
from core.tables.grid import MOST_COLUMNS, MOST_ROWS, Cell, Grid, TableRefused
from core.tables.pasted import read_pasted

__all__ = [
    "MOST_COLUMNS",
    "MOST_ROWS",
    "Cell",
    "Field",
    "Grid",
    "Reading",
    "Remarked",
    "Row",
    "Split",
    "TableRefused",
    "heading_key",
    "read_file",
    "read_pasted",
    "recognise",
]
