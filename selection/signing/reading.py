"""What a person signs to read: that it is they, here and now, in answer to a question that counts once.

It is no act. The signed bytes name their purpose, which a statement of an act has no place for, so that neither of the
two ever passes for the other.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Annotated

from pydantic import Field

from selection.kernel.canonical import canonical_bytes
from selection.kernel.model import Frozen, Instant
from selection.kernel.named import PersonId
from selection.kernel.proof import Base64, KeyId, Signature, WebAuthnSignature
from selection.refusals.refused import Refused
from selection.signing.key import Founded, Key, Portal
from selection.signing.signing_key import SigningKey
from selection.signing.verify import holds

VERSION = 1
PURPOSE = "read"
SIGN_IN = "sign-in"
"""The same, of a question that a page asks before it knows who will answer, and with which passkey."""
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


class Assertion(Frozen):
    """A browser's answer to the question of this challenge: who says that it is they, and what their passkey signed.

    `portal` is the one that asked: what was signed on any other page answers nothing.
    """

    person: PersonId
    challenge: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    portal: Portal
    signature: Base64
    authenticator_data: Base64
    client_data: Base64

    def to_signature(self, key: KeyId) -> WebAuthnSignature:
        """Return the signature as one of this key."""
        fields = self.model_dump(include={"signature", "authenticator_data", "client_data"})
        return WebAuthnSignature(key=key, **fields)


def sign_in_statement(question: Question) -> bytes:
    """Return the bytes that a passkey signs (RFC 8785): the key that they hold under says whose they are."""
    return canonical_bytes({"version": VERSION, "purpose": SIGN_IN, **question.model_dump(mode="json")})


def find_signer(
    answered: Assertion, asked: Question | None, founded: Founded, keys: Iterable[Key], at: datetime
) -> Key:
    """Return the key among those in force of the person that answered, on the portal that asked. Raises Refused."""
    if asked is None:
        raise Refused("question-answered")
    if asked.installation != founded.installation:
        raise Refused("signature-elsewhere")
    if not asked.issued <= at < asked.expires:
        params = {"issued": asked.issued.isoformat(), "expires": asked.expires.isoformat()}
        raise Refused("signature-expired", **params)
    statement = sign_in_statement(asked)
    for key in keys:
        fits = key.scheme == "webauthn" and key.holds_at(at) and key.is_of(founded)
        if fits and holds(answered.to_signature(key.key), key, statement, (answered.portal,)):
            return key
    raise Refused("signature-key")


def answer(key: SigningKey, person: str, question: Question) -> ReadProof:
    """Return the person's answer, signed with the key."""
    signature = key.sign(read_statement(person, key.key.key, question))
    return ReadProof(person=person, question=question, signature=signature)


def read_statement(person: str, key: KeyId, question: Question) -> bytes:
    """Return the bytes that are signed (RFC 8785)."""
    fields = {"version": VERSION, "purpose": PURPOSE, "person": person, "key": key}
    return canonical_bytes({**fields, **question.model_dump(mode="json")})


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
        params = {"issued": question.issued.isoformat(), "expires": question.expires.isoformat()}
        raise Refused("signature-expired", **params)
    if asked != question:
        raise Refused("question-answered")
    if key is None or not key.holds_at(at):
        raise Refused("signature-key")
    statement = read_statement(proof.person, proof.signature.key, question)
    if not holds(proof.signature, key, statement, founded.portals):
        raise Refused("signature-wrong")
