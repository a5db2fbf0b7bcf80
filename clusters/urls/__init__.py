"""Addresses of the clusters: the staff side, and the public directory."""

from __future__ import annotations

from clusters.urls import public, staff

app_name = "clusters"

urlpatterns = [*public.urlpatterns, *staff.urlpatterns]
