"""`./portal check`: lint, format, types, templates, migrations, catalogues, deploy checks."""

from __future__ import annotations

import argparse

from launcher.checks import run_checks
from launcher.packages import Level, ensure
from launcher.services import disposable_services

SUMMARY = "check: lint, format, types, templates, migrations, catalogues, deploy checks"


def run(args: list[str]) -> int:
    """Run every check on services of its own; 1 if any failed."""
    argparse.ArgumentParser(prog="./portal check", description=SUMMARY.split(": ", 1)[1]).parse_args(args)
    python = ensure(Level.DEVELOPMENT)
    with disposable_services() as services:
        failed = run_checks(python, services.env)
    print(f"checks: {len(failed)} failed ({', '.join(failed)})" if failed else "checks: all passed", flush=True)
    return 1 if failed else 0
