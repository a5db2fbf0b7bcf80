"""What the committees keep about persons."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from core.privacy import Line

MISSION = _("public mission of the agency")

LINES: tuple[Line, ...] = (
    Line(
        "steering.mandate",
        ("person", "kind", "function", "starts_on", "ends_on", "letter", "letter_on"),
        _("to know who sits for an institution, since when and by which letter"),
        MISSION,
        _("as long as the committee’s file: what was decided names who sat that day"),
    ),
)
