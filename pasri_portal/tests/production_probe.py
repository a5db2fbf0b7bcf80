"""Run by `test_security.py` in a process of its own, with the environment of a production: prints what it sees."""

from __future__ import annotations

import json
import sys

import django
from django.test import Client


def main(email: str, password: str) -> None:
    """Open the sign-in page over http and https, sign in, and print statuses, headers and cookies."""
    django.setup()
    over = {"secure": True, "HTTP_HOST": "portail.example.tn", "HTTP_X_FORWARDED_FOR": "192.0.2.1"}
    browser = Client()
    plain = browser.get("/accounts/login/", HTTP_HOST="portail.example.tn")
    health = browser.get("/healthz", HTTP_HOST="portail.example.tn")
    other = browser.get("/accounts/login/", secure=True, HTTP_HOST="evil.example")
    page = browser.get("/accounts/login/", **over)
    signed_in = browser.post("/accounts/login/", {"login": email, "password": password}, **over)
    home = browser.get("/home/", **over)
    second_step = browser.get("/accounts/me/second-step/", **over)
    cookies = {name: {key: value for key, value in c.items() if value} for name, c in browser.cookies.items()}
    seen = {
        "plain": [plain.status_code, plain.headers.get("Location", "")],
        "health": health.status_code,
        "other_host": other.status_code,
        "headers": dict(page.headers),
        "private": dict(home.headers),
        "signed_in": signed_in.status_code,
        "home": [home.status_code, home.headers.get("Location", "")],
        "second_step": second_step.status_code,
        "cookies": cookies,
    }
    sys.stdout.write(json.dumps(seen))


if __name__ == "__main__":
    main(*sys.argv[1:])
