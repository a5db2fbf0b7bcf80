"""`./portal up`: ready, refusals, and nothing left."""

from __future__ import annotations

import http.client
import json
import os
import shutil
import signal
import socket
import stat
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from launcher.commands.up import demo_wanted
from launcher.tests.house import House, build


def status_of_first_page(port: int) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    connection.request("GET", "/")
    return connection.getresponse().status


@pytest.fixture(scope="module")
def shared_house(venv: Path) -> Iterator[House]:
    """A checkout whose portal runs for all tests that only look at it."""
    folder = Path(tempfile.mkdtemp(prefix="launcher-test-"))
    folder.chmod(0o755)
    with build(folder / "house", venv) as built:
        built.up()
        yield built
    shutil.rmtree(folder)


def test_up_says_ready_once_the_first_page_answers_then_the_accounts(shared_house: House) -> None:
    said = shared_house.started[0].said()
    assert f"Ready: http://localhost:{shared_house.port}/\n" in said
    assert said.index("Ready: ") < said.index("gestion@demo.invalid")
    assert status_of_first_page(shared_house.port) == 200


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_stops_everything_in_seconds(house: House, number: signal.Signals) -> None:
    running = house.up()
    assert len(house.processes()) >= 6  # launcher, PostgreSQL, Valkey, web, worker, scheduler
    before = time.monotonic()
    assert running.end(number) == 0
    assert time.monotonic() - before < 5
    assert house.processes() == []
    assert "Traceback" not in running.said()


def test_up_twice_in_a_row_keeps_data_and_secrets(house: House) -> None:
    house.up().end()
    secrets = {path.name: path.read_text() for path in house.state.glob("*-*") if path.is_file()}
    assert "secret-key" in secrets
    house.up().end()
    assert {path.name: path.read_text() for path in house.state.glob("*-*") if path.is_file()} == secrets


def test_every_secret_is_private(shared_house: House) -> None:
    private = ["secret-key", "postgres-password", "portal-password", "valkey-password", "services.json"]
    modes = {name: stat.S_IMODE((shared_house.state / name).stat().st_mode) for name in private}
    assert set(modes.values()) == {0o600}, modes
    password = (shared_house.state / "valkey-password").read_text().strip()
    assert not [command for command in shared_house.processes() if password in command]


def test_a_second_up_says_where_the_first_runs(shared_house: House) -> None:
    first = shared_house.started[0]
    second = shared_house.run("up")
    assert second.returncode == 1
    assert f"the portal already runs at http://localhost:{shared_house.port}" in second.stderr
    assert f"process {first.process.pid}" in second.stderr
    assert "Traceback" not in second.stderr
    assert status_of_first_page(shared_house.port) == 200


def test_a_taken_port_is_named_before_anything_starts(house: House) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", house.port))
        other.listen()
        done = house.run("up")
    assert done.returncode == 1
    assert f"port {house.port} on 127.0.0.1 is taken" in done.stderr
    assert f"PORT={house.port + 1}" in done.stderr
    assert not (house.state / "postgres").exists()


@pytest.mark.parametrize("port", ["http", "0", "65536", "-1", "٨"])
def test_a_port_that_is_none_is_refused(house: House, port: str) -> None:
    done = house.run("up", PORT=port)
    assert done.returncode == 1
    assert done.stderr == f"portal: PORT={port} is not a port: a number from 1 to 65535.\n"


def test_the_launcher_killed_leaves_nothing_and_loses_nothing(house: House) -> None:
    running = house.up()
    house.sql("CREATE TABLE kept AS SELECT * FROM generate_series(1, 1000) AS id")
    running.end(signal.SIGKILL)
    again = house.up()
    assert house.sql("SELECT count(*) FROM kept") == "1000"
    again.end()
    assert house.processes() == []


def test_postgres_killed_ends_up_with_its_name_and_the_next_start_has_the_data(house: House) -> None:
    running = house.up()
    house.sql("CREATE TABLE kept AS SELECT * FROM generate_series(1, 1000) AS id")
    os.kill(int((house.state / "postgres" / "postmaster.pid").read_text().split()[0]), signal.SIGKILL)
    assert running.process.wait(20) == 1
    assert "PostgreSQL was ended by signal 9" in running.said()
    assert str(house.state / "log" / "postgres.log") in running.said()
    house.wait_for_quiet()
    house.up()
    assert house.sql("SELECT count(*) FROM kept") == "1000"


