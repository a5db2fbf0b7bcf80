"""Portals for the browser: one is prepared with the demonstration, each that is started works on a copy of it."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg2
import redis
from psycopg2 import sql

from launcher.portal import Portal
from launcher.postgres import free_port
from launcher.state import secret

SETTINGS = "pasri_portal.tests.browser.settings"
BROKERS = 16
"""How many numbered databases a Redis or Valkey server has unless told otherwise."""


@dataclass(frozen=True)
class House:
    """A portal that runs, and what a test needs to know of it."""

    url: str
    database: str
    state: Path
    accounts: dict[str, tuple[str, str]]

    def look_up(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        """Rows of the portal's database, read beside it."""
        with closing(psycopg2.connect(self.database)) as connection, connection.cursor() as cursor:
            cursor.execute(query, values)
            return cursor.fetchall()

    def change(self, statement: str, *values: Any) -> None:
        """What no page can do: the time that passes."""
        with closing(psycopg2.connect(self.database)) as connection, connection, connection.cursor() as cursor:
            cursor.execute(statement, values)


@dataclass(frozen=True)
class Model:
    """A database and a state folder with the demonstration; nothing runs on them."""

    database: str
    state: Path


@contextmanager
def model(shared: Path, *, name: str) -> Iterator[Model]:
    """A database prepared as `up` prepares it, the demonstration included; the processes of a run share it.

    The first to come makes it, the last to leave removes it; `shared` is a folder that all of them know.
    """
    made, guest = Model(_address(name), shared / "state"), shared / "guests" / str(os.getpid())
    with _alone(shared):
        if not any(guest.parent.glob("*")):
            _drop(name)
            _make(made, name)
        guest.parent.mkdir(exist_ok=True)
        guest.touch()
    try:
        yield made
    finally:
        with _alone(shared):
            guest.unlink()
            if not any(guest.parent.glob("*")):
                _drop(name)


def _make(made: Model, name: str) -> None:
    shutil.rmtree(made.state, ignore_errors=True)
    made.state.mkdir()
    secret(made.state / "secret-key", size=50)
    _create(name, template=os.environ.get("PORTAL_TEST_TEMPLATE", "template1"))
    Portal(env=_environment(made.database, made.state, broker=1), port=free_port(), demo="yes").prepare()


@contextmanager
def _alone(shared: Path) -> Iterator[None]:
    """One process at a time."""
    shared.mkdir(exist_ok=True)
    with (shared / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@contextmanager
def house(made: Model, folder: Path, *, name: str, broker: int, email_url: str = "") -> Iterator[House]:
    """Web, worker and scheduler on a copy of the model; with an `email_url` its messages leave by SMTP."""
    shutil.copytree(made.state, folder, dirs_exist_ok=True)
    env = _environment(_address(name), folder, broker=broker) | {"EMAIL_URL": email_url}
    template = urlsplit(made.database).path.lstrip("/")
    with _database(name, template=template), _Started(env=env, port=free_port()) as up:
        rows = json.loads((folder / "demo-accounts.json").read_text(encoding="utf-8"))
        accounts = {row["role"]: (row["email"], row["password"]) for row in rows}
        yield House(up.url.rstrip("/"), env["DATABASE_URL"], folder, accounts)


class _Started(Portal):
    """Starts without preparing: the demonstration is there, and is never loaded where mail leaves."""

    def prepare(self) -> dict[str, Any]:
        return {}


@contextmanager
def _database(name: str, *, template: str) -> Iterator[None]:
    """A database of this run; what a killed run left goes first."""
    _drop(name)
    _create(name, template=template)
    try:
        yield
    finally:
        _drop(name)


def _drop(name: str) -> None:
    _order("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)


def _create(name: str, *, template: str) -> None:
    _order("CREATE DATABASE {} TEMPLATE {}", name, template)


def _order(order: str, *names: str) -> None:
    with closing(psycopg2.connect(_address("postgres"))) as connection:
        connection.autocommit = True
        connection.cursor().execute(sql.SQL(order).format(*map(sql.Identifier, names)))


def _environment(database: str, state: Path, *, broker: int) -> dict[str, str]:
    """What the portal finds in its environment; an empty secret key is read from the state folder, as `up` does."""
    return {
        "DATABASE_URL": database,
        "REDIS_URL": _empty_broker(broker),
        "PORTAL_STATE": str(state),
        "SECRET_KEY": "",
        "EMAIL_URL": "",
        "DJANGO_SETTINGS_MODULE": SETTINGS,
    }


def _address(name: str) -> str:
    """Another database on the server of the tests."""
    return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()


def _empty_broker(number: int) -> str:
    """A numbered database of the tests' broker that no other test uses, emptied."""
    parts = urlsplit(os.environ["REDIS_URL"])
    own = (int(parts.path.strip("/") or 0) + number) % BROKERS
    url = parts._replace(path=f"/{own}").geturl()
    with closing(redis.Redis.from_url(url)) as server:
        server.flushdb()
    return url
