"""`./portal manage`: on the running portal, or on services of its own."""

from __future__ import annotations

import json
import signal
import time

from launcher.tests.house import House


def test_manage_joins_the_running_portal(house: House) -> None:
    running = house.up()
    published = json.loads((house.state / "services.json").read_text())["env"]
    seen = json.loads(house.run("manage", "env").stdout)
    assert seen == published
    assert seen["PORTAL_URL"] == f"http://localhost:{house.port}"
    assert running.process.poll() is None


def test_manage_starts_services_for_itself_and_stops_them(house: House) -> None:
    assert house.sql("SELECT current_database()") == "portal"
    assert house.processes() == []
    assert not (house.state / "services.json").exists()


def test_manage_gives_back_the_commands_exit_code(house: House) -> None:
    assert house.run("manage", "fail").returncode == 3


def test_the_host_waits_for_its_guest(house: House) -> None:
    host = house.start("manage", "sleep", "2")
    host.wait_for("asleep")
    guest = house.start("manage", "sleep", "5")
    guest.wait_for("asleep")
    assert host.process.poll() is None
    started = time.monotonic()
    assert guest.process.wait(20) == 0
    assert host.process.wait(20) == 0
    assert time.monotonic() - started > 2
    assert house.processes() == []


def test_a_stop_asked_by_a_person_does_not_wait_for_guests(house: House) -> None:
    running = house.up()
    guest = house.start("manage", "sleep", "30")
    guest.wait_for("asleep")
    assert running.end(signal.SIGTERM) == 0
    guest.end(signal.SIGTERM)


def test_a_signal_to_manage_reaches_the_command(house: House) -> None:
    running = house.start("manage", "sleep", "30")
    running.wait_for("asleep")
    assert running.end(signal.SIGTERM, seconds=10) == 128 + signal.SIGTERM
    assert house.processes() == []
