"""What the search over everything shows of the committees."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core import finding
from core.finding import Found, ListSource
from core.formats import listed
from steering.models import Committee


def committee(row: Committee) -> Found:
    """Told apart by what it hangs under."""
    detail = listed([str(row.parent)] if row.parent is not None else [])
    return Found(str(row), detail, reverse("steering:committee-detail", args=[row.slug]))


def register() -> None:
    """Called when the app is ready."""
    finding.register("committees", ListSource(8, "steering:committee-list", _("Committees"), "committee", committee))
