"""Everybody's software keys, and an installation that takes no act without a signature."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from hashlib import sha256

from benchmarks.rounds import ADMIN
from selection.decision.command import assurance_of
from selection.decision.envelope import Envelope
from selection.decision.facts import PersonFact
from selection.kernel.actor import SYSTEM, Actor
from selection.kernel.leaf import Leaf
from selection.kernel.proof import Assurance, Proof, Signed
from selection.register.key_events import ENROLLED, FOUNDED
from selection.signing.key import Founded, Key
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
                self._public[person] = (self._own(person).key,)
        return {person: self._public[person] for person in people}

    def sign(self, envelope: Envelope, at: datetime) -> Envelope:
        """Return an act as its person sends it, and a second one where two must sign."""
        intent, person = envelope.intent, envelope.actor.person
        terms = Proof(
            installation=INSTALLATION, rules=self.rules, issued=at, expires=at + HOUR, signature=BLANK
        )
        two = assurance_of(envelope.kind, {}) is Assurance.SIGNED_BY_TWO
        second = self._own(SECOND).second(SECOND, intent, terms) if two else None
        proof = self._own(person).prove(intent, terms)
        return envelope.model_copy(update={"proof": proof, "second": second})

    def found(self, people: Iterable[PersonFact], at: datetime) -> list[Leaf]:
        """Return the installation's log: its founding, everyone's registration, and everyone's key."""
        founding = {**FOUNDING.model_dump(mode="json"), "code": "0" * 64}
        log = [self._leaf(FOUNDED, 1, SYSTEM, at, founding)]
        known = list(people)
        log.append(self._act(ENROLLED, 2, at, self._enrolment(ADMIN.person)))
        for fact in known:
            data = {**fact.model_dump(mode="json"), "language": "zh", "identity": "0" * 64}
            log.append(self._act("person.registered.v1", len(log) + 1, at, data))
        for fact in known:
            if fact.person != ADMIN.person:
                log.append(self._act(ENROLLED, len(log) + 1, at, self._enrolment(fact.person)))
        return log

    def _own(self, person: str) -> SoftwareKey:
        if person not in self._private:
            self._private[person] = SoftwareKey(seed=sha256(person.encode()).digest())
        return self._private[person]

    def _enrolment(self, person: str) -> dict[str, object]:
        key = self._own(person).key.model_dump(mode="json")
        return {"person": person, "key": key, "by": ADMIN.person}

    def _act(self, type_: str, version: int, at: datetime, data: dict[str, object]) -> Leaf:
        """Return an entry of the administrator's, signed."""
        command = {"kind": type_.partition(".")[0], **data}
        bare = Envelope(stream="installation", command_id=f"people-{version}", actor=ADMIN, command=command)
        proof = self.sign(bare, at).proof
        assert proof is not None
        leaf = self._leaf(type_, version, ADMIN.model_copy(update={"authority": "key"}), at, data)
        signed = Signed(proof=proof, command=command)
        hashed = {**leaf.data, "command_hash": bare.digest}
        return leaf.model_copy(update={"signed": signed, "data": hashed})

    @staticmethod
    def _leaf(type_: str, version: int, actor: Actor, at: datetime, data: dict[str, object]) -> Leaf:
        return Leaf(
            type=type_,
            stream="installation",
            version=version,
            actor=actor,
            at=at,
            recorded=at,
            register_size=version - 1,
            rules="",
            data={**data, "command_id": f"people-{version}"},
        )
