"""Pid files that outlived their server, and servers that outlived their launcher."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import time
from pathlib import Path

from launcher.errors import Refusal


def clear(pid_file: Path, *, program: str, belongs: str) -> None:
    """Make sure that no server works on our data any more, then drop its pid file.

    Whoever calls this holds the state folder, so a live server is an orphan of a killed launcher: it is given time to
    end by itself (the kernel has told it to), then it is stopped. A pid that is dead, a zombie, or another program's
    is stale.
    """
    pid = _read(pid_file)
    if pid is not None:
        for number, seconds in ((None, 1.0), (signal.SIGINT, 15.0), (signal.SIGQUIT, 5.0)):
            if not is_running(pid, program=program, belongs=belongs):
                break
            if number is not None:
                with contextlib.suppress(ProcessLookupError, PermissionError):
                    os.kill(pid, number)
            _wait(pid, seconds, program=program, belongs=belongs)
        else:
            raise Refusal(
                f"{program} (process {pid}) still works on the data in {pid_file.parent} and does not stop. Stop it."
            )
    pid_file.unlink(missing_ok=True)


def is_running(pid: int, *, program: str, belongs: str) -> bool:
    """Whether this pid is a live process of that program whose command line names our data."""
    if Path("/proc/self/stat").exists():
        try:
            status = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
            command = Path(f"/proc/{pid}/cmdline").read_bytes().decode("utf-8", "replace")
        except OSError:
            return False
        return status.rsplit(")", 1)[1].split()[0] != "Z" and program in command and belongs in command
    done = subprocess.run(["ps", "-o", "stat=,command=", "-p", str(pid)], capture_output=True, text=True)
    state, _, command = done.stdout.strip().partition(" ")
    return bool(state) and not state.startswith("Z") and program in command and belongs in command


def _read(pid_file: Path) -> int | None:
    try:
        return int(pid_file.read_text(encoding="utf-8").split()[0])
    except (OSError, ValueError, IndexError):
        return None


def _wait(pid: int, seconds: float, *, program: str, belongs: str) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and is_running(pid, program=program, belongs=belongs):
        time.sleep(0.05)
