"""Two hundred sequences of acts on a waiting list, on real PostgreSQL; and faults put in on purpose, each one found."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import DatabaseError
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from trainings.tests.queue_faults import FAULTS
from trainings.tests.queue_machine import QueueMachine, make_world

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("queue-machine")]

# The same sequences at every run, nothing kept between runs: a failure is a failure everywhere.
SEQUENCES = settings(
    max_examples=200,
    stateful_step_count=8,
    derandomize=True,
    database=None,
    deadline=None,
    phases=[Phase.generate],  # sequences are short: to make them shorter takes minutes
    suppress_health_check=list(HealthCheck),
    report_multiple_bugs=False,
)


@pytest.mark.feature(27)
@pytest.mark.feature(28)
def test_waiting_list_holds_under_any_sequence_of_acts() -> None:
    make_world()
    run_state_machine_as_test(QueueMachine, settings=SEQUENCES)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__)
def test_fault_is_found(fault: Callable[[pytest.MonkeyPatch], None], monkeypatch: pytest.MonkeyPatch) -> None:
    """By what the machine asserts, or by a constraint of the database: each stops the sequence that meets it."""
    make_world()
    fault(monkeypatch)
    with pytest.raises((AssertionError, DatabaseError)):
        run_state_machine_as_test(QueueMachine, settings=settings(SEQUENCES, max_examples=100))
