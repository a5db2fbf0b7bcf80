"""The virtual environment: made and filled when the requirements files change, by uv where it is there, else by pip."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import IntEnum
from pathlib import Path

from launcher.errors import Refusal
from launcher.state import CHECKOUT, venv_path

STAMP = "portal-packages.json"


class Level(IntEnum):
    """How much is installed; each level contains the one before."""

    RUNTIME = 1
    EMBEDDED = 2
    DEVELOPMENT = 3


FILES = {
    Level.RUNTIME: ("requirements.txt",),
    Level.EMBEDDED: ("requirements.txt", "requirements-embedded.txt"),
    Level.DEVELOPMENT: ("requirements-dev.txt",),
}


def runtime_level() -> Level:
    """The embedded servers are needed unless both addresses are given."""
    given = os.environ.get("DATABASE_URL") and os.environ.get("REDIS_URL")
    return Level.RUNTIME if given else Level.EMBEDDED


def ensure(level: Level) -> Path:
    """The Python of an environment that holds at least this level; installs what is missing."""
    venv = venv_path()
    python = venv / "bin" / "python"
    if _holds(venv, level):
        return python
    with _one_at_a_time(venv):
        if not _holds(venv, level):
            (venv / STAMP).unlink(missing_ok=True)
            print("Installing packages (once; about half a minute) ...", flush=True)
            if not (shutil.which("uv") and _install_with_uv(venv, level)):
                _install_with_pip(venv, level)
            (venv / STAMP).write_text(json.dumps({"level": level, "digest": digest()}), encoding="utf-8")
    return python


def digest() -> str:
    """What the requirements files say, as one number: a change means another installation."""
    content = b"\0".join(path.read_bytes() for path in sorted(CHECKOUT.glob("requirements*.txt")))
    return hashlib.sha256(content).hexdigest()


def _holds(venv: Path, level: Level) -> bool:
    if not (venv / "bin" / "python").exists():
        return False
    try:
        stamp = json.loads((venv / STAMP).read_text(encoding="utf-8"))
        return bool(stamp["digest"] == digest() and stamp["level"] >= level)
    except (OSError, ValueError, KeyError):
        return False


@contextmanager
def _one_at_a_time(venv: Path) -> Iterator[None]:
    try:
        venv.parent.mkdir(parents=True, exist_ok=True)
        lock = venv.with_name(venv.name + ".lock").open("w")
    except OSError as error:
        raise Refusal(
            f"the virtual environment {venv} cannot be written ({error.strerror}). "
            "Start as the owner of the checkout, or set PORTAL_VENV to another folder."
        ) from error
    with lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _requirements(level: Level) -> list[str]:
    return [argument for name in FILES[level] for argument in ("-r", str(CHECKOUT / name))]


def _install_with_uv(venv: Path, level: Level) -> bool:
    python = venv / "bin" / "python"
    if not python.exists() and _run(
        ["uv", "venv", "--quiet", "--allow-existing", "--python", sys.executable, str(venv)]
    ):
        return False
    complaint = _run(["uv", "pip", "install", "--quiet", "--python", str(python), *_requirements(level)])
    if complaint:
        print("uv could not install the packages; trying pip.", flush=True)
    return not complaint


def _install_with_pip(venv: Path, level: Level) -> None:
    python = str(venv / "bin" / "python")
    if _run([python, "-m", "pip", "--version"]):
        complaint = _run([sys.executable, "-m", "venv", str(venv)])
        if complaint:
            raise Refusal(f"the virtual environment {venv} could not be made. Python said:\n{complaint}")
    # --no-compile: Python compiles what it imports, a fifth of what is installed.
    pip = [python, "-m", "pip", "install", "--quiet", "--no-compile", "--disable-pip-version-check"]
    complaint = _run([*pip, *_requirements(level)])
    if complaint:
        raise Refusal(
            "the packages could not be installed. The first start, and the first after the requirements have changed, "
            f"needs the network (or a package mirror in pip's own configuration). pip said:\n{complaint}"
        )


def _run(command: list[str]) -> str:
    """Empty when the command succeeded, else the end of what it said."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL, cwd=CHECKOUT)
    except OSError as error:
        return str(error)
    if done.returncode == 0:
        return ""
    return "\n".join((done.stderr or done.stdout).strip().splitlines()[-8:]) or f"exit code {done.returncode}"
