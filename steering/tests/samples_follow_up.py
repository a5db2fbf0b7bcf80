"""One message of each kind that the follow-up writes."""

from __future__ import annotations

from core.models import Message
from core.testing.messages import Sample, queued
from steering.domain import reports
from steering.tests.factories import make_action, make_person, make_recommendation


def progress_request() -> Message:
    """To the person in charge of an action that is overdue and answers a recommendation."""
    person = make_person()
    action = make_action(recommendation=make_recommendation(), due_in=-7, owner_person=person)
    return queued(reports.KIND, action, params={"person": person.pk})


SAMPLES: dict[str, Sample] = {reports.KIND: progress_request}
