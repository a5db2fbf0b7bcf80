"""Processes that never outlive the launcher: started, watched and stopped here."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from launcher.identity import Identity

PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


@dataclass
class Child:
    """A running process with the name that people know it by, and the log where it speaks."""

    name: str
    process: subprocess.Popen[bytes]
    log: Path
    stop_signal: signal.Signals = signal.SIGTERM

    @property
    def alive(self) -> bool:
        return self.process.poll() is None

    def signal(self, number: int, *, group: bool = False) -> None:
        """Send a signal, to the whole group of the process if asked; one that is gone is left in peace."""
        if not self.alive and not group:
            return
        with contextlib.suppress(ProcessLookupError, PermissionError):
            (os.killpg if group else os.kill)(self.process.pid, number)


def die_with_parent(number: signal.Signals = signal.SIGTERM) -> Callable[[], None] | None:
    """What a child does before it becomes its program: ask for this signal when the launcher dies (Linux)."""
    libc, parent = _libc, os.getpid()
    if libc is None:
        return None

    def ask() -> None:
        libc.prctl(PR_SET_PDEATHSIG, number, 0, 0, 0)
        if os.getppid() != parent:  # it died in between
            os._exit(1)

    return ask


def spawn(
    name: str,
    command: Sequence[str | Path],
    *,
    log: Path,
    env: Mapping[str, str],
    cwd: Path = Path("/"),
    identity: Identity | None = None,
    stop_signal: signal.Signals = signal.SIGTERM,
) -> Child:
    """Start a child in a session of its own (Ctrl-C reaches only the launcher), its output in its log."""
    with log.open("ab") as output:
        process = subprocess.Popen(
            [str(part) for part in command],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            env=dict(env),
            cwd=cwd,
            start_new_session=True,
            preexec_fn=die_with_parent(stop_signal),
            **(identity.arguments if identity else {}),
        )
    return Child(name, process, log, stop_signal)


def stop(children: Sequence[Child], *, patience: float = 5.0) -> None:
    """Stop all of them together: politely, then SIGQUIT, then SIGKILL to whatever is left of their groups."""
    for number, seconds in ((None, patience), (signal.SIGQUIT, 2.0), (signal.SIGKILL, 5.0)):
        running = [child for child in children if child.alive]
        for child in running:
            child.signal(number or child.stop_signal)
        deadline = time.monotonic() + seconds
        for child in running:
            with contextlib.suppress(subprocess.TimeoutExpired):
                child.process.wait(max(0.0, deadline - time.monotonic()))
    for child in children:
        child.signal(signal.SIGKILL, group=True)
