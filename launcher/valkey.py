"""The embedded broker: Valkey on the loopback interface, with a password, every write in its log."""

from __future__ import annotations

import os
import socket
import time
from dataclasses import dataclass
from pathlib import Path

from launcher import orphans
from launcher.children import Child, spawn, stop
from launcher.errors import Refusal
from launcher.postgres import free_port
from launcher.state import log_path, secret, tail, write_private


@dataclass
class Valkey:
    """One server whose data and settings lie in the state folder."""

    state: Path
    program: Path
    disposable: bool = False

    def start(self) -> tuple[Child, str]:
        """Start the server; returns the child and the broker's address."""
        password = secret(self.state / "valkey-password")
        folder = self.state / "valkey"
        folder.mkdir(mode=0o700, exist_ok=True)
        orphans.clear(folder / "valkey.pid", program="valkey-server", belongs=str(folder))
        log = log_path(self.state, "valkey")
        for _attempt in range(5):
            port = free_port()
            child = self._run(folder, log, port, password)
            if self._answers(child, port, password):
                return child, f"redis://:{password}@127.0.0.1:{port}/0"
            stop([child])
        raise Refusal(f"Valkey does not start. Its log, {log}, ends with:\n{tail(log)}")

    def _run(self, folder: Path, log: Path, port: int, password: str) -> Child:
        """The settings are a private file: a command line would show the password to every user of the machine."""
        settings = {
            "bind": "127.0.0.1",
            "port": str(port),
            "dir": f'"{folder}"',
            "pidfile": f'"{folder / "valkey.pid"}"',
            "requirepass": password,
            "set-proc-title": "no",  # the command line names our folder: so an orphan is known
            "save": '""',
            "appendonly": "no" if self.disposable else "yes",
            "maxmemory-policy": "noeviction",
        }
        path = folder / "valkey.conf"
        write_private(path, "".join(f"{name} {value}\n" for name, value in settings.items()))
        return spawn("Valkey", [self.program, path], log=log, env=dict(os.environ))

    def _answers(self, child: Child, port: int, password: str) -> bool:
        """Wait until it answers PING (a long log is read first)."""
        deadline = time.monotonic() + 120
        request = f"AUTH {password}\r\nPING\r\n".encode()
        while child.alive and time.monotonic() < deadline:
            try:
                with socket.create_connection(("127.0.0.1", port), 1.0) as connection:
                    connection.sendall(request)
                    said = b""
                    while part := connection.recv(64):
                        said += part
                        if b"+PONG" in said:
                            return True
                        if b"-" in said:
                            break
            except OSError:
                pass
            time.sleep(0.02)
        return False
