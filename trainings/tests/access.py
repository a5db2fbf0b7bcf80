"""Who may open the addresses of the trainings: each area keeps its own rows."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

from accounts.tests.matrix import Row

AREAS = ("sessions", "registrations", "attendance", "certificates", "feeds")

ACCESS: dict[str, Row] = {}
for _area in AREAS:
    _module = f"trainings.tests.access_{_area}"
    if find_spec(_module):
        ACCESS |= import_module(_module).ACCESS
