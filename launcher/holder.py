"""Who holds a state folder: one launcher at a time; commands may join the one that runs."""

from __future__ import annotations

import fcntl
import json
import os
import time
from pathlib import Path
from typing import IO, Any

from launcher.state import write_private


class Holder:
    """Two locks in the state folder. The kernel frees both when their process dies, however it dies.

    `lock` is held by the launcher whose servers use the folder. `guests` is shared by the commands that joined it:
    their host waits for them before it stops the servers, unless a person asked it to stop.
    """

    def __init__(self, state: Path) -> None:
        self.state = state
        self.notes = state / "services.json"
        self._lock: IO[str] | None = None
        self._guest: IO[str] | None = None

    def take(self) -> bool:
        """Hold the folder; False when another launcher does."""
        self._lock = _flock(self.state / "lock", fcntl.LOCK_EX | fcntl.LOCK_NB)
        return self._lock is not None

    def publish(self, *, command: str, url: str, env: dict[str, str]) -> None:
        """Say who runs, where, and the addresses of the servers (the file is private: they bear passwords)."""
        write_private(self.notes, json.dumps({"pid": os.getpid(), "command": command, "url": url, "env": env}))

    def read(self) -> dict[str, Any]:
        """What the present holder published; empty while it has not."""
        try:
            content = json.loads(self.notes.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return content if isinstance(content, dict) else {}

    def join(self, *, patience: float = 30.0) -> dict[str, str] | None:
        """The addresses of the running servers, kept up until leave(); None when nobody holds the folder (any more)."""
        deadline = time.monotonic() + patience
        while time.monotonic() < deadline:
            if not self.is_held():
                return None
            self._guest = _flock(self.state / "guests", fcntl.LOCK_SH | fcntl.LOCK_NB)
            if self._guest is not None and (notes := self.read()) and self.is_held():
                return {str(name): str(value) for name, value in notes["env"].items()}
            self.leave()
            time.sleep(0.1)
        return None

    def leave(self) -> None:
        """A guest goes."""
        if self._guest is not None:
            self._guest.close()
            self._guest = None

    def release(self, *, wait_for_guests: bool) -> None:
        """The servers are about to stop: nobody new may join; those who did may finish first."""
        if self._lock is None:
            return
        mode = fcntl.LOCK_EX if wait_for_guests else fcntl.LOCK_EX | fcntl.LOCK_NB
        self._guest = _flock(self.state / "guests", mode)
        self.notes.unlink(missing_ok=True)

    def close(self) -> None:
        """The servers have stopped: the folder is free."""
        self.leave()
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    def is_held(self) -> bool:
        """Whether some launcher holds the folder at this moment."""
        probe = _flock(self.state / "lock", fcntl.LOCK_SH | fcntl.LOCK_NB)
        if probe is None:
            return True
        probe.close()
        return False


def _flock(path: Path, mode: int) -> IO[str] | None:
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    file = os.fdopen(descriptor, "r+")
    try:
        fcntl.flock(file, mode)
    except BlockingIOError:
        file.close()
        return None
    return file
