"""Addresses of the plans: boards, versions, reviews, the red thread, what everybody reads."""

from __future__ import annotations

from django.urls import URLPattern, path

from steering.views import accountability, plan_versions, plans, reviews, thread

VERSION = "plans/<slug:slug>/versions/<int:number>/"

urlpatterns: list[URLPattern] = [
    path("plans/", plans.PlanList.as_view(), name="plan-list"),
    path("plans/new/", plans.PlanCreate.as_view(), name="plan-create"),
    path("plans/<slug:slug>/", plans.PlanBoard.as_view(), name="plan-detail"),
    path("plans/<slug:slug>/edit/", plans.PlanEdit.as_view(), name="plan-edit"),
    path("plans/<slug:slug>/history/", plans.PlanHistory.as_view(), name="plan-history"),
    path("plans/<slug:slug>/next/", plans.PlanNewVersion.as_view(), name="plan-new-version"),
    path("plans/<slug:slug>/publish/", plans.PlanPublish.as_view(), name="plan-publish"),
    path("plans/<slug:slug>/withdraw/", plans.PlanWithdraw.as_view(), name="plan-withdraw"),
    path(VERSION, plan_versions.VersionDetail.as_view(), name="version-detail"),
    path(f"{VERSION}history/", plan_versions.VersionHistory.as_view(), name="version-history"),
    path(f"{VERSION}compare/", plan_versions.VersionDiff.as_view(), name="version-diff"),
    path(f"{VERSION}actions/", plan_versions.VersionChoose.as_view(), name="version-choose"),
    path(f"{VERSION}ask/", plan_versions.VersionAsk.as_view(), name="version-ask"),
    path(f"{VERSION}deadline/", plan_versions.VersionExtend.as_view(), name="version-extend"),
    path(f"{VERSION}draft/", plan_versions.VersionBack.as_view(), name="version-back"),
    path(f"{VERSION}adopt/", plan_versions.VersionAdopt.as_view(), name="version-adopt"),
    path(f"{VERSION}close/", plan_versions.VersionClose.as_view(), name="version-close"),
    path(f"{VERSION}remind/", plan_versions.VersionRemind.as_view(), name="version-remind"),
    path(f"{VERSION}review/", reviews.ReviewView.as_view(), name="review"),
    path("review/<str:token>/", reviews.ReviewPage.as_view(), name="review-page"),
    path("thread/", thread.Thread.as_view(), name="thread"),
    path("thread/orphans/", thread.OrphanList.as_view(), name="orphans"),
    path("accountability/", accountability.AccountabilityList.as_view(), name="accountability-list"),
    path("accountability/<slug:slug>/", accountability.Accountability.as_view(), name="accountability"),
]
