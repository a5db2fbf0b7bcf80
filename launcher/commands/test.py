"""`./portal test`: the same set-up as `up`, then every check and every test but the drills."""

from __future__ import annotations

import sys
from urllib.parse import urlsplit

from launcher.browser import ensure_browser
from launcher.checks import run_checks
from launcher.packages import Level, ensure
from launcher.proofs import WORKERS, run_pytest
from launcher.services import DATABASE, disposable_services

SUMMARY = "test [pytest arguments]: every check, then every test (with arguments: only those tests)"
EVERY_TEST = ["-m", "not drill", *WORKERS, "-q", "-rs"]


def run(args: list[str]) -> int:
    """Checks and tests; with arguments pytest alone. The exit code is honest: 0 only if all of it passed."""
    python = ensure(Level.DEVELOPMENT)
    browser, why = ensure_browser()
    if browser is None:
        print(f"Browser tests will be skipped: {why}.", flush=True)
    with disposable_services() as services:
        env = services.env | ({"PORTAL_CHROMIUM": browser} if browser else {"PORTAL_NO_BROWSER": why})
        failed: list[str] = []
        if not args:
            failed = run_checks(python, env)
            if services.embedded_database:  # empty but for the migrations, which the checks ran
                env |= {"PORTAL_TEST_TEMPLATE": urlsplit(env[DATABASE]).path.strip("/")}
        code = run_pytest(python, args or EVERY_TEST, env)
    if failed:
        print(f"Checks that failed: {', '.join(failed)} (see above).", file=sys.stderr, flush=True)
    return code or (1 if failed else 0)
