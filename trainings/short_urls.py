"""Short addresses without a language: they lead to the page in the reader's own."""

from __future__ import annotations

from django.urls import path

from trainings.views import feeds, verification

app_name = "trainings_short"

urlpatterns = [
    path("c/<str:token>", verification.short_address, name="certificate"),
    path("calendar/<str:token>.ics", feeds.personal_calendar, name="calendar"),
]
