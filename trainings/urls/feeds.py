"""Addresses of one's own calendar; the secret one is a short address."""

from __future__ import annotations

from django.urls import path

from trainings.views import feeds

urlpatterns = [
    path("accounts/me/calendar/", feeds.OwnCalendar.as_view(), name="own-calendar"),
    path("accounts/me/calendar/make/", feeds.CalendarMake.as_view(), name="own-calendar-make"),
    path("accounts/me/calendar/stop/", feeds.CalendarStop.as_view(), name="own-calendar-stop"),
]
