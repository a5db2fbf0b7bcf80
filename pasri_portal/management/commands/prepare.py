"""Bring a database and the static files up to date before the web server starts; `./portal up` calls it each time."""

from __future__ import annotations

import hashlib
import io
import json
from contextlib import closing
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

# Two hosts that start at the same moment take turns; the number is arbitrary and ours.
ADVISORY_LOCK = 4_014_2014


class Command(BaseCommand):
    """Missing migrations, the cache's table, reference data, static files, the demo; prints one line of JSON."""

    help = "Brings the database and the static files up to date; prints one line of JSON."
    requires_system_checks: list[str] = []  # the checks run once the tables are there

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--demo", choices=("auto", "yes", "no"), default="no", help="auto: only if the database has no account"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        done: dict[str, Any] = {}
        with closing(connection.cursor()) as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [ADVISORY_LOCK])
            done["migrations"] = _migrate()
            _quietly("createcachetable")
            _quietly("reference")
            done["static"] = _collect_static()
            done["demo"] = _load_demo(options["demo"])
            cursor.execute("SELECT pg_advisory_unlock(%s)", [ADVISORY_LOCK])
        call_command("check", databases=["default"], deploy=settings.PRODUCTION, stdout=io.StringIO())
        self.stdout.write(json.dumps(done))


def _migrate() -> int:
    """How many migrations were missing (and are not any more)."""
    executor = MigrationExecutor(connection)
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if missing:
        _quietly("migrate", interactive=False)
    return len(missing)


def _collect_static() -> bool:
    """Collect the static files if their sources have changed since the last time; whether it was done."""
    root = Path(settings.STATIC_ROOT)
    stamp = root / ".sources"
    digest = _digest_of_sources()
    if stamp.exists() and stamp.read_text(encoding="utf-8") == digest:
        return False
    stamp.unlink(missing_ok=True)
    _quietly("collectstatic", interactive=False, clear=root.exists())
    stamp.write_text(digest, encoding="utf-8")
    return True


def _digest_of_sources() -> str:
    """Name, size and time of every source, and how they are stored."""
    rows = [settings.STORAGES["staticfiles"]["BACKEND"]]
    for finder in get_finders():
        for name, storage in finder.list([]):
            status = Path(storage.path(name)).stat()
            rows.append(f"{name} {status.st_size} {status.st_mtime_ns}")
    return hashlib.sha256("\n".join(sorted(rows)).encode()).hexdigest()


def _load_demo(wanted: str) -> str:
    """`loaded`, `present` (accounts are there already) or `none`."""
    if wanted == "no":
        return "none"
    accounts = get_user_model()._default_manager
    if accounts.filter(is_demo=True).exists() or (wanted == "auto" and accounts.exists()):
        return "present"
    _quietly("demo", "load")
    return "loaded"


def _quietly(name: str, *args: str, **options: Any) -> None:
    call_command(name, *args, stdout=io.StringIO(), verbosity=0, **options)
