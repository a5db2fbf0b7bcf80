"""What the plans keep about persons."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from core.privacy import Line

MISSION = _("public mission of the agency")
KEPT = _("as long as the papers of the committee")

LINES: tuple[Line, ...] = (
    Line(
        "steering.review",
        ("person", "comment"),
        _("to know what the seats think of a plan, and who spoke for them"),
        MISSION,
        KEPT,
    ),
    Line(
        "steering.reviewrequest",
        ("mandate", "asked_at", "reminded_at"),
        _("to ask the members for their opinion, and to remind those who have not answered"),
        MISSION,
        KEPT,
    ),
    Line(
        "steering.visit",
        ("user", "seen_at", "before_at"),
        _("to mark what changed since a person’s last visit"),
        MISSION,
        _("until the account is erased"),
    ),
)
