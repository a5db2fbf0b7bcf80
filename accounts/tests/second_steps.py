"""Second steps for tests: what an app would show, and the ways through the pages."""

from __future__ import annotations

import json
import re
import time
from html import unescape
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.urls import reverse

from accounts.domain import factors
from accounts.models import User
from accounts.tests.factories import PASSWORD
from core.testing.client import StrictClient


def code_of(secret: str, *, steps: int = 0) -> str:
    """What the app shows now, or `steps` half-minutes from now."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


def give_app(user: User) -> str:
    """The account has an app with this secret, as it lies in the database: without mail or journal."""
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    return secret


def recovery_codes(user: User) -> list[str]:
    codes = factors.codes_of(user)
    assert codes is not None
    found: list[str] = codes.get_unused_codes()
    return found


def by_password(client: StrictClient, user: User, query: str = "") -> Any:
    """The first step."""
    return client.post(reverse("account_login") + query, {"login": user.email, "password": PASSWORD})


def by_code(client: StrictClient, code: str) -> Any:
    """The second step."""
    return client.post(reverse("mfa_authenticate"), {"code": code})


def options_on(page: Any) -> dict[str, Any]:
    """What the page asks the browser for."""
    found = re.search(r'data-options="([^"]*)"', page.content.decode())
    assert found is not None
    options: dict[str, Any] = json.loads(unescape(found[1]))
    return options


def kinds_of(user: User) -> set[str]:
    return set(Authenticator.objects.filter(user_id=user.pk).values_list("type", flat=True))
