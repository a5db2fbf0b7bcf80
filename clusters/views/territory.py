"""Where and in which trade: the governorates and the sectors, with what the portal knows in each."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.db.models import Count, QuerySet
from django.views.generic import TemplateView

from clusters.models import Cluster, ClusterSector
from clusters.permissions import can_read
from clusters.views.public import counted
from core.views.mixins import PermissionMixin
from directory.models import Delegation, Governorate, Organisation, Sector


def tally(rows: QuerySet[Any], by: str) -> dict[Any, int]:
    """How many rows there are for each value of a column."""
    found = rows.exclude(**{f"{by}__isnull": True}).order_by().values_list(by)
    return dict(found.annotate(n=Count("pk")))


class Territory(PermissionMixin, TemplateView):
    """Country, governorates, delegations, and the sectors; each number leads to its list."""

    permission = staticmethod(can_read)
    template_name = "clusters/territory.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        visible = Cluster.objects.visible_to(self.request.user)
        clusters: Counter[str] = counted(visible)
        organisations = tally(Organisation.objects.all(), "governorate")
        delegations = tally(Delegation.objects.filter(valid_to__isnull=True), "governorate")
        places = [
            {
                "place": place,
                "clusters": clusters.get(place.iso_code, 0),
                "organisations": organisations.get(place.pk, 0),
                "delegations": delegations.get(place.pk, 0),
            }
            for place in Governorate.objects.order_by("iso_code")
        ]
        trades = tally(ClusterSector.objects.filter(cluster__in=visible), "sector")
        bodies = tally(Organisation.objects.all(), "sector")
        sectors = [
            {"sector": row, "clusters": trades.get(row.pk, 0), "organisations": bodies.get(row.pk, 0)}
            for row in Sector.objects.order_by("name_fr")
        ]
        return super().get_context_data(
            places=places,
            sectors=sectors,
            delegation_count=sum(delegations.values()),
            **kwargs,
        )
