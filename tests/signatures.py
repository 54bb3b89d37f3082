"""People of a round in memory who sign: an installation that is founded for it, and a software key for each of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache, cached_property
from hashlib import sha256
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from benchmarks.in_memory.register import RegisterInMemory
from selection.decision.command import assurance_of
from selection.decision.envelope import Envelope
from selection.decision.facts import PersonFact
from selection.kernel.actor import Actor, Role
from selection.kernel.proof import Assurance, Proof, Signed
from selection.signing.key import Founded, Key
from selection.signing.software_key import BLANK, SoftwareKey
from tests import factories as f
from tests.desk import HERE

INSTALLATION = "installation-1"
CLOSED = Founded(installation=INSTALLATION, local=False)
HOUR = timedelta(hours=1)
ROLES = ("admin", "officer", "supervisor", "examiner")
PAIRS = ((1, 2), (2, 1), (5, 6), (6, 5), (7, 8), (8, 7))
SECONDS = {f"{role}-{one}": f"{role}-{two}" for role in ROLES for one, two in PAIRS}
"""Who signs beside whom, where two must."""
_REGISTERS: dict[Any, RegisterInMemory] = {}


@dataclass
class Signatures:
    """Everyone's keys, and what they sign with them; `alone` lets nobody sign beside somebody else."""

    founded: Founded = CLOSED
    alone: bool = False
    _known: dict[str, SoftwareKey] = field(default_factory=dict)

    def own(self, person: str) -> SoftwareKey:
        """A person's private key, the same in every run."""
        if person not in self._known:
            self._known[person] = PersonsKey.of(person)
        return self._known[person]

    def keys(self, *people: str) -> dict[str, tuple[Key, ...]]:
        """Their public keys."""
        return {person: (self.own(person).key,) for person in people}

    def signers(self, envelope: Envelope, asked: Mapping[str, Assurance] | None) -> tuple[str, ...]:
        """Who must sign an act."""
        two = assurance_of(envelope.kind, asked) is Assurance.SIGNED_BY_TWO
        first = envelope.actor.person
        return (first, SECONDS.get(first, "officer-2")) if two and not self.alone else (first,)

    def sign(
        self,
        envelope: Envelope,
        at: datetime,
        *,
        rules: str = "",
        asked: Mapping[str, Assurance] | None = None,
    ) -> Envelope:
        """Return an act as its person sends it, signed at an instant."""
        first, *others = self.signers(envelope, asked)
        terms, intent = terms_at(at, rules), envelope.intent
        seconds = [self.own(other).second(other, intent, terms) for other in others]
        proof = self.own(first).prove(intent, terms)
        return envelope.model_copy(update={"proof": proof, "second": seconds[0] if seconds else None})

    def entry(self, person: str, command_id: str, command: dict[str, Any], at: datetime) -> dict[str, Any]:
        """What an entry of the installation's log holds of an act of a person there."""
        actor = Actor(person=person, role=Role(person.rsplit("-", 1)[0]))
        bare = Envelope(stream="installation", command_id=command_id, actor=actor, command=command)
        sent = self.sign(bare, at)
        assert sent.proof is not None
        return {
            "actor": actor.model_copy(update={"authority": "key"}),
            "signed": Signed(proof=sent.proof, second=sent.second, command=command),
            "command_hash": sent.digest,
        }


class PersonsKey(SoftwareKey):
    """A key whose parts are reckoned once."""

    @staticmethod
    @cache
    def of(person: str) -> "PersonsKey":
        """Return the key of a person, the same in every run."""
        return PersonsKey(seed=sha256(f"key of {person}".encode()).digest())

    @cached_property
    def _private(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self.seed)

    @cached_property
    def key(self) -> Key:
        """The public key."""
        return SoftwareKey.key.fget(self)  # type: ignore[attr-defined, no-any-return]


def terms_at(at: datetime, rules: str = "") -> Proof:
    """What a proof says before it is signed at an instant."""
    return Proof(
        installation=INSTALLATION, rules=rules, looked_at=0, issued=at, expires=at + HOUR, signature=BLANK
    )


def register_before(people: tuple[PersonFact, ...], signatures: Signatures | None) -> RegisterInMemory:
    """Return the register of an installation in which these people were registered the day before.

    Many rounds begin with the same people, and whoever registers them signs alike with all signatures of a class.
    """
    founded = signatures.founded if signatures else HERE
    known = tuple((one.person, one.employer, one.active, tuple(one.roles.items())) for one in people)
    kind = (type(signatures), founded, known)
    if kind not in _REGISTERS:
        before = f.OPENED - timedelta(days=1)
        _REGISTERS[kind] = RegisterInMemory(founded, before, signatures)
        _REGISTERS[kind].register(people, before)
    return _REGISTERS[kind].copy(signatures)
