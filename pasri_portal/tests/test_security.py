"""What every answer carries, in the profile of the tests and in that of a production."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse

from accounts.tests.factories import PASSWORD, make_user
from core.testing.client import StrictClient
from pasri_portal.tests.addresses import rows, url_of

pytestmark = pytest.mark.django_db
POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'; manifest-src 'self'"
)


def directives(policy: str) -> set[str]:
    return {part.strip() for part in policy.split(";")}


def test_every_answer_carries_the_policy_and_its_companions(client: StrictClient) -> None:
    browser = StrictClient()
    browser.force_login(make_user("manager"))
    for answer in (
        client.get(reverse("front")),
        client.get(reverse("account_login")),
        client.get("/nowhere/"),
        client.get(reverse("home")),
        client.get("/healthz"),
        browser.get(reverse("home")),
        browser.get(reverse("accounts:user-list")),
    ):
        assert directives(answer["Content-Security-Policy"]) == directives(POLICY)
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["X-Frame-Options"] == "DENY"
        assert answer["Referrer-Policy"] == "same-origin"
        assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
        assert "Cookie" in answer["Vary"]
        assert "private" in answer["Cache-Control"] or "no-store" in answer["Cache-Control"]


def test_a_page_of_somebody_is_kept_nowhere(client: StrictClient) -> None:
    client.force_login(make_user("manager"))
    assert "no-store" in client.get(reverse("home"))["Cache-Control"]


def test_no_address_takes_a_post_without_its_token() -> None:
    """Whatever the right: the manager's own browser, used by another site, gets nothing done."""
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(make_user("manager"))
    let_in = {}
    for name, row in rows().items():
        status = browser.post(url_of(name, row)).status_code
        if status != 403:
            let_in[name] = status
    assert let_in == {}


def test_a_session_cookie_is_out_of_reach_of_scripts_and_of_other_sites(client: StrictClient) -> None:
    user = make_user("officer", password=PASSWORD)
    answer = client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    for name in (django_settings.SESSION_COOKIE_NAME, "device"):
        cookie = answer.cookies[name]
        assert cookie["httponly"] and cookie["samesite"] == "Lax", name
        assert not cookie["domain"]


@pytest.fixture
def production() -> dict[str, Any]:
    """What a browser sees of the portal behind https."""
    call_command("createcachetable")
    user = make_user("officer", password=PASSWORD)
    database = connection.settings_dict
    env = {
        **os.environ,
        "PORTAL_URL": "https://portail.example.tn",
        "EMAIL_URL": "smtps://portail:secret@mail.example.tn",
        "DATABASE_URL": "postgres://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format(**database),
        "SECRET_KEY": "k9" + "f3!x-Zq7_" * 8,
        "DJANGO_SETTINGS_MODULE": "pasri_portal.tests.production_settings",
    }
    command = [sys.executable, "-m", "pasri_portal.tests.production_probe", user.email, PASSWORD]
    done = subprocess.run(command, env=env, cwd=django_settings.BASE_DIR, capture_output=True, text=True, timeout=90)
    assert done.returncode == 0, done.stderr
    seen: dict[str, Any] = json.loads(done.stdout)
    return seen


@pytest.mark.django_db(transaction=True)
def test_a_production_speaks_https_alone_and_keeps_its_cookies_to_itself(production: dict[str, Any]) -> None:
    assert production["plain"] == [301, "https://portail.example.tn/accounts/login/"]
    assert production["health"] in {200, 503}, "the health page answers a probe on this machine without TLS"
    assert production["other_host"] == 400
    headers = production["headers"]
    assert headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains; preload"
    assert directives(headers["Content-Security-Policy"]) == directives(POLICY)
    assert production["signed_in"] == 302
    assert production["home"] == [302, "/accounts/me/second-step/"], "staff set up a second step before anything else"
    assert production["second_step"] == 200
    assert "no-store" in production["private"]["Cache-Control"]
    assert set(production["cookies"]) >= {"__Host-sessionid", "__Host-csrftoken", "__Host-device"}
    for name, cookie in production["cookies"].items():
        assert name.startswith("__Host-"), name
        assert cookie["secure"] and cookie["httponly"] and cookie["samesite"] == "Lax" and cookie["path"] == "/", name
        assert "domain" not in cookie
