"""`./portal drill`: the long proofs, at their full length, on services of their own."""

from __future__ import annotations

from launcher.packages import Level, ensure
from launcher.proofs import WORKERS, run_pytest
from launcher.services import disposable_services

SUMMARY = "drill [pytest arguments]: the proofs that last too long for every test run (marked `drill`)"


def run(args: list[str]) -> int:
    """Every test marked `drill`, or those of them that the arguments choose; pytest's exit code."""
    python = ensure(Level.DEVELOPMENT)
    with disposable_services() as services:
        return run_pytest(python, ["-m", "drill", *WORKERS, "-q", "-rs", *args], services.env)
