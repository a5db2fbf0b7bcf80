"""`./portal bench`: what the portal costs beside the floor of Django itself, on services of its own."""

from __future__ import annotations

import os
import subprocess

from launcher.browser import find_browser
from launcher.packages import Level, ensure
from launcher.services import disposable_services
from launcher.state import CHECKOUT

SUMMARY = "bench [--short]: every measure beside the floor of Django, one JSON line each"


def run(args: list[str]) -> int:
    """Run `python -m bench` with these arguments on an empty database; its exit code."""
    python = ensure(Level.DEVELOPMENT)
    browser = find_browser()
    with disposable_services() as services:
        env = os.environ | services.env | ({"PORTAL_CHROMIUM": browser} if browser else {})
        done = subprocess.run([str(python), "-m", "bench", *args], cwd=CHECKOUT, env=env)
    return done.returncode
