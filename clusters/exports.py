"""The list of clusters as a file: no person is named in it."""

from __future__ import annotations

from django.contrib.postgres.aggregates import StringAgg
from django.db import models
from django.db.models import Count, OuterRef, Q, Subquery, Value
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clusters.enums import ClusterKind, ClusterState, Stage, Support
from clusters.models import Cluster, ClusterSector, Membership
from core.exports import Choice, Column, ExportSpec, Kind, Localized
from directory.enums import Origin


def _with_members(rows: models.QuerySet[Cluster]) -> models.QuerySet[Cluster]:
    """How many members there are today, and the sectors in French."""
    today = Membership.objects.in_force(on=timezone.localdate()).filter(cluster=OuterRef("pk")).order_by()
    sectors = ClusterSector.objects.filter(cluster=OuterRef("pk")).order_by().values("cluster")
    names = sectors.annotate(names=StringAgg("sector__name_fr", Value(" ; "), order_by="sector__name_fr"))
    return rows.annotate(
        member_count=Subquery(today.values("cluster").annotate(n=Count("pk")).values("n")),
        sector_names=Subquery(names.values("names")),
    )


CLUSTERS = ExportSpec(
    "clusters",
    _("Clusters"),
    [
        Column(_("Name in French"), "name_fr", width=40),
        Column(_("Name in Arabic"), "name_ar", width=40),
        Column(_("Name in English"), "name_en", width=40),
        Choice(_("Kind"), "kind", ClusterKind),
        Choice(_("State"), "state", ClusterState),
        Choice(_("Economic stage"), "stage", Stage),
        Choice(_("Administrative state"), "support", Support),
        Localized(_("Governorate of the seat"), "governorate__name"),
        Column(_("Sectors"), "sector_names", width=36),
        Column(_("Members of today"), "member_count", kind=Kind.INT, width=12),
        Column(_("Founded on"), "founded_on", kind=Kind.DATE, width=12),
        Column(_("Website"), "website", width=30),
        Column(_("Public e-mail address"), "email", width=30),
        Column(_("Profile confirmed on"), "confirmed_on", kind=Kind.DATE, width=16),
        Column(_("Source"), "source", width=28),
    ],
    annotate=_with_members,
    fictional=Q(origin=Origin.FICTIONAL),
)
