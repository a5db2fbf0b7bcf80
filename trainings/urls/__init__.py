"""Addresses of the trainings app: each area keeps its own list."""

from __future__ import annotations

from trainings.urls import attendance, certificates, feeds, registrations, sessions

app_name = "trainings"

urlpatterns = [
    *sessions.urlpatterns,
    *registrations.urlpatterns,
    *attendance.urlpatterns,
    *certificates.urlpatterns,
    *feeds.urlpatterns,
]
