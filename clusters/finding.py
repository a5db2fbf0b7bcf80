"""What the search over everything shows of clusters."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from clusters.models import Cluster
from core import finding
from core.finding import Found, ListSource
from core.formats import listed


def cluster(row: Cluster) -> Found:
    detail = listed([row.get_kind_display(), str(row.governorate), row.get_state_display()])
    return Found(str(row), detail, reverse("clusters:cluster-detail", args=[row.slug]))


def register() -> None:
    """Called when the app is ready."""
    finding.register("clusters", ListSource(10, "clusters:cluster-list", _("Clusters"), "fil", cluster))
