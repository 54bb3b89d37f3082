"""What is signed of an act, as it is handed to a program whose person's key has yet to sign it."""

from portal.api.shapes import ToSign
from selection.decision.envelope import Envelope
from selection.kernel.proof import Assurance, Proof
from selection.signing.base64 import encode
from selection.signing.statement import Intent, challenge_of, statement_of


def list_wanted(act: Envelope, terms: Proof, level: Assurance, second: str) -> tuple[ToSign, ...]:
    """Return what those are to sign whose signatures an act lacks; `second` is who signs too, if that was named."""
    wanted = []
    if act.proof is None:
        wanted.append(_state(act.intent, terms))
    if level is Assurance.SIGNED_BY_TWO and act.second is None and second:
        wanted.append(_state(act.intent.with_(person=second, second_to=act.actor.person), terms))
    return tuple(wanted)


def _state(intent: Intent, terms: Proof) -> ToSign:
    statement = statement_of(intent, terms)
    return ToSign(
        person=intent.person,
        statement=statement.decode(),
        to_sign=encode(challenge_of(statement)),
        proof=terms,
    )
