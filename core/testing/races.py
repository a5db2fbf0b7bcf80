"""Races: threads with their own connections that start at the same instant."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import TypeVar

from django.db import connections

T = TypeVar("T")


class _Nothing:
    """What a thread has given before it ends."""


def race(*works: Callable[[], T], timeout: float = 60.0) -> list[T | Exception]:
    """Run every work in its own thread and connection, all released together; results or errors in their order.

    The test needs `@pytest.mark.django_db(transaction=True)`: what a test's own transaction holds, threads cannot see.
    """
    barrier = threading.Barrier(len(works))
    results: list[T | Exception | _Nothing] = [_Nothing()] * len(works)

    def run(index: int, work: Callable[[], T]) -> None:
        try:
            barrier.wait(timeout)
            results[index] = work()
        except Exception as error:
            results[index] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair, daemon=True) for pair in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout)
    if any(thread.is_alive() for thread in threads):
        raise AssertionError(f"A race did not end within {timeout} s")
    return [result for result in results if not isinstance(result, _Nothing)]


def errors_in(results: Sequence[object]) -> list[Exception]:
    """Those who met an error."""
    return [result for result in results if isinstance(result, Exception)]
