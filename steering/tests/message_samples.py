"""One message of each kind that the steering writes: each subject keeps its own samples."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

from core.testing.messages import Sample

SUBJECTS = ("committees", "meetings", "room", "minutes", "follow_up", "plans")

SAMPLES: dict[str, Sample] = {}
for _subject in SUBJECTS:
    _module = f"steering.tests.samples_{_subject}"
    if find_spec(_module):
        SAMPLES |= import_module(_module).SAMPLES
