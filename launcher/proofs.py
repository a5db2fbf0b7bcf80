"""pytest in our terminal, for the commands that prove something."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Mapping
from pathlib import Path

from launcher.children import die_with_parent
from launcher.state import CHECKOUT

WORKERS = ("-n", "2", "--dist", "loadgroup")
"""Two processes; tests that share a portal stay together."""


def run_pytest(python: Path, args: list[str], env: Mapping[str, str]) -> int:
    """Its exit code; an interruption reaches it too, and it may still say what it has."""
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
