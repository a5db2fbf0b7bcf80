"""What the room keeps about persons."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from core.privacy import Line

MISSION = _("public mission of the agency")
KEPT = _("as long as the minutes of the meeting")

LINES: tuple[Line, ...] = (
    Line(
        "steering.presence",
        ("mandate", "arrived_at", "left_at"),
        _("to know who was in the room for each seat, and when: the quorum rests on it"),
        MISSION,
        KEPT,
    ),
    Line(
        "steering.guest",
        ("name", "function", "institution", "arrived_at", "left_at"),
        _("to name the guests of a meeting in its minutes"),
        MISSION,
        KEPT,
    ),
    Line(
        "steering.recusal",
        ("interest", "declared_at"),
        _("to keep a declared interest out of the decision"),
        MISSION,
        KEPT,
    ),
    Line(
        "steering.ballot",
        ("mandate", "choice", "by_proxy", "cast_at"),
        _("to prove who voted for each seat, and what was reserved"),
        MISSION,
        KEPT,
    ),
    Line(
        "steering.reservation",
        ("mandate", "text"),
        _("to prove who voted for each seat, and what was reserved"),
        MISSION,
        KEPT,
    ),
    Line("steering.meeting", ("chaired_by",), _("to know who presided"), MISSION, KEPT),
)
