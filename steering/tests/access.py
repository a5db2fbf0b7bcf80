"""Who may open the addresses of the steering: each subject keeps its own rows."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

from accounts.tests.matrix import Row

SUBJECTS = ("committees", "meetings", "room", "minutes", "follow_up", "plans")

ACCESS: dict[str, Row] = {}
for _subject in SUBJECTS:
    _module = f"steering.tests.access_{_subject}"
    if find_spec(_module):
        ACCESS |= import_module(_module).ACCESS
