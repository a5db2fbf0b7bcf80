"""Where things are: the checkout, the virtual environment, and the state folder with its private files."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from launcher.errors import Refusal

CHECKOUT = Path(__file__).resolve().parent.parent
ROOT = os.geteuid() == 0
LOG_LIMIT = 10_000_000


def venv_path() -> Path:
    """PORTAL_VENV, else .venv in the checkout."""
    return Path(os.environ.get("PORTAL_VENV") or CHECKOUT / ".venv").absolute()


def state_path() -> Path:
    """PORTAL_STATE, else var/ in the checkout."""
    return Path(os.environ.get("PORTAL_STATE") or CHECKOUT / "var").absolute()


def open_state(path: Path) -> Path:
    """Make the state folder if it is not there, and refuse one that cannot be written.

    A folder that we make is closed to others; as root it lets the database server's own user pass through, not list.
    """
    try:
        if not path.is_dir():
            path.mkdir(parents=True, exist_ok=True)
            path.chmod(0o711 if ROOT else 0o700)
        (path / "log").mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise Refusal(
            f"the state folder {path} cannot be written ({error.strerror}). "
            "Start as the user who owns it, or set PORTAL_STATE to another folder."
        ) from error
    if not os.access(path, os.W_OK | os.X_OK):
        raise Refusal(
            f"the state folder {path} belongs to another user. Start as that user, or set PORTAL_STATE to another."
        )
    return path


def write_private(path: Path, text: str) -> None:
    """Write a file that only its owner can read, whole or not at all."""
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)


def secret(path: Path, *, size: int = 32) -> str:
    """The secret kept in this file; made once, at random."""
    if not path.exists():
        write_private(path, secrets.token_urlsafe(size) + "\n")
    return path.read_text(encoding="utf-8").strip()


def log_path(state: Path, name: str) -> Path:
    """The log of one process; a big one is put aside (one generation is kept)."""
    path = state / "log" / f"{name}.log"
    if path.exists() and path.stat().st_size > LOG_LIMIT:
        path.replace(path.with_suffix(".log.1"))
    return path


def tail(path: Path, lines: int = 15) -> str:
    """The last lines of a log."""
    try:
        with path.open("rb") as file:
            file.seek(max(0, path.stat().st_size - 20_000))
            return "\n".join(file.read().decode("utf-8", "replace").splitlines()[-lines:])
    except OSError:
        return ""
