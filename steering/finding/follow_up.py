"""What the search over everything shows of recommendations and actions."""

from __future__ import annotations

from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from core import finding
from core.finding import Found, ListSource
from core.formats import listed
from steering.models import Action, Recommendation


def recommendation(row: Recommendation) -> Found:
    title = f"{row.code} – {Truncator(row.text).chars(120)}"
    detail = listed([str(row.committee), row.get_state_display()])
    return Found(title, detail, reverse("steering:recommendation-detail", args=[row.pk]))


def action(row: Action) -> Found:
    detail = listed([str(row.owner), row.get_state_display()])
    return Found(str(row), detail, reverse("steering:action-detail", args=[row.pk]))


def register() -> None:
    """Called when the app is ready."""
    finding.register(
        "recommendations", ListSource(12, "steering:recommendation-list", _("Recommendations"), "fil", recommendation)
    )
    finding.register("actions", ListSource(13, "steering:action-list", _("Actions"), "plan", action))
