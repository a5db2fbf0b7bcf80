"""The history of a cluster in words."""

from __future__ import annotations

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from clusters.enums import CODES, MemberRole, Track
from clusters.models import Animation, Cluster, ClusterGovernorate, ClusterSector, Membership, Phase
from core.changes import Source
from core.models import JournalEntry
from core.trail import Trail

VERBS: dict[str, str | Promise] = {
    "cluster.create": _("Entered"),
    "cluster.edit": _("Corrected"),
    "cluster.published": pgettext_lazy("history of a cluster", "Published"),
    "cluster.draft": pgettext_lazy("history of a cluster", "Withdrawn from the directory"),
    "cluster.archived": pgettext_lazy("history of a cluster", "Archived"),
    "cluster.confirm": _("Profile confirmed"),
    "cluster.phase": pgettext_lazy("history of a cluster", "%(track)s: %(phase)s"),
    "cluster.phase_undo": _("%(track)s taken back: %(phase)s"),
    "cluster.join": _("A member joined: %(role)s"),
    "cluster.leave": _("A member left"),
    "cluster.membership": _("A membership was corrected"),
    "cluster.remove": _("A membership entered by mistake was taken back"),
    "cluster.assign": _("Animator assigned, %(share)s per cent of the time"),
    "cluster.unassign": _("An animator's assignment ended"),
}


def _said(entry: JournalEntry) -> dict[str, str | Promise]:
    data = entry.data
    if data.get("track") in Track.values:
        track = Track(data["track"])
        code = data.get("to", "")
        words = CODES[track](code).label if code in CODES[track].values else code
        return {"track": track.label, "phase": words}
    if data.get("role") in MemberRole.values:
        return {"role": MemberRole(data["role"]).label}
    if "share" in data:
        return {"share": str(data["share"])}
    return {}


def _phase(snapshot: Any, code: str) -> str:
    names = CODES[Track(snapshot.track)]
    return str(names(code).label) if code in names.values else code


SOURCES = (
    Source(Cluster, shown=frozenset({"email"})),  # its public address
    *(Source(model, by="cluster_id") for model in (Membership, Animation, ClusterGovernorate, ClusterSector)),
    Source(Phase, by="cluster_id", words={"code": _phase}),
)
TRAIL = Trail(VERBS, nobody=_("the portal"), said=_said, sources=SOURCES)
