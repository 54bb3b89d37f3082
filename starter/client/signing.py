"""How the client signs: what a signature holds besides the act, read from the record, and whose key is at hand."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Protocol

from ledger.record import Ledger
from selection.decision.command import assurance_of
from selection.decision.envelope import Envelope
from selection.kernel.proof import Assurance, Proof
from selection.rules.terms import Terms, terms_of
from selection.signing.key import Founded
from selection.signing.signing_key import SigningKey
from selection.signing.software_key import BLANK
from selection.streams import ROUND, log_of, round_stream

COUNTS_FOR = timedelta(hours=24)
"""[D] For how long a signature counts: an act may wait out an outage."""


class Signer(Protocol):
    """Who has keys at hand, and asks for a passphrase or a touch at most once in a command."""

    def find_key(self, person: str, level: Assurance) -> SigningKey | None:
        """Return the key with which a person signs what needs a level, None for one who signs with none here."""


@dataclass
class Signing:
    """Signs acts; without a signer they stay unsigned, and count on a local installation only.

    What cannot change any more is read once for each process: the installation, sealed rules.
    """

    ledger: Ledger
    signer: Signer | None = None
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    _founded: Founded | None = None
    _terms: dict[str, Terms] = field(default_factory=dict)

    async def sign(self, envelope: Envelope) -> Envelope:
        """Return an act with its person's signature, or as it is where none of their keys is at hand."""
        (signed,) = await self.sign_all([envelope])
        return signed

    async def sign_all(self, envelopes: Sequence[Envelope]) -> list[Envelope]:
        """Return one person's acts, signed once for all of them together by a key that is enough for each."""
        if self.signer is None:
            return list(envelopes)
        levels = [await self.level(envelope) for envelope in envelopes]
        strong = next((level for level in levels if level is not Assurance.SESSION), Assurance.SESSION)
        key = self.signer.find_key(envelopes[0].actor.person, strong)
        if key is None:
            return list(envelopes)
        acts = [(envelope.intent, await self.state(envelope)) for envelope in envelopes]
        return [
            envelope.with_(proof=proof)
            for envelope, proof in zip(envelopes, key.prove_all(acts), strict=True)
        ]

    async def sign_second(self, envelope: Envelope, person: str) -> Envelope:
        """Return a signed act with the second person's signature, where two must sign it and their key is at hand."""
        if envelope.proof is None or await self.level(envelope) is not Assurance.SIGNED_BY_TWO:
            return envelope
        key = self.signer.find_key(person, Assurance.SIGNED) if self.signer else None
        if key is None:
            return envelope
        return envelope.with_(second=key.second(person, envelope.intent, await self.state(envelope)))

    async def level(self, envelope: Envelope) -> Assurance:
        """Return how an act must be signed."""
        terms = await self._read_terms(log_of(envelope.stream))
        return assurance_of(envelope.kind, terms.assurance if terms else None)

    async def rules(self, envelope: Envelope) -> str:
        """Return the hash of the rules under which an act is signed, empty where there are none."""
        terms = await self._read_terms(log_of(envelope.stream))
        return terms.rules_hash if terms else ""

    async def state(self, envelope: Envelope) -> Proof:
        """Return what a proof of an act says before it is signed."""
        founded, rules = await self.get_founding(), await self.rules(envelope)
        issued = self.now()
        return Proof(
            installation=founded.installation,
            rules=rules,
            looked_at=await self.ledger.reading.version(envelope.stream),
            issued=issued,
            expires=issued + COUNTS_FOR,
            signature=BLANK,
        )

    async def get_founding(self) -> Founded:
        """Return what the installation is."""
        if self._founded is None:
            self._founded = await self.ledger.keys.get_founding()
        return self._founded

    async def _read_terms(self, log: str) -> Terms | None:
        """Return a round's terms; None outside rounds and before its rules are sealed."""
        if log not in self._terms:
            found = await self.ledger.reading.snapshot(round_stream(log))
            sealed = ROUND.load(found.state).sealed if found else None
            if sealed is None:
                return None
            self._terms[log] = terms_of(sealed)
        return self._terms[log]