def test_a_child_that_dies_is_named_and_the_others_stop(house: House) -> None:
    running = house.up()
    (worker,) = [
        int(folder.name)
        for folder in Path("/proc").glob("[0-9]*")
        if b"celery\0-A\0pasri_portal\0worker" in _command(folder) and str(house.path).encode() in _place(folder)
    ]
    os.kill(worker, signal.SIGKILL)
    assert running.process.wait(20) == 1
    assert "the worker was ended by signal 9" in running.said()
    assert str(house.state / "log" / "worker.log") in running.said()
    assert house.processes() == []


def _command(folder: Path) -> bytes:
    try:
        return (folder / "cmdline").read_bytes()
    except OSError:
        return b""


def _place(folder: Path) -> bytes:
    try:
        return os.readlink(folder / "cwd").encode()
    except OSError:
        return b""


def test_a_refusal_of_the_settings_is_one_sentence(house: House) -> None:
    done = house.run("up", STAND_IN_REFUSAL="PORTAL_URL='ftp://x' is neither https://HOST nor http://localhost.")
    assert done.returncode == 1
    assert done.stderr == "portal: PORTAL_URL='ftp://x' is neither https://HOST nor http://localhost.\n"
    assert house.processes() == []


@pytest.mark.parametrize(
    ("args", "given", "wanted"),
    [
        ([], False, "auto"),
        (["--empty"], False, "no"),
        (["--demo"], False, "yes"),
        ([], True, "no"),
        (["--demo"], True, "yes"),
    ],
)
def test_the_demo_is_for_an_embedded_database_unless_asked(
    args: list[str], given: bool, wanted: str, own_servers: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    if given:
        monkeypatch.setenv("DATABASE_URL", "postgres://portal:x@db.invalid/portal")
    assert demo_wanted(args) == wanted


def test_a_database_that_is_given_is_used_instead_of_ours(house: House) -> None:
    house.up(DATABASE_URL="postgres://portal:x@db.invalid/portal")
    assert json.loads((house.state / "services.json").read_text())["env"]["DATABASE_URL"].endswith("@db.invalid/portal")
    assert '"demo": "no"' in (house.state / "log" / "prepare.log").read_text()
    assert not (house.state / "postgres").exists()


def test_an_ordinary_user_needs_nothing_from_root(users_house: House) -> None:
    running = users_house.up()
    assert users_house.sql("SELECT current_user") == "portal"
    assert users_house.state.stat().st_uid == users_house.user
    assert stat.S_IMODE(users_house.state.stat().st_mode) == 0o700
    assert running.end() == 0
    assert users_house.processes() == []


def test_root_works_below_a_folder_that_others_cannot_enter(private_house: House) -> None:
    home = private_house.path.parent.parent
    running = private_house.up()
    private_house.sql("CREATE TABLE kept AS SELECT 1 AS id")
    running.end(signal.SIGKILL)
    elsewhere = Path((private_house.state / "elsewhere").read_text().strip())
    assert elsewhere.is_relative_to("/var/lib")
    private_house.up()
    assert private_house.sql("SELECT count(*) FROM kept") == "1"
    assert stat.S_IMODE(home.stat().st_mode) == 0o700
    assert elsewhere.stat().st_uid != 0
    private_house.started[-1].end()
    shutil.rmtree(elsewhere.parent)


def test_a_state_folder_of_somebody_else_is_refused(users_house: House, folder: Path) -> None:
    state = folder / "roots"
    state.mkdir(mode=0o755)
    done = users_house.run("up", PORTAL_STATE=str(state))
    assert done.returncode == 1
    assert f"the state folder {state} cannot be written" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_first_page_that_fails_is_said_with_its_answer(house: House) -> None:
    done = house.run("up", STAND_IN_STATUS="500")
    assert done.returncode == 1
    assert "the first page answers 500" in done.stderr
    assert str(house.state / "log" / "web.log") in done.stderr
    assert house.processes() == []


def test_the_port_that_a_killed_portal_still_leaves_is_waited_for(house: House) -> None:
    house.up().end(signal.SIGKILL)
    house.wait_for_quiet()
    with socket.socket() as leaving:
        leaving.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        leaving.bind(("127.0.0.1", house.port))
        leaving.listen()
        running = house.start("up")
        time.sleep(1)
    running.wait_for("Ready: ")
