"""One export in a process of its own: `python -m bench.exporting ROWS USER` prints seconds and megabytes as JSON."""

from __future__ import annotations

import json
import os
import resource
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import django
from django.db import models

EVERYTHING = "state=all"


class Part:
    """Takes the rows of the list up to a number, and writes them as the portal does."""

    def __init__(self, rows: int) -> None:
        self.rows = rows
        self.seconds = 0.0

    def take(self, spec: Any, columns: Any, rows: models.QuerySet[Any]) -> None:
        from core.exports import workbook  # noqa: PLC0415  Django is set up by then
        from core.exports.sheet import sheet_of  # noqa: PLC0415

        since = time.perf_counter()
        sheet = sheet_of(spec, columns, rows.filter(pk__lte=self.rows))
        with tempfile.TemporaryFile() as out, tempfile.TemporaryDirectory() as folder:
            written = workbook.write(out, sheet, folder=Path(folder), tick=lambda done: None)
        self.seconds = time.perf_counter() - since
        if written != self.rows:
            raise SystemExit(f"{written} rows were written, not {self.rows}")


def main(rows: int, user: int) -> None:
    """Ask the list of registrations for its rows, as its page and its job do."""
    from django.urls import reverse  # noqa: PLC0415

    from accounts.models import User  # noqa: PLC0415
    from core.exports.work import ask  # noqa: PLC0415
    from core.models import Job  # noqa: PLC0415

    author = User.objects.get(pk=user)
    params = {"path": reverse("trainings:registration-index"), "query": "", "form": "xlsx"}
    job = Job(author=author, params=params, language="fr")
    before = _megabytes()
    part = Part(rows)
    ask(job, part)  # type: ignore[arg-type]
    sys.stdout.write(json.dumps({"seconds": part.seconds, "megabytes": _megabytes() - before}) + "\n")


def _megabytes() -> float:
    """The highest resident memory of this process so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pasri_portal.settings")
    django.setup()
    main(int(sys.argv[1]), int(sys.argv[2]))
