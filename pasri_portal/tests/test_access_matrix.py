"""Every address × every role. The table is in `<app>/tests/access.py`; an address without a row is red."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import reverse

from accounts.tests.factories import make_user
from accounts.tests.matrix import ANONYMOUS, LOGIN, NOBODY, VISITORS, Answer
from core.testing.client import StrictClient
from pasri_portal.tests.addresses import names, rows, url_of

ROWS = rows()
REFUSALS = {LOGIN, 403, 404}


def test_every_address_has_a_row_and_every_row_an_address() -> None:
    addresses = set(names())
    assert sorted(addresses - set(ROWS)) == [], "addresses without a row in <app>/tests/access.py"
    assert sorted(set(ROWS) - addresses) == [], "rows without an address"


@pytest.fixture(scope="module")
def browsers(django_db_setup: None, django_db_blocker: Any) -> Iterator[dict[str, StrictClient]]:
    """One browser a visitor, signed in once for the whole matrix."""
    with django_db_blocker.unblock():
        people = {role: make_user(None if role == NOBODY else role) for role in VISITORS if role != ANONYMOUS}
        found = {visitor: StrictClient() for visitor in VISITORS}
        for visitor, person in people.items():
            found[visitor].force_login(person)
            found[visitor].get("/theme/")  # the session begins
        yield found
        for person in people.values():
            person.sessions.all().delete()
            person.grants.all().delete()
            person.delete()


@pytest.mark.feature(116)
@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(ROWS))
def test_access(name: str, browsers: dict[str, StrictClient]) -> None:
    row = ROWS[name]
    url = url_of(name, row)
    got = {visitor: answer_of(browsers[visitor], url, row.method) for visitor in VISITORS}
    assert got == dict(row.answers)
    refused = [visitor for visitor, answer in got.items() if answer in REFUSALS]
    posted = {visitor: answer_of(browsers[visitor], url, "post") for visitor in refused}
    assert all(answer in REFUSALS or answer == 405 for answer in posted.values()), posted


def answer_of(browser: StrictClient, url: str, method: str) -> Answer:
    response = getattr(browser, method)(url)
    if response.status_code == 302 and response.url.startswith(reverse("account_login") + "?next="):
        return LOGIN
    return response.status_code
