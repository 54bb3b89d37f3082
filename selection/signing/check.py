"""Whether an act is its person's own, to the degree that the rules ask for."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from selection.kernel.merkle import ProofInvalid
from selection.kernel.proof import Assurance, Proof, Second, Signed
from selection.refusals.refused import Refused
from selection.signing.key import Founded, Key
from selection.signing.statement import Intent, message_of
from selection.signing.verify import holds

LONGEST = timedelta(days=7)
"""[D] For how long a signature may count: an act for two waits for the second person."""
AHEAD = timedelta(minutes=2)
"""[D] How far the clock of who signs may be ahead of the record's."""


@dataclass(frozen=True)
class Signing:
    """What a signature is checked against: the installation, everyone's keys, the rules, and the act's instant."""

    founded: Founded | None
    keys: Mapping[str, tuple[Key, ...]]
    rules: str
    at: datetime


def check_signatures(
    intent: Intent, proof: Proof | None, second: Second | None, level: Assurance, against: Signing
) -> Signed | None:
    """Return the signatures of an act as they are recorded; None for an unsigned act of a local installation.

    Raises Refused where the act is not shown to be its person's own. That is nobody's act, and leaves no entry.
    """
    founded = against.founded
    if proof is None:
        if founded is None or not founded.local or second is not None:
            raise Refused("unsigned")
        return None
    own = Assurance.SIGNED if level is Assurance.SIGNED_BY_TWO else level
    _check_proof(intent, proof, own, against)
    if second is None:
        if level is Assurance.SIGNED_BY_TWO:
            raise Refused("second-missing")
        return Signed(proof=proof)
    if second.person == intent.person:
        raise Refused("second-same")
    with_first = intent.with_(person=second.person, second_to=intent.person)
    _check_proof(with_first, second.proof, Assurance.SIGNED, against)
    return Signed(proof=proof, second=second)


def _check_proof(intent: Intent, proof: Proof, level: Assurance, against: Signing) -> None:
    founded, at = against.founded, against.at
    if founded is None or proof.installation != founded.installation or proof.rules != against.rules:
        raise Refused("signature-elsewhere")
    enrolled = {key.key: key for key in against.keys.get(intent.person, ())}
    key = enrolled.get(proof.signature.key)
    if key is None or not key.holds_at(at):
        raise Refused("signature-key")
    if level is not Assurance.SESSION and key.level is Assurance.SESSION:
        raise Refused("signature-weak")
    # What waited out an outage is dated when it is taken; the signature itself says how long it may wait.
    if not (proof.issued - AHEAD <= at < proof.expires <= proof.issued + LONGEST):
        raise Refused("signature-expired", issued=proof.issued.isoformat(), expires=proof.expires.isoformat())
    try:
        message = message_of(intent, proof)
    except ProofInvalid:
        raise Refused("signature-wrong") from None
    if not holds(proof.signature, key, message, founded.portals):
        raise Refused("signature-wrong")
