"""`./portal manage ...`: Django's commands, with the services of the portal that runs, or with some of their own."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Mapping
from pathlib import Path

from launcher.children import die_with_parent
from launcher.holder import Holder
from launcher.packages import ensure, runtime_level
from launcher.services import BROKER, DATABASE, Services
from launcher.state import CHECKOUT, open_state, secret, state_path

SUMMARY = "manage ...: a Django command (invite, demo, shell, ...), on the running portal or on services of its own"


def run(args: list[str]) -> int:
    """Join the running services, else start them for this command only."""
    python = ensure(runtime_level())
    state = open_state(state_path())
    if os.environ.get(DATABASE) and os.environ.get(BROKER):
        secret(state / "secret-key", size=50)
        return call(python, args, {"PORTAL_STATE": str(state)})
    holder = Holder(state)
    joined = holder.join()
    if joined is not None:
        try:
            given = {name: os.environ[name] for name in joined if os.environ.get(name)}
            return call(python, args, joined | given)
        finally:
            holder.leave()
    with Services(state, command="manage") as services:
        return call(python, args, services.env)


def call(python: Path, args: list[str], env: Mapping[str, str]) -> int:
    """Run manage.py in the person's own folder and terminal; Ctrl-C is for the command, not for us."""
    command = [str(python), "-P", str(CHECKOUT / "manage.py"), *args]
    environment = dict(os.environ) | dict(env) | {"PYTHONPATH": str(CHECKOUT)}
    signal.signal(signal.SIGINT, lambda number, frame: None)
    process = subprocess.Popen(command, env=environment, preexec_fn=die_with_parent())
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda number, frame: process.send_signal(number))
    code = process.wait()
    return code if code >= 0 else 128 - code
