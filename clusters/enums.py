"""Codes of the clusters: kind, what the public sees, economic stage, administrative state, roles of members."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.enums import StateLook
from core.moves import Moves


class ClusterKind(models.TextChoices):
    PRODUCTIVE = "productive", _("Productive cluster")
    INNOVATION = "innovation", _("Innovation cluster")
    CRAFT = "craft", _("Craft cluster")


class ClusterState(models.TextChoices):
    """Whether the public sees the cluster."""

    DRAFT = "draft", pgettext_lazy("cluster", "Draft")
    PUBLISHED = "published", pgettext_lazy("cluster", "Published")
    ARCHIVED = "archived", pgettext_lazy("cluster", "Archived")

    @property
    def look(self) -> StateLook:
        return STATE_LOOKS[self]


STATE_LOOKS = {
    ClusterState.DRAFT: StateLook("", "dash"),
    ClusterState.PUBLISHED: StateLook("live", "ring"),
    ClusterState.ARCHIVED: StateLook("shut", "lock"),
}
CLUSTER_MOVES = Moves(
    {
        ClusterState.DRAFT: {ClusterState.PUBLISHED, ClusterState.ARCHIVED},
        ClusterState.PUBLISHED: {ClusterState.DRAFT, ClusterState.ARCHIVED},
        ClusterState.ARCHIVED: {ClusterState.PUBLISHED},
    },
    reasons={ClusterState.ARCHIVED, ClusterState.DRAFT},
)


class Track(models.TextChoices):
    """The two lives of a cluster: how its economy does, and where the programme's support stands."""

    STAGE = "stage", _("Economic stage")
    SUPPORT = "support", _("Administrative state")


class Stage(models.TextChoices):
    """The economic stages that the literature tells apart (European and UNIDO manuals)."""

    INCUBATION = "incubation", _("Incubation")
    EMERGENCE = "emergence", _("Emergence")
    GROWTH = "growth", _("Growth")
    MATURITY = "maturity", _("Maturity")
    TRANSFORMATION = "transformation", _("Decline or transformation")


class Support(models.TextChoices):
    """Where the programme's support of a cluster stands."""

    IDEA = "idea", _("Idea")
    CANDIDATE = "candidate", _("Candidate")
    SELECTED = "selected", pgettext_lazy("cluster", "Selected")
    DIAGNOSED = "diagnosed", _("Diagnosed")
    PLANNED = "planned", _("Plan adopted")
    ACTIVE = "active", pgettext_lazy("cluster", "Active")
    LABELLED = "labelled", _("Labelled")
    WATCHED = "watched", _("Under watch")
    DORMANT = "dormant", _("Dormant")
    CLOSED = "closed", pgettext_lazy("cluster", "Closed")


STAGE_MOVES = Moves(
    {
        "": set(Stage),
        Stage.INCUBATION: {Stage.EMERGENCE},
        Stage.EMERGENCE: {Stage.GROWTH, Stage.INCUBATION, Stage.TRANSFORMATION},
        Stage.GROWTH: {Stage.MATURITY, Stage.EMERGENCE, Stage.TRANSFORMATION},
        Stage.MATURITY: {Stage.TRANSFORMATION, Stage.GROWTH},
        Stage.TRANSFORMATION: {Stage.INCUBATION, Stage.EMERGENCE, Stage.GROWTH},
    },
    reasons={Stage.INCUBATION, Stage.TRANSFORMATION},
)
"""A stage backwards or into decline is a judgement: it needs its reason."""

SUPPORT_MOVES = Moves(
    {
        "": {Support.IDEA, Support.CANDIDATE, Support.SELECTED, Support.ACTIVE},
        Support.IDEA: {Support.CANDIDATE, Support.CLOSED},
        Support.CANDIDATE: {Support.SELECTED, Support.CLOSED},
        Support.SELECTED: {Support.DIAGNOSED, Support.CLOSED},
        Support.DIAGNOSED: {Support.PLANNED, Support.CLOSED},
        Support.PLANNED: {Support.ACTIVE, Support.CLOSED},
        Support.ACTIVE: {Support.LABELLED, Support.WATCHED, Support.DORMANT, Support.CLOSED},
        Support.LABELLED: {Support.ACTIVE, Support.WATCHED, Support.CLOSED},
        Support.WATCHED: {Support.ACTIVE, Support.DORMANT, Support.CLOSED},
        Support.DORMANT: {Support.ACTIVE, Support.CLOSED},
        Support.CLOSED: {Support.CANDIDATE},
    },
    reasons={Support.WATCHED, Support.DORMANT, Support.CLOSED},
)
CODES = {Track.STAGE: Stage, Track.SUPPORT: Support}
MOVES = {Track.STAGE: STAGE_MOVES, Track.SUPPORT: SUPPORT_MOVES}


class MemberRole(models.TextChoices):
    MEMBER = "member", pgettext_lazy("cluster", "Member")
    FOUNDER = "founder", _("Founding member")
    HOST = "host", _("Host organisation")
    PARTNER = "partner", _("Field partner")
