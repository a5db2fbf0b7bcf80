"""The page after sign-in: what needs this person now, first."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.enums import Role
from directory.domain import calendar
from pasri_portal.home.roles import home_of


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Every signed-in person has one, whatever the roles."""
    now = timezone.now()
    today = timezone.localdate(now)
    context = {
        "home": home_of(request.user, now),
        "today": today,
        "working_time": calendar.why_closed(today) or calendar.regime_on(today) or "",
        "works": request.user.has_role(Role.MANAGER, Role.OFFICER, Role.TRAINER),
    }
    return render(request, "pasri_portal/home.html", context)
