"""Checkouts and environments for the launcher's tests."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from launcher.tests.house import House, build, fill_venv, ordinary_user

ROOT = os.geteuid() == 0


@pytest.fixture(scope="session")
def venv() -> Iterator[Path]:
    """The wheels and the stand-in, where every user can read them (pytest's own folders are private)."""
    folder = Path(tempfile.mkdtemp(prefix="launcher-venv-"))
    folder.chmod(0o755)
    fill_venv(folder / "venv")
    yield folder / "venv"
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that every user can enter."""
    path = Path(tempfile.mkdtemp(prefix="launcher-test-"))
    path.chmod(0o755)
    yield path
    shutil.rmtree(path, ignore_errors=True)


@pytest.fixture
def house(folder: Path, venv: Path) -> Iterator[House]:
    """A checkout of the user who runs the tests."""
    with build(folder / "house", venv) as built:
        yield built


@pytest.fixture
def users_house(folder: Path, venv: Path) -> Iterator[House]:
    """A checkout of an ordinary user."""
    if not ROOT:
        pytest.skip("not root: the other tests run as an ordinary user already")
    try:
        user, python = ordinary_user()
    except LookupError as error:
        pytest.skip(str(error))
    with build(folder / "house", venv, python=python, user=user) as built:
        yield built


@pytest.fixture
def private_house(folder: Path) -> Iterator[House]:
    """A checkout of root, environment included, below a folder that nobody else can enter."""
    if not ROOT:
        pytest.skip("not root: the server runs under our own user, who can enter")
    home = folder / "home"
    home.mkdir(mode=0o700)
    fill_venv(home / "venv")
    with build(home / "house", home / "venv") as built:
        yield built


@pytest.fixture
def own_servers(monkeypatch: pytest.MonkeyPatch) -> None:
    """No server is given by the environment."""
    for name in ("DATABASE_URL", "REDIS_URL", "PORTAL_STATE"):
        monkeypatch.delenv(name, raising=False)
