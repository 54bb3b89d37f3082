"""A private key that is a file's or a process's own: 32 bytes."""

from datetime import datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from pydantic import Field

from selection.kernel.proof import Assurance, Ed25519Signature
from selection.signing.base64 import encode
from selection.signing.key import Key, key_id
from selection.signing.signing_key import SigningKey
from selection.signing.statement import challenge_of

BLANK = Ed25519Signature(key="-" * 22, signature="")
"""What stands in a proof until it is signed; the statement does not hold it."""


class SoftwareKey(SigningKey):
    """The 32 bytes of an Ed25519 seed; a session's ends at `expires`."""

    seed: bytes = Field(repr=False, min_length=32, max_length=32)
    level: Assurance = Assurance.SIGNED
    expires: datetime | None = None

    @property
    def key(self) -> Key:
        """The public key, to be enrolled."""
        public = self._private.public_key().public_bytes_raw()
        return Key.model_validate(
            {
                "key": key_id(public),
                "scheme": "ed25519",
                "public": encode(public),
                "level": self.level,
                "expires": self.expires,
            }
        )

    @property
    def _private(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self.seed)

    def sign(self, message: bytes) -> Ed25519Signature:
        """Sign a message."""
        private = self._private
        name = key_id(private.public_key().public_bytes_raw())
        return Ed25519Signature(key=name, signature=encode(private.sign(challenge_of(message))))
