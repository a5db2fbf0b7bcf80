"""`./portal help`: every subcommand in a line."""

from __future__ import annotations

from importlib import import_module

from launcher.commands import NAMES

SUMMARY = "help: these lines"


def run(args: list[str]) -> int:
    """Print each subcommand's line, then what is read from the environment."""
    rows = [import_module(f"launcher.commands.{name}").SUMMARY.split(": ", 1) for name in NAMES]
    width = max(len(usage) for usage, _ in rows)
    print("./portal ...")
    for usage, what in rows:
        print(f"  {usage:<{width}}  {what}")
    print("Read from the environment: PORT, PORTAL_BIND, PORTAL_URL, PORTAL_STATE, DATABASE_URL, REDIS_URL, EMAIL_URL,")
    print("PORTAL_PYTHON, PORTAL_VENV; docs/operations.md explains each.")
    return 0
