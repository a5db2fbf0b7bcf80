"""`./portal manage reference`: load what is missing of the reference data; running it twice changes nothing."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from directory.domain import reference


class Command(BaseCommand):
    """Prints a line for each piece that changed something."""

    help = "Loads governorates, institutions, sectors, holidays, working-time regimes and consent texts."

    def handle(self, *args: Any, **options: Any) -> None:
        tallies = reference.load()
        for name, tally in tallies.items():
            if tally.added or tally.changed:
                self.stdout.write(f"{name}: {tally.added} added, {tally.changed} changed")
        if not any(tally.added or tally.changed for tally in tallies.values()):
            self.stdout.write("Reference data: up to date")
