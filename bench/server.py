"""gunicorn as in production (2 workers, 4 threads each, preloaded), for the portal or for the floor."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.client import Browser
from launcher.postgres import free_port

PATIENCE = 60.0
WORKERS = 2


@dataclass(frozen=True)
class Server:
    """A gunicorn that answers on `port`; `started_in` is the time from its start to its first answer, in seconds."""

    port: int
    pid: int
    started_in: float

    def memory(self) -> float:
        """The largest worker's proportional set size, in megabytes: shared pages count once."""
        workers = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text().split()
        return max(_megabytes(Path(f"/proc/{worker}/smaps_rollup")) for worker in workers)


@contextmanager
def serving(*, floor: bool = False, port: int | None = None) -> Iterator[Server]:
    """The portal (or the floor) on a free port, with this process's environment."""
    port = port or free_port()
    settings = "bench.floor" if floor else "pasri_portal.settings"
    application = "bench.floor:application" if floor else "pasri_portal.wsgi:application"
    env = os.environ | {"DJANGO_SETTINGS_MODULE": settings}
    command = [
        *(sys.executable, "-P", "-m", "gunicorn", application, "--bind", f"127.0.0.1:{port}"),
        *("--workers", str(WORKERS), "--threads", "4", "--preload", "--log-level", "warning", "--no-control-socket"),
        *("--worker-tmp-dir", "/dev/shm" if os.access("/dev/shm", os.W_OK) else "/tmp"),  # noqa: S108
    ]
    since = time.perf_counter()
    process = subprocess.Popen(command, env=env)
    try:
        yield Server(port, process.pid, _first_answer(process, port, since))
    finally:
        process.terminate()
        process.wait(20)


def _first_answer(process: subprocess.Popen[bytes], port: int, since: float) -> float:
    while time.perf_counter() - since < PATIENCE:
        if process.poll() is not None:
            raise RuntimeError(f"gunicorn ended with {process.returncode}")
        browser = Browser(port)
        try:
            browser.get("/")
            return time.perf_counter() - since
        except OSError:
            time.sleep(0.02)
        finally:
            browser.close()
    raise RuntimeError(f"gunicorn did not answer within {PATIENCE} s")


def _megabytes(rollup: Path) -> float:
    for line in rollup.read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) / 1024
    return 0.0
