"""A mail server in a process of its own, as a real one is: it takes every mail and says at the end how many it took."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from core.testing.smtp import Sink


@dataclass
class MailServer:
    """`arrived` is known when the server has stopped: how many mails came, each counted once."""

    url: str
    arrived: int = 0


@contextmanager
def mail_server() -> Iterator[MailServer]:
    """Runs while the block does; its work is not the portal's, so it is not done in the portal's process."""
    command = [sys.executable, "-m", "bench.mailserver"]
    with subprocess.Popen(command, env=os.environ, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        if process.stdin is None or process.stdout is None:
            raise RuntimeError("the mail server has no pipes")
        server = MailServer(url=process.stdout.readline().strip())
        try:
            yield server
        finally:
            process.stdin.close()
            server.arrived = int(process.stdout.readline() or 0)


def serve() -> None:
    """The other side: the address first, then, when nobody listens any more, the count."""
    with Sink() as sink:
        _say(sink.url)
        sys.stdin.read()
        _say(len({one.message_id for one in sink.received}))


def _say(what: object) -> None:
    sys.stdout.write(f"{what}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    serve()
