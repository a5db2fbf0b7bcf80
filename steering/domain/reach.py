"""Whom the committees still need to reach: the nightly purge of contacts leaves them alone."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from steering.models import Mandate


def needed(now: datetime) -> Q:
    """Who holds a mandate today, or from a later day."""
    mandates = Mandate.objects.filter(person=OuterRef("pk")).exclude(ends_on__lt=timezone.localdate(now))
    return Q(Exists(mandates))
