"""A list page asks the database as often for three rows as for one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

LIMIT = 12


def queries_of(client: Client, url: str) -> list[str]:
    """The SQL of one GET, after a first one has filled the caches."""
    for _round in range(2):
        with CaptureQueriesContext(connection) as captured:
            response = client.get(url)
        if response.status_code != 200:
            raise AssertionError(f"{url}: {response.status_code}")
    return [query["sql"] for query in captured.captured_queries]


def assert_flat_queries(
    client: Client, url: str | Callable[[], str], make_one: Callable[[], Any], *, limit: int = LIMIT
) -> int:
    """Make one row, count the queries of the page; make two more, count again: the same number, at most `limit`."""
    make_one()
    address = url if isinstance(url, str) else url()
    one = queries_of(client, address)
    make_one()
    make_one()
    three = queries_of(client, address)
    if len(one) != len(three):
        raise AssertionError(f"{address}: {len(one)} queries with 1 row, {len(three)} with 3:\n" + "\n".join(three))
    if len(three) > limit:
        raise AssertionError(f"{address}: {len(three)} queries, at most {limit}:\n" + "\n".join(three))
    return len(three)
