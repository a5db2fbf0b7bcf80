"""`./portal up`: from a bare checkout to an address that answers, until Ctrl-C."""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
import time
from pathlib import Path
from types import FrameType

from launcher.errors import Refusal
from launcher.packages import ensure, runtime_level
from launcher.portal import Demo, Portal, first_dead, how_it_died, refuse_taken_port
from launcher.services import DATABASE, Services, refuse_second_start
from launcher.state import state_path

SUMMARY = "up [--demo | --empty]: install, start everything, print the address and the demo accounts"


class Stopped(BaseException):
    """Somebody asked us to stop; derived from BaseException so that no handler of errors takes it."""


def run(args: list[str]) -> int:
    """Start all, print Ready, watch until a signal or a death. A child's death is an error; a signal is not."""
    demo = demo_wanted(args)
    port, bind = _port(), os.environ.get("PORTAL_BIND") or "127.0.0.1"
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        if number != signal.SIGHUP or signal.getsignal(number) != signal.SIG_IGN:  # nohup ./portal up
            signal.signal(number, _raise_stopped)
    try:
        python = ensure(runtime_level())
        killed = refuse_second_start(state_path())
        refuse_taken_port(bind, port, patience=8.0 if killed else 0.0)
        os.umask(0o077)
        url = os.environ.get("PORTAL_URL") or f"http://localhost:{port}"
        print("Starting ...", flush=True)
        with Services(url=url) as services:
            services.wait_for_guests = False
            with Portal(env=services.env, port=port, bind=bind, demo=demo, python=python) as portal:
                _announce(portal)
                _watch(portal, services)
    except Stopped:
        print("Stopped.", flush=True)
    return 0


def demo_wanted(args: list[str]) -> Demo:
    """The demo is loaded by itself only into an empty embedded database; a database that was given must ask for it."""
    parser = argparse.ArgumentParser(prog="./portal up", description=SUMMARY.split(": ", 1)[1])
    choice = parser.add_mutually_exclusive_group()
    choice.add_argument("--demo", action="store_true", help="load the May 2014 demo, whatever the database")
    choice.add_argument("--empty", action="store_true", help="reference data only, no demo")
    options = parser.parse_args(args)
    if options.empty:
        return "no"
    if options.demo:
        return "yes"
    return "no" if os.environ.get(DATABASE) else "auto"


def _port() -> int:
    given = os.environ.get("PORT") or "8000"
    if not given.isascii() or not given.isdigit() or not 0 < int(given) < 65536:
        raise Refusal(f"PORT={given} is not a port: a number from 1 to 65535.")
    return int(given)


def _raise_stopped(number: int, frame: FrameType | None) -> None:
    """The first signal stops everything; the stopping itself is short and is not interrupted."""
    for other in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(other, signal.SIG_IGN)
    raise Stopped


def _announce(portal: Portal) -> None:
    print(f"Ready: {portal.url}", flush=True)
    try:
        accounts = json.loads((Path(portal.state) / "demo-accounts.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        accounts = []
    if accounts:
        print("Demo accounts (role, e-mail, password):")
    for account in accounts:
        print(f"  {account['role']:<10} {account['email']:<40} {account['password']}")
    print(f"Logs: {portal.state / 'log'}. Ctrl-C stops everything.", flush=True)


def _watch(portal: Portal, services: Services) -> None:
    while True:
        if dead := first_dead([*services.children, *portal.children]):
            print(f"portal: {how_it_died(dead)}\nStopping the others.", file=sys.stderr, flush=True)
            raise SystemExit(1)
        time.sleep(0.25)
