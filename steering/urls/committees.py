"""Addresses of the committees."""

from __future__ import annotations

from django.urls import URLPattern, path

from steering.views import acts, committees, mandates, own_seat, seats, successions

ONE = "committees/<slug:slug>/"

urlpatterns: list[URLPattern] = [
    path("committees/", committees.CommitteeList.as_view(), name="committee-list"),
    path("committees/new/", committees.CommitteeCreate.as_view(), name="committee-create"),
    path(ONE, committees.CommitteeDetail.as_view(), name="committee-detail"),
    path(f"{ONE}edit/", committees.CommitteeEdit.as_view(), name="committee-edit"),
    path(f"{ONE}history/", committees.CommitteeHistory.as_view(), name="committee-history"),
    path(f"{ONE}act/", acts.ActPage.as_view(), name="committee-act"),
    path(f"{ONE}act/new/", acts.ActCreate.as_view(), name="act-create"),
    path("committees/acts/<int:pk>/edit/", acts.ActEdit.as_view(), name="act-edit"),
    path(f"{ONE}seats/", committees.SeatList.as_view(), name="seat-list"),
    path(f"{ONE}seats/new/", seats.SeatCreate.as_view(), name="seat-create"),
    path("seats/<int:pk>/", seats.SeatDetail.as_view(), name="seat-detail"),
    path("seats/<int:pk>/edit/", seats.SeatEdit.as_view(), name="seat-edit"),
    path("seats/<int:pk>/end/", seats.SeatEnd.as_view(), name="seat-end"),
    path("seats/<int:pk>/mandates/new/", mandates.MandateCreate.as_view(), name="mandate-create"),
    path("mandates/<int:pk>/edit/", mandates.MandateEdit.as_view(), name="mandate-edit"),
    path("mandates/<int:pk>/end/", mandates.MandateEnd.as_view(), name="mandate-end"),
    path("mandates/<int:pk>/replace/", mandates.MandateReplace.as_view(), name="mandate-replace"),
    path("mandates/<int:pk>/remove/", mandates.MandateRemove.as_view(), name="mandate-remove"),
    path("mandates/<int:pk>/link-account/", mandates.AccountLink.as_view(), name="account-link"),
    path("institutions/changes/", successions.SuccessionList.as_view(), name="succession-list"),
    path("institutions/changes/new/", successions.SuccessionCreate.as_view(), name="succession-create"),
    path("my-seat/", own_seat.OwnSeat.as_view(), name="own-seat"),
]
