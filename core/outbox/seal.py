"""Values that a message must carry and that nobody but its reader may see, kept sealed until it is sent."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils.crypto import salted_hmac

from core.models import Message


def _box() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet(
        Fernet(base64.urlsafe_b64encode(salted_hmac("core.outbox.seal", "v1", secret=key, algorithm="sha256").digest()))
        for key in keys
    )


def seal(values: Mapping[str, str]) -> str:
    """The values, encrypted under the secret key; empty for none."""
    return _box().encrypt(json.dumps(dict(values)).encode()).decode() if values else ""


def unsealed(message: Message) -> dict[str, str]:
    """What `queue(secrets=...)` was given; empty once the message reached its end, or after the key was lost."""
    try:
        return opened(message.sealed) if message.sealed else {}
    except InvalidToken:
        return {}


def opened(sealed: str) -> dict[str, str]:
    """The values of `seal`; raises InvalidToken where neither the key nor one of before made it."""
    values: dict[str, str] = json.loads(_box().decrypt(sealed.encode()))
    return values
