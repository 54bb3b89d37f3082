"""A private key in a person's own hands: it signs statements, and knows nothing of files or passphrases."""

from collections.abc import Sequence
from datetime import datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from pydantic import Field

from selection.kernel.model import Frozen
from selection.kernel.proof import Assurance, Ed25519Signature, Proof, Second
from selection.signing.base64 import encode
from selection.signing.key import Key, key_id
from selection.signing.statement import Intent, challenge_of, message_of, places_of, statement_of

BLANK = Ed25519Signature(key="-" * 22, signature="")
"""What stands in a proof until it is signed; the statement does not hold it."""


class SoftwareKey(Frozen):
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
        return Ed25519Signature(key=self.key.key, signature=encode(self._private.sign(challenge_of(message))))

    def prove(self, intent: Intent, terms: Proof) -> Proof:
        """Return the proof of an act: `terms` with this key's signature."""
        return terms.model_copy(update={"signature": self.sign(message_of(intent, terms))})

    def prove_all(self, intents: Sequence[Intent], terms: Proof) -> list[Proof]:
        """Return the proofs of many acts that are signed once: `terms` with one signature, each in its place."""
        message, places = places_of([statement_of(intent, terms) for intent in intents])
        signature = self.sign(message)
        return [terms.model_copy(update={"signature": signature, "manifest": place}) for place in places]

    def second(self, person: str, intent: Intent, terms: Proof) -> Second:
        """Return the second signature, by `person`, of an act of somebody else's."""
        beside = intent.with_(person=person, second_to=intent.person)
        return Second(person=person, proof=self.prove(beside, terms))
