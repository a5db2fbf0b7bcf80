"""What clusters keep about persons: lines of the register of processing."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from core.privacy import Line

MISSION = _("public mission of the agency")
KEPT = _("as long as the cluster's file; the dates stay for the figures")

LINES = (
    Line(
        "clusters.membership",
        ("person", "role", "starts_on", "ends_on"),
        _("to know which artisans belong to a craft cluster"),
        MISSION,
        KEPT,
    ),
    Line(
        "clusters.animation",
        ("person", "share", "starts_on", "ends_on"),
        _("to know who animates a cluster, since when and for how much of the time"),
        MISSION,
        KEPT,
    ),
    Line("clusters.cluster", ("email",), _("to let the public write to the cluster"), MISSION, KEPT),
    Line("clusters.phase", ("note",), _("to say why a cluster changed its stage"), MISSION, KEPT),
)
