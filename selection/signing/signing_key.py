"""What every private key does with statements, whatever it is made of. It knows nothing of files or passphrases."""

from abc import ABC, abstractmethod
from collections.abc import Sequence

from selection.kernel.model import Frozen
from selection.kernel.proof import Proof, Second, Signature
from selection.signing.key import Key
from selection.signing.statement import Intent, message_of, places_of, statement_of


class SigningKey(Frozen, ABC):
    """A key in a person's own hands, in software or on a token."""

    @property
    @abstractmethod
    def key(self) -> Key:
        """The public key, to be enrolled."""

    @abstractmethod
    def sign(self, message: bytes) -> Signature:
        """Sign a message."""

    def prove(self, intent: Intent, terms: Proof) -> Proof:
        """Return the proof of an act: `terms` with this key's signature."""
        return terms.model_copy(update={"signature": self.sign(message_of(intent, terms))})

    def prove_all(self, acts: Sequence[tuple[Intent, Proof]]) -> list[Proof]:
        """Return the proofs of many acts that are signed once: the terms of each, with its place in the list."""
        if len(acts) == 1:
            return [self.prove(*acts[0])]
        message, places = places_of([statement_of(intent, terms) for intent, terms in acts])
        signature = self.sign(message)
        return [
            terms.model_copy(update={"signature": signature, "manifest": place})
            for (_, terms), place in zip(acts, places, strict=True)
        ]

    def second(self, person: str, intent: Intent, terms: Proof) -> Second:
        """Return the second signature, by `person`, of an act of somebody else's."""
        beside = intent.with_(person=person, second_to=intent.person)
        return Second(person=person, proof=self.prove(beside, terms))
