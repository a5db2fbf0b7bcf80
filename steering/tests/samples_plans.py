"""One message of each kind about a plan."""

from __future__ import annotations

from functools import partial

from django.utils import timezone

from core.models import Message
from core.testing.messages import Sample, queued
from steering.domain import review_requests
from steering.models import Mandate, ReviewRequest
from steering.tests.factories import make_action
from steering.tests.plan_factories import add_entry, make_plan


def about(kind: str) -> Message:
    """A message to the titular of a seat whose institution is in charge of one of the actions."""
    version = make_plan(state="review", seats=1)
    mandate = Mandate.objects.get(seat__committee=version.plan.committee)
    add_entry(version, make_action(version.plan.committee, owner=mandate.seat.organisation))
    request = ReviewRequest.objects.create(plan_version=version, mandate=mandate, asked_at=timezone.now())
    return queued(kind, request)


SAMPLES: dict[str, Sample] = {kind: partial(about, kind) for kind in (review_requests.ASK, review_requests.REMIND)}
