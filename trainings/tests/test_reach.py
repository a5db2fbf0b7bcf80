"""The nightly purge leaves those alone whom the trainings still need to reach."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from directory.domain import retention
from directory.models import Person
from directory.tests.factories import make_person
from trainings.models import SessionTrainer
from trainings.tests.factories import make_registration, make_session

pytestmark = pytest.mark.django_db
NOW = timezone.now()
LONG_AGO = NOW - timedelta(days=5 * 365 + 1)


def test_contacts_of_who_teaches_or_takes_part_stay_for_a_year_after_the_session() -> None:
    coming = make_session()
    over = make_session("held", starts_on=NOW.date() - timedelta(days=400))
    people = {name: make_person(created_at=LONG_AGO) for name in ("teaches", "attends", "taught", "nobody")}
    SessionTrainer.objects.create(session=coming, person=people["teaches"])
    SessionTrainer.objects.create(session=over, person=people["taught"])
    make_registration(part=coming.parts.get(), person=people["attends"], state="confirmed")
    assert retention.purge_contacts(NOW) == 2
    reachable = set(Person.objects.filter(email__isnull=False))
    assert {people["teaches"], people["attends"]} <= reachable
    assert not {people["taught"], people["nobody"]} & reachable
