"""What the minutes keep about persons."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from core.privacy import Line

MISSION = _("public mission of the agency")
KEPT = _("as long as the committee’s archives: minutes are public records")

LINES: tuple[Line, ...] = (
    Line(
        "steering.itemnote",
        ("text_fr", "text_ar", "saved_by"),
        _("to write down what was said in a meeting, and by whom it was written"),
        MISSION,
        KEPT,
    ),
    Line(
        "steering.remark",
        ("mandate", "text", "answer"),
        _("to take the remarks of the seats into the minutes"),
        MISSION,
        KEPT,
    ),
    Line(
        "steering.minutestext",
        ("record",),
        _("to keep the minutes as they were sent and approved, with the names of who was present"),
        MISSION,
        KEPT,
    ),
    Line(
        "steering.decision",
        ("text_fr", "text_ar"),
        _("to keep what the committee decided, in its own words"),
        MISSION,
        KEPT,
    ),
    Line(
        "core.storedfile",
        ("name", "added_by"),
        _("to keep the papers of the committee and the evidence of actions, and to know who gave them"),
        MISSION,
        KEPT,
    ),
)
