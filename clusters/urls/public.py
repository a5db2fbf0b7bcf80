"""Addresses that everybody opens."""

from __future__ import annotations

from django.urls import path

from clusters.views import public

urlpatterns = [
    path("directory/", public.Directory.as_view(), name="directory"),
    path("directory/members/", public.MemberDirectory.as_view(), name="member-directory"),
    path("directory/clusters.csv", public.OpenData.as_view(), name="open-data"),
    path("directory/clusters/<slug:slug>/", public.PublicCluster.as_view(), name="public-cluster"),
]
