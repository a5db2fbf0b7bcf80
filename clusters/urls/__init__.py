"""Addresses of the clusters: the staff side, and the public directory."""

from __future__ import annotations

from clusters.urls import staff

app_name = "clusters"

urlpatterns = [*staff.urlpatterns]
