"""What a person signs to read: that it is they, here and now, in answer to a question that counts once.

It is no act. The signed bytes name their purpose, which a statement of an act has no place for, so that neither of the
two ever passes for the other.
"""

from datetime import datetime, timedelta
from typing import Annotated

from pydantic import Field

from selection.kernel.canonical import canonical_bytes
from selection.kernel.model import Frozen, Instant
from selection.kernel.named import PersonId
from selection.kernel.proof import KeyId, Signature
from selection.refusals.refused import Refused
from selection.signing.key import Founded, Key
from selection.signing.signing_key import SigningKey
from selection.signing.verify import holds

VERSION = 1
PURPOSE = "read"
COUNTS_FOR = timedelta(minutes=5)
"""[D] For how long a question may be answered."""


class Question(Frozen):
    """What whoever wants to read is asked by the service that they want to read from; `challenge` is random."""

    installation: Annotated[str, Field(pattern=r"^[A-Za-z0-9-]{1,64}$")]
    challenge: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    issued: Instant
    expires: Instant


class ReadProof(Frozen):
    """The answer: whose it is, with the signature of a session's key or of their own."""

    person: PersonId
    question: Question
    signature: Signature


def answer(key: SigningKey, person: str, question: Question) -> ReadProof:
    """Return the person's answer, signed with the key."""
    signature = key.sign(read_statement(person, key.key.key, question))
    return ReadProof(person=person, question=question, signature=signature)


def read_statement(person: str, key: KeyId, question: Question) -> bytes:
    """Return the bytes that are signed (RFC 8785)."""
    told = {"version": VERSION, "purpose": PURPOSE, "person": person, "key": key}
    return canonical_bytes({**told, **question.model_dump(mode="json")})


def check_answer(
    proof: ReadProof, asked: Question | None, founded: Founded, key: Key | None, at: datetime
) -> None:
    """See that a question was answered by who they say they are; `asked` is the one that waits under its challenge.

    `key` is what the register holds, under the name of the key that signed, as this person's in force. Raises Refused.
    """
    question = proof.question
    if question.installation != founded.installation:
        raise Refused("signature-elsewhere")
    if not question.issued <= at < question.expires:
        told = {"issued": question.issued.isoformat(), "expires": question.expires.isoformat()}
        raise Refused("signature-expired", **told)
    if asked != question:
        raise Refused("question-answered")
    if key is None or not key.holds_at(at):
        raise Refused("signature-key")
    if not holds(proof.signature, key, read_statement(proof.person, proof.signature.key, question)):
        raise Refused("signature-wrong")
