"""Stands in for the Python of the virtual environment: a web page, a worker that waits, `manage.py` with two commands.

The servers, the processes and their ends are real; only the portal inside them is this small, so that the tests of the
launcher need no Django and take seconds.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path


class Page(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(int(os.environ.get("STAND_IN_STATUS", "200")))
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        pass


def main(argv: list[str]) -> int:
    argv = [argument for argument in argv if argument not in {"-P", "-m"}]
    program = Path(argv[0]).name
    if program == "gunicorn":
        host, _, port = argv[argv.index("--bind") + 1].rpartition(":")
        signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(0))
        HTTPServer((host, int(port)), Page).serve_forever()
    elif program == "celery":
        print(f"celery {argv[3]} waits", flush=True)
        time.sleep(3600)
    elif program == "manage.py":
        return manage(argv[1], argv[2:])
    return 0


def manage(name: str, args: list[str]) -> int:
    if name == "prepare":
        if sentence := os.environ.get("STAND_IN_REFUSAL"):
            print(f"portal: {sentence}", file=sys.stderr)
            return 1
        accounts = [{"role": "manager", "email": "gestion@demo.invalid", "password": "a-random-one"}]
        (Path(os.environ["PORTAL_STATE"]) / "demo-accounts.json").write_text(json.dumps(accounts))
        print(json.dumps({"migrations": 0, "demo": args[-1]}))
    elif name == "sql":
        psql = os.environ["STAND_IN_PSQL"]
        return subprocess.run([psql, os.environ["DATABASE_URL"], "-XAtc", args[0]]).returncode
    elif name == "env":
        print(
            json.dumps(
                {key: value for key, value in os.environ.items() if key.endswith("_URL") or key == "PORTAL_STATE"}
            )
        )
    elif name == "sleep":
        print("asleep", flush=True)
        time.sleep(float(args[0]))
    elif name == "fail":
        return 3
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
