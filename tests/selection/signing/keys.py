"""Keys for tests: software keys by number, and an authenticator such as a browser asks."""

import hashlib
import json
from dataclasses import dataclass, field
from datetime import timedelta

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2 import cbor
from fido2.cose import ES256
from fido2.webauthn import AttestedCredentialData

from selection.kernel.proof import Proof, WebAuthnSignature
from selection.signing.base64 import encode
from selection.signing.key import Key, key_id
from selection.signing.software_key import BLANK, SoftwareKey
from selection.signing.statement import Intent, challenge_of, message_of
from tests import factories as f

INSTALLATION = "installation-1"
HOUR = timedelta(hours=1)


def software(number: int, **told: object) -> SoftwareKey:
    return SoftwareKey.model_validate({"seed": number.to_bytes(32, "big"), **told})


def draft_proof(**changes: object) -> Proof:
    """What a proof says before it is signed."""
    told = {
        "installation": INSTALLATION,
        "rules": f.TERMS.rules_hash,
        "looked_at": 1,
        "issued": f.OPENED,
        "expires": f.OPENED + HOUR,
        "signature": BLANK,
    }
    return Proof.model_validate({**told, **changes})


@dataclass
class Authenticator:
    """Signs as an authenticator does for a page of a site, with what the test wants otherwise.

    `credential` is what it calls the key that a page had it make; a key that came otherwise has no such name.
    """

    site: str = "localhost"
    origin: str = "http://localhost:8000"
    flags: int = 0x05
    kind: str = "webauthn.get"
    more: dict[str, object] = field(default_factory=dict)
    private: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )
    credential: bytes = b""

    @property
    def key(self) -> Key:
        public = cbor.encode(dict(ES256.from_cryptography_key(self.private.public_key())))  # type: ignore[no-untyped-call]
        named = {"credential": encode(self.credential)} if self.credential else {}
        told = {"key": key_id(public), "scheme": "webauthn", "public": encode(public), "site": self.site}
        return Key.model_validate({**told, **named})

    def register(self, challenge: bytes) -> tuple[bytes, bytes]:
        """Make the key: client data and attestation, as a browser hands them over."""
        public = ES256.from_cryptography_key(self.private.public_key())  # type: ignore[no-untyped-call]
        made = AttestedCredentialData.create(bytes(16), self.credential or b"credential", public)
        data = self._data(self.flags | 0x40) + made
        return self._client_data(challenge), cbor.encode({"fmt": "none", "attStmt": {}, "authData": data})

    def _client_data(self, challenge: bytes) -> bytes:
        told = {
            "type": self.kind,
            "challenge": encode(challenge),
            "origin": self.origin,
            "crossOrigin": False,
        }
        return json.dumps({**told, **self.more}).encode()

    def _data(self, flags: int) -> bytes:
        return hashlib.sha256(self.site.encode()).digest() + bytes([flags]) + (7).to_bytes(4, "big")

    def sign(self, message: bytes) -> WebAuthnSignature:
        return self.sign_challenge(challenge_of(message))

    def sign_challenge(self, challenge: bytes) -> WebAuthnSignature:
        client_data = self._client_data(challenge)
        data = self._data(self.flags)
        signed = self.private.sign(data + hashlib.sha256(client_data).digest(), ec.ECDSA(hashes.SHA256()))
        return WebAuthnSignature(
            key=self.key.key,
            signature=encode(signed),
            authenticator_data=encode(data),
            client_data=encode(client_data),
        )

    def prove(self, intent: Intent, terms: Proof) -> Proof:
        return terms.model_copy(update={"signature": self.sign(message_of(intent, terms))})
