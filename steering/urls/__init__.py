"""Addresses of the steering, one module a subject."""

from __future__ import annotations

from steering.urls import committees, follow_up, meetings, minutes, plans, room

app_name = "steering"

urlpatterns = [
    *committees.urlpatterns,
    *meetings.urlpatterns,
    *room.urlpatterns,
    *minutes.urlpatterns,
    *follow_up.urlpatterns,
    *plans.urlpatterns,
]
