"""Addresses of the staff side, under `/clusters/`."""

from __future__ import annotations

from django.urls import path

from clusters.views import animators, clusters, members, phases, territory

ONE = "clusters/file/<slug:slug>/"

urlpatterns = [
    path("clusters/", clusters.ClusterList.as_view(), name="cluster-list"),
    path("clusters/new/", clusters.ClusterCreate.as_view(), name="cluster-create"),
    path("clusters/territory/", territory.Territory.as_view(), name="territory"),
    path(ONE, clusters.ClusterDetail.as_view(), name="cluster-detail"),
    path(f"{ONE}edit/", clusters.ClusterEdit.as_view(), name="cluster-edit"),
    path(f"{ONE}publish/", clusters.ClusterPublish.as_view(), name="cluster-publish"),
    path(f"{ONE}confirm/", clusters.ClusterConfirm.as_view(), name="cluster-confirm"),
    path(f"{ONE}withdraw/", clusters.ClusterWithdraw.as_view(), name="cluster-withdraw"),
    path(f"{ONE}archive/", clusters.ClusterArchive.as_view(), name="cluster-archive"),
    path(f"{ONE}history/", clusters.ClusterHistory.as_view(), name="cluster-history"),
    path(f"{ONE}phases/<str:track>/", phases.PhaseEnter.as_view(), name="phase-enter"),
    path("clusters/phases/<int:pk>/undo/", phases.PhaseUndo.as_view(), name="phase-undo"),
    path(f"{ONE}members/", members.MemberList.as_view(), name="member-list"),
    path(f"{ONE}members/new/", members.MemberAdd.as_view(), name="member-add"),
    path(f"{ONE}members/paste/", members.MemberImport.as_view(), name="member-import"),
    path("clusters/members/<int:pk>/edit/", members.MemberEdit.as_view(), name="member-edit"),
    path("clusters/members/<int:pk>/remove/", members.MemberRemove.as_view(), name="member-remove"),
    path(f"{ONE}animators/new/", animators.AnimatorAssign.as_view(), name="animator-assign"),
    path("clusters/animators/<int:pk>/hand-over/", animators.AnimatorHandOver.as_view(), name="animator-hand-over"),
    path("clusters/animators/<int:pk>/end/", animators.AnimatorEnd.as_view(), name="animator-end"),
]
