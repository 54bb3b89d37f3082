"""Everybody's software keys, and an installation that takes no act without a signature."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from hashlib import sha256

from selection.decision.command import assurance_of
from selection.decision.envelope import Envelope
from selection.kernel.proof import Assurance, Proof
from selection.signing.key import Founded, Key
from selection.signing.possession import Enrolment, enrol
from selection.signing.software_key import BLANK, SoftwareKey

INSTALLATION = "benchmark"
FOUNDING = Founded(installation=INSTALLATION, local=False)
SECOND = "officer-2"
HOUR = timedelta(hours=1)


class Signers:
    """People with their keys; `rules` is the hash of the round's sealed rules once it is open."""

    def __init__(self) -> None:
        self.rules = ""
        self._private: dict[str, SoftwareKey] = {}
        self._public: dict[str, tuple[Key, ...]] = {}

    def keys(self, *people: str) -> dict[str, tuple[Key, ...]]:
        """Return their public keys."""
        for person in people:
            if person not in self._public:
                self._public[person] = (self.own(person).key,)
        return {person: self._public[person] for person in people}

    def sign(self, envelope: Envelope, at: datetime) -> Envelope:
        """Return an act as its person sends it, and a second one where two must sign."""
        intent, person = envelope.intent, envelope.actor.person
        terms = Proof(
            installation=INSTALLATION, rules=self.rules, issued=at, expires=at + HOUR, signature=BLANK
        )
        two = assurance_of(envelope.kind, None) is Assurance.SIGNED_BY_TWO
        second = self.own(SECOND).second(SECOND, intent, terms) if two else None
        proof = self.own(person).prove(intent, terms)
        return envelope.model_copy(update={"proof": proof, "second": second})

    def enrol(self, people: Iterable[str], installation: str) -> tuple[Enrolment, ...]:
        """Return the keys of these people, each with its own signature that it is to be theirs."""
        return tuple(enrol(self.own(person), person, installation) for person in people)

    def own(self, person: str) -> SoftwareKey:
        """Return a person's private key, the same in every run."""
        if person not in self._private:
            self._private[person] = SoftwareKey(seed=sha256(person.encode()).digest())
        return self._private[person]
