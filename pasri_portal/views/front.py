"""The portal's front door, open to everybody."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from trainings.models import Session

SHOWN = 4


@login_not_required
@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """What the portal is, the next sessions, and what anybody may do here."""
    coming = Session.objects.public().upcoming(on=timezone.localdate()).order_by("starts_on", "id")
    context = {"coming": coming.select_related("governorate", "training__programme")[:SHOWN]}
    return render(request, "pasri_portal/front.html", context)
