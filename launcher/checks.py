"""The checks of `./portal check`: what each runs, two at a time, a line each."""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from launcher.children import die_with_parent
from launcher.state import CHECKOUT

AT_ONCE = 2
LINES_SHOWN = 80
PROGRESS = "Linting "
# A portal in production, as `check --deploy` must find it clean; the addresses exist nowhere.
PRODUCTION = {
    "PORTAL_TEST": "",
    "PORTAL_URL": "https://portal.example",
    "EMAIL_URL": "smtp+tls://portal:not-a-real-password@mail.example:587",
    "FROM_EMAIL": "PASRI <portal@portal.example>",
}
DEPLOY = ("check", "--deploy", "--database", "default", "--fail-level", "WARNING")


@dataclass(frozen=True)
class Check:
    """One check: a name for people, the command, and what it finds in the environment beside the services.

    `first` is a command that makes the check possible; if it fails, so has the check.
    """

    name: str
    command: tuple[str, ...]
    env: Mapping[str, str]
    first: tuple[str, ...] | None = None


def all_checks() -> list[Check]:
    """Every check, the slow ones first."""
    plain: dict[str, str] = {"PORTAL_TEST": "1"}
    manage = ("manage.py",)
    return [
        Check("types (mypy, strict)", ("-m", "mypy", *typed_paths()), plain),
        Check("templates (djlint)", ("-m", "djlint", "--lint", "--quiet", *template_folders()), plain),
        Check("deploy checks", (*manage, *DEPLOY), PRODUCTION, first=(*manage, "migrate", "--verbosity", "0")),
        Check("migrations", (*manage, "makemigrations", "--check", "--dry-run"), plain),
        Check("catalogues (fr, ar)", (*manage, "catalogues", "--check"), plain),
        Check("lint (ruff)", ("-m", "ruff", "check", "--output-format", "concise", "."), plain),
        Check("format (ruff)", ("-m", "ruff", "format", "--check", "--output-format", "concise", "."), plain),
    ]


def typed_paths() -> list[str]:
    """What is typed strictly: core/, each app's domain/ and permissions, and the launcher."""
    found = [CHECKOUT / "core", CHECKOUT / "launcher", *CHECKOUT.glob("*/domain"), *CHECKOUT.glob("*/permissions.py")]
    return [str(path.relative_to(CHECKOUT)) for path in sorted(found) if path.exists()]


def template_folders() -> list[str]:
    """templates/ and each app's own."""
    found = [CHECKOUT / "templates", *CHECKOUT.glob("*/templates")]
    return [str(path.relative_to(CHECKOUT)) for path in sorted(found) if path.is_dir()]


@dataclass
class _Running:
    check: Check
    process: subprocess.Popen[bytes]
    output: IO[bytes]
    since: float
    rest: list[tuple[str, ...]]


def run_checks(python: Path, env: Mapping[str, str]) -> list[str]:
    """Run all of them, also after a failure; print a line each, and what the failed ones said. Returns their names."""
    waiting = all_checks()
    running: list[_Running] = []
    failed: list[str] = []
    while waiting or running:
        while waiting and len(running) < AT_ONCE:
            running.append(_begin(waiting.pop(0), python, env))
        for job in [job for job in running if job.process.poll() is not None]:
            if job.process.returncode == 0 and job.rest:
                job.process = _start(job.check, job.rest.pop(0), python, env, job.output)
                continue
            running.remove(job)
            if not _report(job):
                failed.append(job.check.name)
        time.sleep(0.02)
    return failed


def _begin(check: Check, python: Path, env: Mapping[str, str]) -> _Running:
    output = tempfile.TemporaryFile()  # noqa: SIM115  (_report closes it)
    command, *rest = [command for command in (check.first, check.command) if command]
    return _Running(check, _start(check, command, python, env, output), output, time.monotonic(), rest)


def _start(
    check: Check, command: Sequence[str], python: Path, env: Mapping[str, str], output: IO[bytes]
) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [str(python), *command],
        cwd=CHECKOUT,
        env=dict(os.environ) | dict(env) | dict(check.env),
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT,
        preexec_fn=die_with_parent(),
    )


def _report(job: _Running) -> bool:
    good = job.process.returncode == 0
    print(f"{'ok    ' if good else 'FAILED'}  {job.check.name} ({time.monotonic() - job.since:.1f} s)", flush=True)
    with job.output:
        if not good:
            job.output.seek(0)
            print(readable(job.output.read().decode("utf-8", "replace"), job.check), flush=True)
    return good


def readable(said: str, check: Check) -> str:
    """The output without colours and progress bars, and not more of it than a person reads."""
    lines = [line.rsplit("\r", 1)[-1].rstrip() for line in re.sub(r"\x1b\[[0-9;]*[A-Za-z]", "", said).split("\n")]
    lines = [line for line in lines if line and not line.startswith(PROGRESS)]
    if len(lines) > LINES_SHOWN:
        rest = f"... and {len(lines) - LINES_SHOWN} more lines: python {' '.join(check.command)}"
        lines = [*lines[: LINES_SHOWN - 5], rest, *lines[-5:]]
    return "\n".join(lines)
