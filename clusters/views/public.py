"""What everybody reads of clusters: the directory with its map, the page of one cluster, the open data."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.db import models
from django.db.models import Count, Exists, OuterRef, Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import conditional_page
from django.views.generic import TemplateView, View

from clusters.documents import map as geomap
from clusters.documents import open_data
from clusters.lists import PublicFilter, PublicMemberFilter
from clusters.models import Cluster, ClusterGovernorate, Membership
from clusters.views.clusters import members_today
from core.lists import Empty, ListSpec, ListView, Sort
from core.ui.blocks import with_value, without
from core.views.mixins import PublicMixin
from directory.models import Governorate, Organisation


class Directory(PublicMixin, ListView):
    """The published clusters: on the map by governorate, and in a list that says the same."""

    template_name = "clusters/public/directory.html"
    spec = ListSpec(
        model=Cluster,
        sorts=[Sort("name", _("Name"), "order_fr", ar="order_ar")],
        filters=PublicFilter,
        count=ngettext_lazy("%(shown)s cluster", "%(shown)s clusters", "n"),
        empty=Empty(
            _("No cluster is published yet"),
            _("Clusters appear here once the agency has published them."),
            icon="fil",
        ),
        rows=20,
    )

    def get_queryset(self) -> models.QuerySet[Cluster]:
        return Cluster.objects.public().select_related("governorate")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        filters = context["filters"]
        rows = filters.narrow(Cluster.objects.public(), search_field=self.spec.search, without="governorate")
        drawn = on_the_map(self.request, counted(rows), context, label=_("Map: number of clusters by governorate"))
        return context | drawn | {"data_query": self.request.GET.urlencode()}


def on_the_map(
    request: HttpRequest, counts: Counter[str], context: dict[str, Any], *, label: str | Promise
) -> dict[str, Any]:
    """What the pages with a map show of it; the map counts the whole country whichever governorate is chosen."""
    places = {place.iso_code: place for place in Governorate.objects.all()}
    current = context["filters"].values.get("governorate")
    drawing = geomap.svg(
        counts=counts,
        names={iso: str(place) for iso, place in places.items()},
        current=current.iso_code if current else "",
        label=str(label),
        url_of=lambda iso: with_value(request, "governorate", iso),
    )
    return {
        "map": drawing,
        "legend": geomap.legend(counts.values()),
        "reach": len(counts),
        "places": len(places),
        "current": current,
        "everywhere_url": without(request, "governorate"),
    }


def counted(rows: models.QuerySet[Cluster]) -> Counter[str]:
    """How many of the clusters have their seat in each governorate or work there, by ISO code."""
    counts: Counter[str] = Counter()
    found = dict(rows.order_by().values_list("pk", "governorate__iso_code"))
    counts.update(found.values())
    beside = ClusterGovernorate.objects.filter(cluster__in=found).values_list("cluster", "governorate__iso_code")
    counts.update(code for cluster, code in beside if found[cluster] != code)
    return counts


class MemberDirectory(PublicMixin, ListView):
    """The organisations that belong to a published cluster today. No person is named, and no tax number shown."""

    template_name = "clusters/public/members.html"
    spec = ListSpec(
        model=Organisation,
        sorts=[Sort("name", _("Name"), "order_fr", ar="order_ar")],
        filters=PublicMemberFilter,
        count=ngettext_lazy("%(shown)s organisation", "%(shown)s organisations", "n"),
        empty=Empty(
            _("No member is published yet"),
            _("Organisations appear here once they belong to a published cluster."),
            icon="committee",
        ),
        rows=20,
    )

    def get_queryset(self) -> models.QuerySet[Organisation]:
        memberships = Membership.objects.in_force(on=timezone.localdate()).filter(cluster__in=Cluster.objects.public())
        shown = memberships.select_related("cluster").order_by("cluster__order_fr", "id")
        rows = Organisation.objects.filter(Exists(memberships.filter(organisation=OuterRef("pk"))))
        return rows.select_related("governorate", "sector").prefetch_related(
            Prefetch("memberships", queryset=shown, to_attr="public_memberships")
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        rows = context["filters"].narrow(self.get_queryset(), search_field=self.spec.search, without="governorate")
        placed = rows.exclude(governorate__isnull=True).order_by().values_list("governorate__iso_code")
        counts = Counter(dict(placed.annotate(n=Count("pk"))))
        return context | on_the_map(
            self.request, counts, context, label=_("Map: number of members of clusters by governorate")
        )


class PublicCluster(PublicMixin, TemplateView):
    """The page of a published cluster. Artisans are counted, never named."""

    template_name = "clusters/public/cluster.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = Cluster.objects.public().select_related("governorate", "body")
        cluster = get_object_or_404(rows, slug=self.kwargs["slug"])
        members = list(
            cluster.memberships.in_force(on=timezone.localdate())
            .select_related("organisation__governorate")
            .order_by("organisation__order_fr", "id")
        )
        return super().get_context_data(
            cluster=cluster,
            others=list(cluster.governorates.all()),
            sectors=list(cluster.sectors.all()),
            stage=cluster.phases.filter(track="stage").first(),
            organisations=[member for member in members if member.organisation_id],
            artisans=sum(member.person_id is not None for member in members),
            **kwargs,
        )


@method_decorator([gzip_page, conditional_page], name="dispatch")
class OpenData(PublicMixin, View):
    """The list of the page as CSV, with the same filters."""

    def get(self, request: HttpRequest) -> HttpResponse:
        filters = PublicFilter(request)
        rows = filters.narrow(Cluster.objects.public(), search_field="key")
        rows = rows.annotate(member_count=members_today(timezone.localdate())).order_by("order_fr", "id")
        response = HttpResponse(open_data.csv_of(rows), content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = 'attachment; filename="pasri-clusters.csv"'
        response["Cache-Control"] = "public, max-age=300"
        return response
