"""The installation's private key as one line of text, in the form of Go's `sumdb/note` ("PRIVATE+KEY+...")."""

import base64
import hashlib

from pydantic import Field

from selection.kernel.model import Frozen
from selection.transparency.note import PLAIN, NoteInvalid, NoteSigner, Verifier, check_name

PREFIX = "PRIVATE+KEY+"
NAME_LIMIT = 64
"""Characters of a name, so that a receipt with its log's name stays within its limit."""


class PrivateKey(Frozen):
    """A name and the 32 bytes of an Ed25519 seed. Whoever has them can sign for the installation."""

    name: str
    seed: bytes = Field(repr=False, min_length=32, max_length=32)

    @property
    def verifier(self) -> Verifier:
        """The public key, for everyone."""
        return NoteSigner(self.name, self.seed).verifier

    @property
    def encoded(self) -> str:
        """The key as it stands in its file, without a newline."""
        secret = base64.b64encode(bytes([PLAIN]) + self.seed).decode()
        return f"{PREFIX}{self.name}+{self.verifier.key_id.hex()}+{secret}"

    @classmethod
    def parse(cls, encoded: str) -> "PrivateKey":
        """Read a private key; raise NoteInvalid, whose text holds nothing of the key."""
        name, _, rest = encoded.strip().removeprefix(PREFIX).partition("+")
        stated, _, secret = rest.partition("+")
        try:
            decoded = base64.b64decode(secret, validate=True)
        except ValueError:
            decoded = b""
        if not encoded.startswith(PREFIX) or len(decoded) != 33 or decoded[0] != PLAIN:
            raise NoteInvalid("not an Ed25519 private key")
        found = cls(name=check_name(name), seed=decoded[1:])
        if found.verifier.key_id.hex() != stated:
            raise NoteInvalid("the private key's id does not belong to its name and key")
        return found


def usual_name(seed: bytes) -> str:
    """Return the name of a key that nobody named: unlike any other key's, and telling nothing of the machine."""
    public = NoteSigner("unnamed", seed).verifier.public
    return f"selection-{hashlib.sha256(public).hexdigest()[:12]}"
