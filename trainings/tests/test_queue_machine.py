"""Two hundred sequences of acts on a waiting list, on real PostgreSQL; and faults put in on purpose, each one found."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import DatabaseError
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from trainings.tests.queue_faults import FAULTS, Fault
from trainings.tests.queue_machine import QueueMachine, make_world

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("world")]

# The same sequences at every run, nothing kept between runs: a failure is a failure everywhere.
SEQUENCES = settings(
    max_examples=100,
    stateful_step_count=6,
    derandomize=True,
    database=None,
    deadline=None,
    phases=[Phase.generate],  # sequences are short: to make them shorter takes minutes
    suppress_health_check=list(HealthCheck),
    report_multiple_bugs=False,
)


@pytest.fixture
def world() -> None:
    make_world()


FOUND_SOON = {
    "category_is_ignored_in_the_queue": 4,
    "postponement_renumbers_the_ranks": 6,
    "new_date_forgets_the_queue": 6,
    "more_places_forget_the_queue": 5,
}


def run(number: int, **changes: Any) -> None:
    """Sequences that begin from the seed `number`, other ones for each."""
    machine = seed(number)(type("SeededQueueMachine", (QueueMachine,), {}))
    run_state_machine_as_test(machine, settings=settings(SEQUENCES, **changes))


@pytest.mark.feature(26)
@pytest.mark.feature(27)
@pytest.mark.feature(28)
@pytest.mark.parametrize(
    "number", [pytest.param(n, marks=pytest.mark.xdist_group(f"queue-machine-{n}")) for n in (1, 2)]
)
def test_waiting_list_holds_under_any_sequence_of_acts(number: int) -> None:
    run(number)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__)
def test_fault_is_found(fault: Fault, monkeypatch: pytest.MonkeyPatch) -> None:
    """By what the machine asserts, or by a constraint of the database: either stops the sequence.

    A seed that finds the fault soon is tried first; each other one tries other sequences than more of the same would.
    """
    fault(monkeypatch)
    with pytest.raises((AssertionError, DatabaseError)):
        for number in (FOUND_SOON.get(fault.__name__, 3), *range(3, 15)):
            run(number, max_examples=10)
