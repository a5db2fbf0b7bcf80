"""Tokens of personal links: 128 bits that only the reader has. The portal keeps a hash and can check, never recall."""

from __future__ import annotations

import base64
import hashlib
import secrets

from django.conf import settings
from django.utils.crypto import salted_hmac

from core.models import Message

BYTES = 16


def token_for(message: Message, place: str) -> str:
    """The token of one place in one message: the same at every try, because it is an HMAC of the row and the place."""
    seed = f"{message.pk}:{message.uid}:{place}"
    return _encode(salted_hmac("core.outbox.link", seed, algorithm="sha256").digest()[:BYTES])


def new_token() -> str:
    """A token for a link that is not born in a message."""
    return _encode(secrets.token_bytes(BYTES))


def hash_of(token: str) -> str:
    """What is stored and looked up. A plain digest is enough: 128 random bits cannot be guessed from it."""
    return hashlib.sha256(token.encode()).hexdigest()


def url_of(token: str) -> str:
    """The short address that leads to the act's page in its reader's language."""
    return f"{settings.PORTAL_URL}/l/{token}/"


def _encode(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode()
