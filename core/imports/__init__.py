"""Lists of people that staff paste or give as a file: checked line by line, entered as one piece, undone too.

    class People(imports.ImportKind): ...                  # what the columns mean, what a line makes: the app's own
    imports.register(People())                                  # in an app's `ready()`
    staged = imports.stage(kind="directory.persons", grid=core.tables.read_pasted(text), ...)
    return redirect(staged)                                     # its page: check, confirm, result, undo

Nothing is saved of a list but the list itself before it is confirmed. `confirm()` enters every line in one transaction,
a long list as a background job; `undo()` takes back what it made, and leaves alone what somebody has changed since.
"""

from core.imports.applying import Changed, RowRefused, confirm
from core.imports.checking import Checked, check
from core.imports.kinds import Candidate, ImportKind, Line, Shown, kind_of, label_of, register
from core.imports.staging import drop, earlier, reopen, settle, stage
from core.imports.undoing import may_undo, undo
from core.models import Import

__all__ = [
    "Candidate",
    "Changed",
    "Checked",
    "Import",
    "ImportKind",
    "Line",
    "RowRefused",
    "Shown",
    "check",
    "confirm",
    "drop",
    "earlier",
    "kind_of",
    "label_of",
    "may_undo",
    "register",
    "reopen",
    "settle",
    "stage",
    "undo",
]
