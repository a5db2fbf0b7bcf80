"""`python -m bench [--short]`: every measure, on the empty database that DATABASE_URL names."""

from __future__ import annotations

import argparse
import os
import time

import django

from bench.lines import say

SIZES = (1_000, 100_000, 1_000_000)
SHORT_SIZES = (1_000,)


def main() -> int:
    """0 when every measure ran: a goal that was missed is printed, and fails nothing."""
    parser = argparse.ArgumentParser(prog="./portal bench", description="Measures the portal beside Django's floor.")
    parser.add_argument("--short", action="store_true", help="few rows and few requests: only that each measure runs")
    parser.add_argument("--rows", type=int, nargs="+", help="registrations at which the pages are measured")
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pasri_portal.settings")
    django.setup()
    from bench.run import Bench  # noqa: PLC0415  models need the set-up

    sizes = tuple(options.rows or (SHORT_SIZES if options.short else SIZES))
    since = time.perf_counter()
    missed = Bench(sizes=sizes, heavy=sizes[-1], short=options.short).run()
    say(f"bench: {time.perf_counter() - since:.0f} s, {len(missed)} goals missed")
    for line in missed:
        say(f"  missed: {line.measure} at {line.rows:,}: {line.value} {line.unit} ({line.goal})")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
