"""How a message leaves: over SMTP where EMAIL_URL says so, into a file under the state folder where it is empty."""

from __future__ import annotations

import os
import smtplib
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.utils import parseaddr
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from core.enums import MessageState
from core.models import Message

PORTS = {"smtp": 25, "smtp+tls": 587, "smtps": 465}
TOO_BIG = 552


class Unreachable(Exception):
    """The mail server is away or refuses us altogether: no message is to blame, none loses a try."""


class Deferred(Exception):
    """The server asks to come back later with this message (4xx), or broke off after it began to take it."""


class Refused(Exception):
    """The server will not take this message (5xx)."""


@dataclass(frozen=True)
class Server:
    """A mail server as EMAIL_URL names it."""

    host: str
    port: int
    user: str
    password: str
    scheme: str


def parse(url: str) -> Server | None:
    """`smtp://`, `smtp+tls://` (STARTTLS) or `smtps://user:password@host:port`; None for an empty address.

    Raises ImproperlyConfigured with a sentence that never repeats the password.
    """
    if not url:
        return None
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        host, port, parts = None, None, urlsplit("")
    if parts.scheme not in PORTS or not host:
        raise ImproperlyConfigured("EMAIL_URL is not smtp://, smtp+tls:// or smtps://USER:PASSWORD@HOST:PORT.")
    return Server(
        host, port or PORTS[parts.scheme], unquote(parts.username or ""), unquote(parts.password or ""), parts.scheme
    )


class Carrier(Protocol):
    """Takes one finished mail. `may_hand` is asked when the receiver is about to take it; False: nothing leaves."""

    done: MessageState

    @property
    def is_open(self) -> bool: ...

    def carry(self, message: Message, mail: bytes, may_hand: Callable[[], bool]) -> bool: ...


@contextmanager
def carrier() -> Iterator[Carrier]:
    """One connection for a batch; raises Unreachable when there is none."""
    server = parse(settings.EMAIL_URL)
    if server is None:
        yield FileCarrier(settings.STATE_DIR / "mail")
        return
    line = _connect(server)
    try:
        yield SmtpCarrier(line, parseaddr(settings.DEFAULT_FROM_EMAIL)[1])
    finally:
        try:
            line.quit()
        except (smtplib.SMTPException, OSError):
            line.close()


def _connect(server: Server) -> smtplib.SMTP:
    timeout, name = settings.EMAIL_TIMEOUT, urlsplit(settings.PORTAL_URL).hostname
    try:
        if server.scheme == "smtps":
            context = ssl.create_default_context()
            line: smtplib.SMTP = smtplib.SMTP_SSL(server.host, server.port, name, timeout=timeout, context=context)
        else:
            line = smtplib.SMTP(server.host, server.port, name, timeout=timeout)
        line.ehlo_or_helo_if_needed()
        if server.scheme == "smtp+tls":
            line.starttls(context=ssl.create_default_context())
            line.ehlo()
        if server.user:
            line.login(server.user, server.password)
    except smtplib.SMTPResponseException as error:
        raise Unreachable(_words(error.smtp_code, error.smtp_error)) from error
    except (smtplib.SMTPException, OSError) as error:
        raise Unreachable(str(error) or type(error).__name__) from error
    return line


class SmtpCarrier:
    """One SMTP conversation for many messages; the phase in which it breaks decides what a break means."""

    done = MessageState.SENT

    def __init__(self, line: smtplib.SMTP, sender: str) -> None:
        self.line = line
        self.sender = sender

    @property
    def is_open(self) -> bool:
        return self.line.sock is not None

    def carry(self, message: Message, mail: bytes, may_hand: Callable[[], bool]) -> bool:
        """Before DATA a break costs nothing; after it the message may have arrived, so the try counts."""
        try:
            self._envelope(message, len(mail))
        except (smtplib.SMTPServerDisconnected, OSError) as error:
            raise Unreachable(str(error) or type(error).__name__) from error
        except ValueError:  # an address that cannot be said on the line
            self._reset()
            raise
        handed = False
        try:
            handed = may_hand()
        finally:
            if not handed:
                self._reset()
        if not handed:
            return False
        try:
            self._judge(*self.line.data(mail))
        except smtplib.SMTPDataError as error:
            self._judge(error.smtp_code, error.smtp_error)
        except (smtplib.SMTPServerDisconnected, OSError) as error:
            raise Deferred(str(error) or type(error).__name__) from error
        return True

    def _envelope(self, message: Message, size: int) -> None:
        code, words = self.line.mail(self.sender, [f"size={size}"] if self.line.has_extn("size") else [])
        if code == TOO_BIG:
            self._judge(code, words)
        if code >= 400:  # it is our own address that the server refuses: every message would fail alike
            raise Unreachable(_words(code, words))
        self._judge(*self.line.rcpt(message.to_email))

    def _judge(self, code: int, words: bytes | str) -> None:
        """Raise what an answer other than "yes" means, and leave the conversation ready for the next message."""
        if code < 400:
            return
        if code == 421:
            raise Unreachable(_words(code, words))
        self._reset()
        raise (Refused if code >= 500 else Deferred)(_words(code, words))

    def _reset(self) -> None:
        try:
            self.line.rset()
        except (smtplib.SMTPServerDisconnected, OSError):
            self.line.close()


class FileCarrier:
    """Writes each mail as `<id>.eml`, readable by the portal alone: a demonstration sends nothing."""

    done = MessageState.WRITTEN
    is_open = True

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def carry(self, message: Message, mail: bytes, may_hand: Callable[[], bool]) -> bool:
        if not may_hand():
            return False
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = file_of(message)
        part = path.with_suffix(f".{os.getpid()}.part")
        with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(mail)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
        return True


def file_of(message: Message) -> Path:
    """Where a message that was "written to a file, not sent" lies: named by its Message-ID, so twice is once."""
    folder: Path = settings.STATE_DIR / "mail"
    return folder / f"{message.message_id.strip('<>').split('@')[0]}.eml"


def _words(code: int, words: bytes | str) -> str:
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    return f"{code} {' '.join(text.split())}"[:500]
