"""What the meetings keep about persons."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from core.privacy import Line

MISSION = _("public mission of the agency")
KEPT = _("as long as the committee’s file, which proves that a meeting was called by its rules")

LINES: tuple[Line, ...] = (
    Line(
        "steering.answer",
        ("person", "alternate", "note", "said_by", "said_as", "reply", "at"),
        _("to know who comes to a meeting, in whose name and by whom it was said"),
        MISSION,
        KEPT,
    ),
    Line(
        "steering.invitee",
        ("mandate",),
        _("to prove who was called to a meeting, and by which letter"),
        MISSION,
        KEPT,
    ),
    Line(
        "steering.meeting",
        ("late_reason",),
        _("to know why the notice of a meeting was short"),
        MISSION,
        KEPT,
    ),
)
