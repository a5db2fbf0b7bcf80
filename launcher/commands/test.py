"""`./portal test`: the same set-up as `up`, then every check and every test."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from launcher.browser import ensure_browser
from launcher.checks import run_checks
from launcher.children import die_with_parent
from launcher.packages import Level, ensure
from launcher.services import disposable_services
from launcher.state import CHECKOUT

SUMMARY = "test [pytest arguments]: every check, then every test (with arguments: only those tests)"


def run(args: list[str]) -> int:
    """Checks and tests; with arguments pytest alone. The exit code is honest: 0 only if all of it passed."""
    python = ensure(Level.DEVELOPMENT)
    browser, why = ensure_browser()
    if browser is None:
        print(f"Browser tests will be skipped: {why}.", flush=True)
    with disposable_services() as services:
        env = services.env | ({"PORTAL_CHROMIUM": browser} if browser else {"PORTAL_NO_BROWSER": why})
        failed = [] if args else run_checks(python, env)
        code = _pytest(python, args or ["-n", "2", "--dist", "loadgroup", "-q", "-rs"], env)
    if failed:
        print(f"Checks that failed: {', '.join(failed)} (see above).", file=sys.stderr, flush=True)
    return code or (1 if failed else 0)


def _pytest(python: Path, args: list[str], env: Mapping[str, str]) -> int:
    """Run pytest in our terminal; an interruption reaches it too, and it may still say what it has."""
    process = subprocess.Popen(
        [str(python), "-P", "-m", "pytest", *args],
        cwd=CHECKOUT,
        env=dict(os.environ) | dict(env) | {"PORTAL_TEST": "1"},
        preexec_fn=die_with_parent(signal.SIGINT),
    )
    try:
        return process.wait()
    except KeyboardInterrupt:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
        return 130
