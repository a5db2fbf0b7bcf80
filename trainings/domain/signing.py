"""Ed25519 signatures over certified fields. Private keys lie in the state folder, one file a key, mode 0600.

Every certificate names its key. Public keys stay in the database for ever, so that a certificate of years ago is
still checked after its private key was renewed or lost. Demonstration certificates have a key of their own.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from django.conf import settings

from trainings.models import SigningKey

FOLDER = "signing-keys"


def canonical(fields: Mapping[str, Any]) -> bytes:
    """The one byte string that stands for `fields`: JSON, keys sorted, no blanks, UTF-8 (RFC 8785 for our types)."""
    return json.dumps(fields, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def current_key(*, demo: bool, now: datetime) -> SigningKey:
    """The newest key whose private half is here; makes one where there is none."""
    for key in SigningKey.objects.filter(is_demo=demo):
        if _path(key.key_id).exists():
            return key
    return _make_key(demo=demo, now=now)


def sign(fields: Mapping[str, Any], *, key: SigningKey) -> str:
    """The signature of `fields` in base64. Raises FileNotFoundError where the private half is not here."""
    private = Ed25519PrivateKey.from_private_bytes(base64.b64decode(_path(key.key_id).read_text()))
    return base64.b64encode(private.sign(canonical(fields))).decode()


def is_genuine(fields: Mapping[str, Any], *, signature: str, key: SigningKey) -> bool:
    """Whether `signature` was made over exactly these fields by `key`."""
    public = Ed25519PublicKey.from_public_bytes(base64.b64decode(key.public_key))
    try:
        public.verify(base64.b64decode(signature), canonical(fields))
    except (InvalidSignature, ValueError):
        return False
    return True


def _make_key(*, demo: bool, now: datetime) -> SigningKey:
    private = Ed25519PrivateKey.generate()
    public = private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    key_id = ("DEMO-" if demo else "K-") + hashlib.sha256(public).hexdigest()[:8].upper()
    path = _path(key_id)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    secret = base64.b64encode(private.private_bytes(Encoding.Raw, PrivateFormat.Raw, NoEncryption()))
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(secret)
    return SigningKey.objects.create(
        key_id=key_id, public_key=base64.b64encode(public).decode(), is_demo=demo, created_at=now
    )


def _path(key_id: str) -> Path:
    return Path(settings.STATE_DIR) / FOLDER / f"{key_id}.key"
