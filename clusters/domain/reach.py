"""Whom the clusters still need to reach: the nightly purge of contacts leaves them alone."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from clusters.models import Animation, Membership


def needed(now: datetime) -> Q:
    """Artisans who are members today, and animators of today."""
    today = timezone.localdate(now)
    members = Membership.objects.in_force(on=today).filter(person=OuterRef("pk"))
    animators = Animation.objects.in_force(on=today).filter(person=OuterRef("pk"))
    return Q(Exists(members)) | Q(Exists(animators))
