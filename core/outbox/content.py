"""What a message is made of, and the registry of the kinds of message that the apps know how to write."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.errors import DomainError
from core.localized import LANGUAGES
from core.models import Message

_valid_email = EmailValidator()
_CONTROLS = re.compile(r"[\x00-\x1f\x7f\u2028\u2029]+")


class InvalidAddress(DomainError):
    """A message goes to exactly one well-formed address, on one line."""

    code = "invalid_address"

    def __init__(self) -> None:
        super().__init__(_("Write one e-mail address, for example nom@exemple.tn."), field="email")


@dataclass(frozen=True)
class Recipient:
    """One person to write to; `language` is the one in which he is written to."""

    email: str
    name: str
    language: str

    def __post_init__(self) -> None:
        """Refuse what is not one address; a name loses its line breaks, so that it can never become a header."""
        try:
            _valid_email(self.email)
            object.__setattr__(self, "email", _ascii(self.email))
        except (ValidationError, UnicodeError):
            raise InvalidAddress from None
        object.__setattr__(self, "name", _CONTROLS.sub(" ", self.name).strip()[:200])
        object.__setattr__(self, "language", self.language if self.language in LANGUAGES else LANGUAGES[0])


def _ascii(email: str) -> str:
    """An address whose domain is written as mail servers take it: تونس is xn--pgbs0dh."""
    local, _at, domain = email.rpartition("@")
    return f"{local}@{domain.encode('idna').decode()}" if not domain.isascii() else email


@dataclass(frozen=True)
class Link:
    """A personal link: one act on one object, for the person who gets the message. The token is made at sending."""

    act: str
    obj: models.Model
    expires_at: datetime | None = None


@dataclass(frozen=True)
class Attachment:
    """A file that goes with the message; a calendar's type is `text/calendar; method=REQUEST`."""

    name: str
    content: bytes
    type: str


@dataclass(frozen=True)
class Content:
    """What one message says: `<template>.subject.txt`, `.txt` and `.html`, and their context.

    `why` is the sentence that every message carries: why it came, under which rule, what follows. In the templates
    `link.<place>` is a personal link and `secret.<name>` a value that only the reader may see (a sign-in code, an
    address that sets a password): both are hidden in what staff read. After `useless_after` the message is missed.
    """

    template: str
    context: Mapping[str, Any]
    why: str | Promise
    links: Mapping[str, Link] = field(default_factory=dict)
    secrets: Mapping[str, str] = field(default_factory=dict)
    attachments: tuple[Attachment, ...] | list[Attachment] = ()
    useless_after: datetime | None = None


class Useless(Exception):
    """Raised by a kind's build(): what the message announces no longer holds, so it is cancelled instead of sent."""


@dataclass(frozen=True)
class MessageKind:
    """One kind of message. `build` loads the object by `message.object_id` and runs in the reader's language.

    A kind that is not `resendable` carries a secret that exists once (a sign-in code): it cannot be sent again. One
    that is `urgent` is awaited now, or counts hours: it never waits in a batch.
    """

    code: str
    label: str | Promise
    build: Callable[[Message], Content]
    resendable: bool = True
    urgent: bool = False


_kinds: dict[str, MessageKind] = {}


def register(kind: MessageKind) -> None:
    """Make a kind known; called in `apps.py: ready()`."""
    known = _kinds.get(kind.code)
    if known is not None and known.build is not kind.build:
        raise ValueError(f"two kinds of message are called {kind.code!r}")
    _kinds[kind.code] = kind


def kind_of(message: Message) -> MessageKind:
    """The message's kind; LookupError when no app knows it."""
    try:
        return _kinds[message.kind]
    except KeyError:
        raise LookupError(f"no app knows messages of the kind {message.kind!r}") from None


def kinds() -> list[MessageKind]:
    """Every kind, by code."""
    return [_kinds[code] for code in sorted(_kinds)]


def label_of(code: str) -> str:
    """The kind's name in the language of the page; its code where no app knows it any more."""
    kind = _kinds.get(code)
    return str(kind.label) if kind else code


def is_urgent(code: str) -> bool:
    """Whether messages of this kind leave at once, however many there are; what nobody knows is not."""
    kind = _kinds.get(code)
    return kind is not None and kind.urgent
