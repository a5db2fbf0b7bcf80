"""The embedded PostgreSQL: its cluster, its start, its two roles."""

from __future__ import annotations

import locale
import os
import shutil
import signal
import socket
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from launcher import orphans
from launcher.children import Child, spawn, stop
from launcher.errors import Refusal
from launcher.identity import Identity, Seat, find_seat
from launcher.state import log_path, secret, tail, write_private

SUPERUSER = "postgres"
PORTAL = "portal"
DURABLE = {"synchronous_commit": "on", "fsync": "on", "full_page_writes": "on"}
DISPOSABLE = {"synchronous_commit": "on", "fsync": "off", "full_page_writes": "off"}
COMMON = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_connections": "150",
    "shared_buffers": "128MB",
    "timezone": "UTC",
    "log_timezone": "UTC",
}
# What a server says that was killed a moment ago, or that met another one on its port.
PASSING = ("is still in use", "Address already in use")
# One line a statement; \\gexec runs what the query returns.
MAKE_DATABASE = """
SELECT 'CREATE ROLE {role} LOGIN CREATEDB' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{role}') \\gexec
ALTER ROLE {role} PASSWORD '{password}';
SELECT 'CREATE DATABASE {role} OWNER {role}' WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = '{role}') \\gexec
"""


def free_port() -> int:
    """A port of the loopback interface that nobody uses at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def character_types() -> str:
    """What the server takes for a letter: C.UTF-8 where this machine has it, else C, to which no Arabic letter is one.

    pg_trgm asks the libc, whatever the database's own provider is: without it a search in Arabic has no index.
    """
    known = locale.setlocale(locale.LC_CTYPE)
    try:
        return locale.setlocale(locale.LC_CTYPE, "C.UTF-8")
    except locale.Error:
        return "C"
    finally:
        locale.setlocale(locale.LC_CTYPE, known)


@dataclass
class Postgres:
    """One cluster in the state folder, on a port of the loopback interface, with passwords (scram-sha-256).

    The portal's role owns its database and may make others (tests do); it is not a superuser.
    """

    state: Path
    install: Path
    identity: Identity
    disposable: bool = False

    def start(self) -> tuple[Child, str]:
        """Start the server, make role and database where they are missing; returns the child and the address."""
        password = self._superuser_password()
        self.seat = find_seat(self.state, self.install, self.identity, key=password)
        self.data = self.seat.home / "postgres"
        if self.seat.borrowed:
            write_private(self.state / "elsewhere", f"{self.data}\n")
        if self.data.exists():
            self._refuse_other_version()
        else:
            self._initialise(password)
        orphans.clear(self.data / "postmaster.pid", program="postgres", belongs=str(self.data))
        own = secret(self.state / "portal-password")
        child, port = self._run()
        try:
            self._make_database(port, password, own)
        except BaseException:
            stop([child])
            raise
        return child, f"postgres://{PORTAL}:{own}@127.0.0.1:{port}/{PORTAL}"

    def remove(self) -> None:
        """Delete what a disposable server wrote outside the state folder."""
        seat: Seat | None = getattr(self, "seat", None)
        if self.disposable and seat is not None and seat.borrowed:
            shutil.rmtree(seat.home, ignore_errors=True)

    def _superuser_password(self) -> str:
        path = self.state / "postgres-password"
        if not path.exists() and (self.state / "postgres").exists():
            raise Refusal(f"{path} is missing: the database beside it cannot be opened without it. Put a copy back.")
        return secret(path)

    def _refuse_other_version(self) -> None:
        found = (self.data / "PG_VERSION").read_text(encoding="utf-8").strip()
        said = subprocess.run([self.install / "bin" / "postgres", "--version"], capture_output=True, text=True).stdout
        ours = said.split()[-1].split(".")[0]
        if found != ours:
            raise Refusal(
                f"the data in {self.data} are of PostgreSQL {found}, and this portal brings PostgreSQL {ours}. "
                f"Save them with pg_dump of PostgreSQL {found}, move the folder aside, start again with --empty "
                "and restore (docs/operations.md)."
            )

    def _initialise(self, password: str) -> None:
        """Make the cluster beside its place and move it there when it is whole."""
        fresh = self.data.with_name("postgres.new")
        shutil.rmtree(fresh, ignore_errors=True)
        self.identity.own(fresh)
        handed = fresh.with_name("postgres.new.password")
        write_private(handed, password)
        if self.identity.uid is not None:
            os.chown(handed, self.identity.uid, -1)
        command: list[str | Path] = [
            self.seat.programs / "initdb", "-D", fresh, "-U", SUPERUSER, "--pwfile", handed, "-A", "scram-sha-256",
            "-E", "UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--no-instructions",
            f"--lc-ctype={character_types()}",
        ]  # fmt: skip
        if self.disposable:
            command.append("--no-sync")
        try:
            done = subprocess.run(
                command, capture_output=True, text=True, env=self._environment(), cwd="/", **self.identity.arguments
            )
        finally:
            handed.unlink()
        if done.returncode:
            raise Refusal(f"PostgreSQL could not make its data folder {self.data}:\n{done.stderr.strip()}")
        fresh.rename(self.data)

    def _run(self) -> tuple[Child, int]:
        """Start the server itself; again for a while when the memory or the port of a dead one is not free yet."""
        settings = COMMON | (DISPOSABLE if self.disposable else DURABLE)
        log = log_path(self.state, "postgres")
        for _attempt in range(20):
            port = free_port()
            command: list[str | Path] = [self.seat.programs / "postgres", "-D", self.data, "-p", str(port)]
            for name, value in settings.items():
                command += ["-c", f"{name}={value}"]
            child = spawn(
                "PostgreSQL",
                command,
                log=log,
                env=self._environment(),
                identity=self.identity,
                stop_signal=signal.SIGINT,
            )
            if self._becomes_ready(child):
                return child, port
            stop([child])
            if not any(sign in tail(log, 5) for sign in PASSING):
                break
            time.sleep(0.25)
        raise Refusal(f"PostgreSQL does not start. Its log, {log}, ends with:\n{tail(log)}")

    def _becomes_ready(self, child: Child) -> bool:
        """Wait for `ready`, which PostgreSQL writes on the eighth line of its pid file (recovery may take minutes)."""
        deadline = time.monotonic() + 300
        while child.alive and time.monotonic() < deadline:
            try:
                lines = (self.data / "postmaster.pid").read_text(encoding="utf-8").splitlines()
            except OSError:
                lines = []
            if len(lines) >= 8 and lines[0] == str(child.process.pid) and lines[7].strip() == "ready":
                return True
            time.sleep(0.02)
        return False

    def _make_database(self, port: int, password: str, own: str) -> None:
        """Give the portal its role and its database; the role's password is set anew at each start."""
        address = ["-h", "127.0.0.1", "-p", str(port), "-U", SUPERUSER, "-d", "postgres"]
        done = subprocess.run(
            [self.install / "bin" / "psql", *address, "-X", "-q", "-v", "ON_ERROR_STOP=1"],
            input=MAKE_DATABASE.format(role=PORTAL, password=own),
            capture_output=True,
            text=True,
            env=self._environment() | {"PGPASSWORD": password},
        )
        if done.returncode:
            raise Refusal(f"PostgreSQL in {self.data} refuses our password or our script:\n{done.stderr.strip()}")

    def _environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("PG", "LC_", "LANG"))}
        return kept | {"LC_ALL": "C", "TZ": "UTC"}
