"""How an act's signatures meet the decision: which are asked for, what they are held against, what is recorded."""

from datetime import datetime

from selection.decision.command import assurance_of
from selection.decision.envelope import Envelope
from selection.decision.facts import Facts
from selection.kernel.canonical import canonical_bytes, in_canonical_order
from selection.kernel.proof import Signed
from selection.refusals.refused import Refused
from selection.signing.check import Signing, check_signatures
from selection.signing.key import Key


def check_envelope(
    envelope: Envelope, facts: Facts, at: datetime, beside: tuple[Key, ...] = ()
) -> Signed | None:
    """Return an act's signatures with what was asked, None for what a local installation takes without.

    `beside` are keys of who acts that count though nobody enrolled them yet. Raises Refused where the act is not shown
    to be its person's own.
    """
    terms = facts.terms
    level = assurance_of(envelope.kind, terms.assurance if terms else None)
    person = envelope.actor.person
    keys = {**facts.keys, person: (*facts.keys.get(person, ()), *beside)}
    against = Signing(facts.founded, keys, terms.rules_hash if terms else "", at)
    signed = check_signatures(envelope.intent, envelope.proof, envelope.second, level, against)
    if signed is None:
        return None
    try:
        canonical_bytes(envelope.command)
    except ValueError:
        # Floats and numbers that canonical JSON can't hold: nobody could check what was signed.
        raise Refused("unreadable", places="command") from None
    return signed.model_copy(update={"command": in_canonical_order(envelope.command)})
