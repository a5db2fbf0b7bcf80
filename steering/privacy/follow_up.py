"""What the follow-up keeps about persons."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from core.privacy import Line

MISSION = _("public mission of the agency")
KEPT = _("as long as the papers of the committee")
ACCOUNT = {"by": _("account"), "added_by": _("account"), "person": _("person")}

LINES: tuple[Line, ...] = (
    Line("steering.action", ("owner_person",), _("to know whom to ask how far an action is"), MISSION, KEPT),
    Line(
        "steering.progress",
        ("person", "by", "note", "by_link"),
        _("to know who said how far an action is, and what was done"),
        MISSION,
        KEPT,
        ACCOUNT,
    ),
    Line(
        "steering.evidence",
        ("person", "added_by", "label", "withdrawn_because"),
        _("to prove that an action was done, and to know who gave the proof"),
        MISSION,
        KEPT,
        ACCOUNT,
    ),
    Line(
        "steering.slip",
        ("by", "reason"),
        _("to say why a due date moved"),
        MISSION,
        KEPT,
        ACCOUNT,
    ),
    Line(
        "steering.verification",
        ("person", "by", "note"),
        _("to show that an action was closed by somebody of another institution"),
        MISSION,
        KEPT,
        ACCOUNT,
    ),
    Line(
        "steering.recommendationstep",
        ("person", "by", "note"),
        _("to keep the formal answer to a recommendation, with who gave it"),
        MISSION,
        KEPT,
        ACCOUNT,
    ),
)
