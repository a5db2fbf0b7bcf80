"""A mail server for tests: a real one on the loopback interface that keeps what it gets and misbehaves on demand."""

from __future__ import annotations

import asyncio
import logging
import socket
from collections import Counter
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from functools import cached_property
from types import TracebackType
from typing import Any, Self

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

logging.getLogger("mail.log").setLevel(logging.WARNING)

PHASES = frozenset({"mail", "rcpt", "data"})


@dataclass(frozen=True)
class Received:
    """One mail that the server took."""

    to: str
    content: bytes

    @cached_property
    def mail(self) -> EmailMessage:
        return message_from_bytes(self.content, policy=default)

    @property
    def message_id(self) -> str:
        return str(self.mail["Message-ID"])

    @property
    def text(self) -> str:
        part = self.mail.get_body(("plain",))
        return str(part.get_content()) if part else ""

    @property
    def html(self) -> str:
        part = self.mail.get_body(("html",))
        return str(part.get_content()) if part else ""


@dataclass
class Sink:
    """`with Sink() as sink:` then `settings.EMAIL_URL = sink.url`; what arrived is in `sink.received`.

    `sink.answers["x@example.org"] = "550 no such user"` refuses one address; `sink.cut("data", times=1)` closes the
    socket in a phase ("data": after the whole mail was taken, before "250"); `sink.stop()` and `sink.start()` are an
    outage on the same port; `sink.delay` makes each mail last.
    """

    port: int = 0
    delay: float = 0.0
    answers: dict[str, str] = field(default_factory=dict)
    received: list[Received] = field(default_factory=list)
    connections: int = 0
    _cuts: Counter[str] = field(default_factory=Counter)
    _controller: Controller | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    def start(self) -> None:
        self.port = self.port or _free_port()
        self._controller = Controller(_Handler(self), hostname="127.0.0.1", port=self.port)
        self._controller.start()

    def stop(self) -> None:
        if self._controller is not None:
            self._controller.stop()
            self._controller = None

    def cut(self, phase: str, times: int = 1) -> None:
        """Close the socket the next `times` times that a conversation comes to `phase`."""
        if phase not in PHASES:
            raise ValueError(f"{phase!r} is none of {', '.join(sorted(PHASES))}")
        self._cuts[phase] += times

    def to(self, email: str) -> list[Received]:
        """What one address got, in order."""
        return [received for received in self.received if received.to == email]

    def cuts(self, phase: str) -> bool:
        if self._cuts[phase] < 1:
            return False
        self._cuts[phase] -= 1
        return True


class _Handler:
    def __init__(self, sink: Sink) -> None:
        self.sink = sink

    async def handle_EHLO(
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        self.sink.connections += 1
        session.host_name = hostname
        return responses

    async def handle_MAIL(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.sink.cuts("mail"):
            return _close(server)
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.sink.cuts("rcpt"):
            return _close(server)
        answer = self.sink.answers.get(address, "250 OK")
        if answer.startswith("2"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if self.sink.delay:
            await asyncio.sleep(self.sink.delay)
        content = envelope.original_content or b""
        self.sink.received.extend(Received(to, content) for to in envelope.rcpt_tos)
        return _close(server) if self.sink.cuts("data") else "250 OK"


def _close(server: Any) -> str:
    server.transport.abort()
    return "421 cut"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
