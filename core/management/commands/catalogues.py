"""Keeps the interface strings complete: update (default), --check, --compile."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from core import catalogue_checks, catalogues


class Command(BaseCommand):
    help = "Brings the interface strings of every language in line with the sources; --check says what is missing."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        choice = parser.add_mutually_exclusive_group()
        choice.add_argument("--check", action="store_true", help="change nothing, fail when a string is not right")
        choice.add_argument("--compile", action="store_true", help="compile the text catalogues as they are")

    def handle(self, *args: str, **options: bool) -> None:
        root = Path(settings.BASE_DIR)
        if options["compile"]:
            catalogues.compile_all(root)
            return
        if not options["check"]:
            catalogues.update(root)
        found = list(catalogue_checks.problems(root))
        for problem in found:
            self.stderr.write(str(problem))
        if found:
            raise CommandError(f"{len(found)} strings are not right.")
        self.stdout.write("Every string is translated: " + ", ".join(catalogues.LANGUAGES) + ".")
