"""`./portal manage demo_accounts [--json]`: who may sign in to the demonstration, with which password."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from pasri_portal.demo.loading import read_accounts


class Command(BaseCommand):
    """Reads the file in the state folder; the database holds only hashes."""

    help = "Prints the accounts of the demonstration: role, e-mail address, password."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="a JSON list of role, email, password")

    def handle(self, *args: Any, **options: Any) -> None:
        rows = read_accounts()
        if options["json"]:
            self.stdout.write(json.dumps(rows))
        elif not rows:
            self.stdout.write("No demonstration is loaded.")
        else:
            for row in rows:
                self.stdout.write(f"{row['role']:10} {row['email']:26} {row['password']}")
