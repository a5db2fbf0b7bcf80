"""A device that makes passkeys, as a browser would answer for it: real keys, real signatures, no hardware."""

from __future__ import annotations

import hashlib
import json
import secrets
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData

PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40


class SoftKey:
    """One passkey on one device."""

    def __init__(self, origin: str = "http://localhost:8000", host: str = "localhost") -> None:
        self.origin, self.host = origin, host
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.id = secrets.token_bytes(32)
        self.handle = ""

    def make(self, options: dict[str, Any]) -> dict[str, Any]:
        """The answer to "make a passkey"."""
        self.handle = options["publicKey"]["user"]["id"]
        public = ES256.from_cryptography_key(self.key.public_key())
        data = AttestedCredentialData.create(b"\0" * 16, self.id, public)
        seen = self._data(PRESENT | VERIFIED | ATTESTED, data)
        client = self._client("webauthn.create", options)
        response = {
            "clientDataJSON": websafe_encode(client),
            "attestationObject": websafe_encode(bytes(AttestationObject.create("none", seen, {}))),
        }
        return self._answer(response)

    def give(self, options: dict[str, Any], *, flags: int = PRESENT | VERIFIED) -> dict[str, Any]:
        """The answer to "show your passkey"."""
        seen, client = self._data(flags), self._client("webauthn.get", options)
        signature = self.key.sign(bytes(seen) + hashlib.sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
        response = {
            "clientDataJSON": websafe_encode(client),
            "authenticatorData": websafe_encode(bytes(seen)),
            "signature": websafe_encode(signature),
            "userHandle": self.handle,
        }
        return self._answer(response)

    def _data(self, flags: int, attested: AttestedCredentialData | None = None) -> AuthenticatorData:
        return AuthenticatorData.create(hashlib.sha256(self.host.encode()).digest(), flags, 0, attested or b"")

    def _client(self, what: str, options: dict[str, Any]) -> bytes:
        challenge = options["publicKey"]["challenge"]
        return json.dumps({"type": what, "challenge": challenge, "origin": self.origin}).encode()

    def _answer(self, response: dict[str, str]) -> dict[str, Any]:
        name = websafe_encode(self.id)
        return {"id": name, "rawId": name, "type": "public-key", "clientExtensionResults": {}, "response": response}
