"""GET changes nothing: every address is opened by several visitors, and no business row may differ afterwards."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import connection

from accounts.models import User
from accounts.tests.factories import make_user
from core.testing.client import StrictClient
from pasri_portal.tests.addresses import rows, url_of
from pasri_portal.tests.house import APPS

ROWS = rows()
NOT_BUSINESS = frozenset({"accounts_session", "core_readentry", "steering_visit"})
"""Sessions note when they were used, lists of people who read them, boards when somebody last saw them.

(The cache of limits and Django's own tables are no models of ours.)"""

pytestmark = pytest.mark.django_db


def tables() -> list[str]:
    ours = [model for app in APPS for model in apps.get_app_config(app).get_models()]
    return sorted({model._meta.db_table for model in ours} - NOT_BUSINESS)


def state() -> dict[str, tuple[int, str | None]]:
    """How many rows each table holds, and a hash of all of them."""
    found = {}
    with connection.cursor() as cursor:
        for table in tables():
            name = connection.ops.quote_name(table)
            cursor.execute(f"SELECT count(*), md5(string_agg(t::text, '|' ORDER BY t::text)) FROM {name} t")  # noqa: S608
            found[table] = cursor.fetchone()
    return found


def differences(before: dict[str, object], after: dict[str, object]) -> list[str]:
    return sorted(table for table in after if after[table] != before[table])


@pytest.fixture
def addresses() -> dict[str, str]:
    """Every address that answers GET, with the objects that it needs."""
    return {name: url_of(name, row) for name, row in ROWS.items() if row.method == "get"}


@pytest.mark.parametrize("role", ["manager", "trainer", None])
def test_opening_every_address_changes_no_row(role: str | None, addresses: dict[str, str]) -> None:
    browser = StrictClient()
    if role:
        browser.force_login(make_user(role))
    before = state()
    for url in addresses.values():
        browser.get(url)
    changed = differences(before, state())
    assert changed == [], culprits(browser, addresses)


def culprits(browser: StrictClient, addresses: dict[str, str]) -> dict[str, list[str]]:
    """Which address changes which tables: asked only once it is known that one does."""
    found = {}
    for name, url in addresses.items():
        before = state()
        browser.get(url)
        found[name] = differences(before, state())
    return {name: changed for name, changed in found.items() if changed}


def test_a_changed_row_is_seen() -> None:
    """The twin: the hash notices one letter in one row, and a row more."""
    user = make_user("officer")
    before = state()
    User.objects.filter(pk=user.pk).update(full_name="Autre")
    assert "accounts_user" in differences(before, state())
    before = state()
    make_user(None)
    assert {"accounts_user", "accounts_userevent"} <= set(differences(before, state()))
