"""Whom the trainings still need to reach: the nightly purge of contacts leaves them alone."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q

from trainings.models import Registration, SessionTrainer

AFTER = timedelta(days=365)
"""After a session has ended: time for certificates, corrections and the questions that follow."""


def needed(now: datetime) -> Q:
    """Persons who take part or teach in a session that is to come or ended less than a year ago."""
    recent = (now - AFTER).date()
    taught = SessionTrainer.objects.filter(person=OuterRef("pk"), session__ends_on__gte=recent)
    attended = Registration.objects.confirmed().filter(person=OuterRef("pk"), part__session__ends_on__gte=recent)
    return Q(Exists(taught)) | Q(Exists(attended))
