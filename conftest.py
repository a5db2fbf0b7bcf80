"""Fixtures that every app's tests share. The environment is set by `core.testing.environment` (see pytest.ini)."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.utils import translation

from core.testing import strict
from core.testing.client import StrictClient

pytest_plugins = ["core.testing.browser"]


def pytest_configure() -> None:
    django_settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    strict.install()
    if template := os.environ.get("PORTAL_TEST_TEMPLATE"):  # a migrated, empty database: copied, not made again
        django_settings.DATABASES["default"].setdefault("TEST", {})["TEMPLATE"] = template


@pytest.fixture
def client() -> StrictClient:
    """Nobody signed in."""
    return StrictClient()


@pytest.fixture
def client_for(db: None) -> Callable[..., StrictClient]:
    """`client_for(user)`: a browser in which this person is signed in."""

    def signed_in(user: Any, **kwargs: Any) -> StrictClient:
        browser = StrictClient(**kwargs)
        browser.force_login(user)
        return browser

    return signed_in


@pytest.fixture(autouse=True)
def _language_of_the_portal() -> Any:
    """Every test begins in French, whatever the one before it activated."""
    with translation.override("fr"):
        yield
