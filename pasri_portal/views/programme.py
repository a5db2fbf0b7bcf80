"""The state of the programme on one page: figures that lead to their lists, and the 24 governorates on the map."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from accounts.permissions import reads_figures
from clusters.documents import map as geomap
from clusters.enums import ClusterState
from clusters.models import Cluster, ClusterGovernorate
from core.views.mixins import PermissionMixin
from directory.models import Governorate
from pasri_portal.home.steering import RUNNING, page
from steering.enums import RECOMMENDATION_SHUT, ActionState, MeetingState, RecommendationState
from steering.models import Action, Meeting, Recommendation
from trainings.enums import SessionState
from trainings.models import Session


@dataclass(frozen=True)
class Tile:
    """A number with its words; the link leads to the list whose length it is."""

    label: str | Promise
    value: int
    url: str
    of: int | None = None
    is_late: bool = False


class ProgrammeState(PermissionMixin, TemplateView):
    """For managers first; officers and auditors read the same figures. No person is named."""

    permission = staticmethod(reads_figures)
    template_name = "pasri_portal/programme.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        today = timezone.localdate()
        places = {place.iso_code: place for place in Governorate.objects.order_by("name_fr")}
        counts = _by_governorate()
        drawing = geomap.svg(
            counts=counts,
            names={iso: str(place) for iso, place in places.items()},
            current="",
            label=str(_("Map: number of clusters by governorate")),
            url_of=lambda iso: f"{reverse('clusters:cluster-list')}?governorate={iso}&state=published",
        )
        return super().get_context_data(
            tiles=[*_follow_up(today), *_meetings(), *_field(today)],
            map=drawing,
            legend=geomap.legend(counts.values()),
            reached=[(place, counts[iso], iso) for iso, place in places.items() if counts[iso]],
            empty=[place for iso, place in places.items() if not counts[iso]],
            places=len(places),
            today=today,
            **kwargs,
        )


def _follow_up(today: date) -> list[Tile]:
    """Recommendations (composite ones through their parts alone) and actions: two queries."""
    recommendations = Recommendation.objects.filter(parts__isnull=True).aggregate(
        n=Count("pk"),
        shut=Count("pk", filter=Q(state__in=RECOMMENDATION_SHUT)),
        verified=Count("pk", filter=Q(state=RecommendationState.VERIFIED)),
    )
    late = Q(due_on__lt=today, state__in=RUNNING)
    actions = Action.objects.aggregate(
        n=Count("pk"),
        overdue=Count("pk", filter=late),
        declared=Count("pk", filter=Q(state=ActionState.DECLARED)),
        verified=Count("pk", filter=Q(state=ActionState.VERIFIED)),
    )
    every = "?stand=all"
    return [
        Tile(
            _("recommendations verified and closed"),
            recommendations["verified"],
            page("recommendation-list", query="?state=verified"),
            recommendations["n"],
        ),
        Tile(
            _("actions verified and closed"),
            actions["verified"],
            page("action-list", query=f"{every}&state=verified"),
            actions["n"],
        ),
        Tile(
            _("actions overdue"),
            actions["overdue"],
            page("action-list", query="?stand=overdue"),
            actions["n"],
            is_late=actions["overdue"] > 0,
        ),
        Tile(_("proofs to verify"), actions["declared"], page("action-list", query="?stand=verify")),
    ]


def _meetings() -> list[Tile]:
    """Of the meetings that took place, those whose minutes the committee has approved."""
    counts = Meeting.objects.aggregate(
        closed=Count("pk", filter=Q(state=MeetingState.CLOSED)),
        held=Count("pk", filter=Q(state__in=(MeetingState.HELD, MeetingState.CLOSED))),
    )
    url = page("meeting-list", query="?state=closed")
    return [Tile(_("meetings held whose minutes are approved"), counts["closed"], url, counts["held"])]


def _field(today: date) -> list[Tile]:
    """Clusters of the public directory, sessions that took place: two queries."""
    clusters = Cluster.objects.filter(state=ClusterState.PUBLISHED).count()
    held = Session.objects.filter(state=SessionState.HELD).count()
    return [
        Tile(_("clusters published"), clusters, reverse("clusters:cluster-list") + "?state=published"),
        Tile(_("training sessions held"), held, reverse("trainings:session-list") + "?state=held"),
    ]


def _by_governorate() -> Counter[str]:
    """How many published clusters have their seat in each governorate or work there, by ISO code."""
    rows = Cluster.objects.public()
    seats = dict(rows.order_by().values_list("pk", "governorate__iso_code"))
    counts: Counter[str] = Counter(seats.values())
    beside = ClusterGovernorate.objects.filter(cluster__in=seats).values_list("cluster", "governorate__iso_code")
    counts.update(code for cluster, code in beside if seats[cluster] != code)
    return counts
