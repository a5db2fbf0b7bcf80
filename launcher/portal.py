"""Web, worker and scheduler as in production, for the time of a `with`."""

from __future__ import annotations

import http.client
import json
import os
import socket
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Literal
from urllib.parse import urlsplit

from launcher.children import Child, die_with_parent, spawn, stop
from launcher.errors import Refusal
from launcher.state import CHECKOUT, log_path, open_state, tail, venv_path

Demo = Literal["auto", "yes", "no"]
WEB = "the web server"
WORKER = "the worker"
SCHEDULER = "the scheduler"
NOT_INHERITED = frozenset({"PORT", "PORTAL_URL", "PORTAL_TEST"})


@dataclass
class Portal:
    """One portal on one port. `env` bears DATABASE_URL, REDIS_URL and PORTAL_STATE (and EMAIL_URL where mail is sent).

    with Portal(env=services.env, port=8123) as portal: ...  # ready: portal.url answers
    """

    env: Mapping[str, str]
    port: int
    bind: str = "127.0.0.1"
    demo: Demo = "no"
    python: Path = field(default_factory=lambda: venv_path() / "bin" / "python")
    children: list[Child] = field(default_factory=list)
    prepared: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.state = open_state(Path(self.env["PORTAL_STATE"]))
        inherited = {name: value for name, value in os.environ.items() if name not in NOT_INHERITED}
        self.environment = inherited | {
            "PORT": str(self.port),
            "PORTAL_URL": f"http://localhost:{self.port}",
            "DJANGO_SETTINGS_MODULE": "pasri_portal.settings",
            "PYTHONPATH": str(CHECKOUT),
            "PYTHONUNBUFFERED": "1",
            **self.env,
        }
        self.url = self.environment["PORTAL_URL"].rstrip("/") + "/"

    def __enter__(self) -> Portal:
        try:
            self.prepare()
            self.start_web()
            self.wait()
            self.start_background()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def prepare(self) -> dict[str, Any]:
        """Migrations, reference data, static files, demo: one process; what it refuses is said in its own sentence."""
        log = log_path(self.state, "prepare")
        done = subprocess.run(
            [str(self.python), "-P", str(CHECKOUT / "manage.py"), "prepare", "--demo", self.demo],
            env=self.environment,
            cwd=CHECKOUT,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            preexec_fn=die_with_parent(),
        )
        with log.open("a", encoding="utf-8") as file:
            file.write(done.stdout + done.stderr)
        if done.returncode:
            raise Refusal(_refusal(done.stderr) or f"the preparation failed. Its log, {log}, ends with:\n{tail(log)}")
        self.prepared = json.loads(done.stdout.strip().splitlines()[-1])
        return self.prepared

    def start_web(self) -> None:
        """The web server comes first: on a small machine the others would slow its first page down."""
        self._start(WEB, "web", self._web())

    def start_background(self) -> None:
        """The worker and the scheduler, one of each."""
        self._start(WORKER, "worker", self._worker())
        self._start(SCHEDULER, "scheduler", self._scheduler())

    def wait(self, *, patience: float = 60.0) -> None:
        """Wait until the first page answers 200; one that answers an error has less time to think better of it."""
        since = time.monotonic()
        status: int | None = None
        while time.monotonic() - since < (patience if status is None else patience / 12):
            if dead := first_dead(self.children):
                raise Refusal(how_it_died(dead))
            status = self._first_page()
            if status == http.client.OK:
                return
            time.sleep(0.05)
        log = self.children[0].log
        answer = "does not answer" if status is None else f"answers {status}"
        after = f"after {time.monotonic() - since:.0f} s"
        raise Refusal(f"the first page {answer} {after}. The web server's log, {log}, ends with:\n{tail(log)}")

    def stop(self) -> None:
        """Stop the three together."""
        stop(self.children)
        self.children.clear()

    def _start(self, name: str, log: str, module: list[str]) -> None:
        command = [str(self.python), "-P", "-m", *module]
        child = spawn(name, command, log=log_path(self.state, log), env=self.environment, cwd=CHECKOUT)
        self.children.append(child)

    def _first_page(self) -> int | None:
        """Ask as a reverse proxy in front of us would."""
        address = urlsplit(self.url)
        here = "127.0.0.1" if self.bind in {"0.0.0.0", "localhost", ""} else self.bind  # noqa: S104
        connection = http.client.HTTPConnection(here, self.port, timeout=30)
        try:
            connection.request("GET", "/", headers={"Host": address.netloc, "X-Forwarded-Proto": address.scheme})
            return connection.getresponse().status
        except (OSError, http.client.HTTPException):
            return None
        finally:
            connection.close()

    def _web(self) -> list[str]:
        memory = Path("/dev/shm")  # noqa: S108  (gunicorn's heartbeat files stall on a slow disk)
        beats = ["--worker-tmp-dir", str(memory)] if os.access(memory, os.W_OK) else []
        return [
            *("gunicorn", "pasri_portal.wsgi:application", "--bind", f"{self.bind}:{self.port}"),
            *("--workers", "2", "--threads", "4", "--preload", "--graceful-timeout", "5", "--no-control-socket"),
            *("--log-level", "warning", *beats),
        ]

    def _worker(self) -> list[str]:
        quick = ["--without-gossip", "--without-mingle", "--without-heartbeat"]
        return ["celery", "-A", "pasri_portal", "worker", "--concurrency", "2", *quick, "--loglevel", "info"]

    def _scheduler(self) -> list[str]:
        schedule = str(self.state / "schedule")
        return ["celery", "-A", "pasri_portal", "beat", "--schedule", schedule, "--pidfile=", "--loglevel", "info"]


def first_dead(children: Sequence[Child]) -> Child | None:
    """The first child that has ended."""
    return next((child for child in children if not child.alive), None)


def how_it_died(child: Child) -> str:
    """Which one, how, and where to read why."""
    code = child.process.returncode
    how = f"was ended by signal {-code}" if code < 0 else f"ended with code {code}"
    return f"{child.name} {how}. Its log, {child.log}, ends with:\n{tail(child.log)}"


def refuse_taken_port(bind: str, port: int, *, patience: float = 0.0) -> None:
    """Say that the port is taken before anything is started; patience is for our own killed server, which leaves it."""
    family = socket.AF_INET6 if ":" in bind else socket.AF_INET
    deadline = time.monotonic() + patience
    while True:
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((bind, port))
                return
            except PermissionError:
                raise Refusal(f"port {port} is reserved for root. Choose another: PORT=8000 ./portal up") from None
            except OSError as error:
                if time.monotonic() > deadline:
                    raise Refusal(
                        f"port {port} on {bind} is taken by another program ({error.strerror}). Stop that program, "
                        f"or choose another port: PORT={port + 1} ./portal up"
                    ) from None
        time.sleep(0.1)


def _refusal(said: str) -> str:
    """The one sentence of a setting or command that refuses, without the traceback around it."""
    for line in reversed(said.strip().splitlines()):
        for mark in ("portal: ", "CommandError: "):
            if line.startswith(mark):
                return line.removeprefix(mark)
    return ""
