"""People of a round in memory who sign: an installation that is founded for it, and a software key for each of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from hashlib import sha256
from typing import Any

from selection.decision.command import assurance_of
from selection.decision.envelope import Envelope
from selection.kernel.actor import Actor, Role
from selection.kernel.proof import Assurance, Proof, Signed
from selection.signing.key import Founded, Key
from selection.signing.software_key import BLANK, SoftwareKey

INSTALLATION = "installation-1"
CLOSED = Founded(installation=INSTALLATION, local=False)
HOUR = timedelta(hours=1)
ROLES = ("admin", "officer", "supervisor", "examiner")
PAIRS = ((1, 2), (2, 1), (5, 6), (6, 5), (7, 8), (8, 7))
SECONDS = {f"{role}-{one}": f"{role}-{two}" for role in ROLES for one, two in PAIRS}
"""Who signs beside whom, where two must."""


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
    """A key whose public part is reckoned once."""

    @classmethod
    def of(cls, person: str) -> "PersonsKey":
        """Return the key of a person."""
        return cls(seed=sha256(f"key of {person}".encode()).digest())

    @cached_property
    def key(self) -> Key:
        """The public key."""
        return SoftwareKey.key.fget(self)  # type: ignore[attr-defined, no-any-return]


def terms_at(at: datetime, rules: str = "") -> Proof:
    """What a proof says before it is signed at an instant."""
    return Proof(
        installation=INSTALLATION, rules=rules, looked_at=0, issued=at, expires=at + HOUR, signature=BLANK
    )
