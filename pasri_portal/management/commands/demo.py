"""`./portal manage demo load|remove`: the demonstration comes and goes whole."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from pasri_portal.demo import loading, removal


class Command(BaseCommand):
    """Refuses with a sentence where the demonstration has no place."""

    help = "Loads the demonstration (May 2014 and a fictional season), or removes it whole."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("act", choices=["load", "remove"])

    def handle(self, *args: Any, **options: Any) -> None:
        if options["act"] == "load":
            try:
                made = loading.load(now=timezone.now())
            except loading.CannotLoad as error:
                raise CommandError(str(error)) from error
            self.stdout.write(f"Demonstration loaded: {made.sessions} sessions, {len(made.accounts)} accounts.")
        else:
            try:
                gone = removal.remove()
            except removal.CannotRemove as error:
                raise CommandError(str(error)) from error
            self.stdout.write(f"Demonstration removed: {sum(gone.values())} rows.")
