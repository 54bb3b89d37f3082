"""The bytes that a person signs: what they do, on which stream, at what they looked, and until when it counts."""

import hashlib
from collections.abc import Sequence

from pydantic_core import to_json

from selection.kernel.canonical import canonical_bytes
from selection.kernel.leaf import leaf_hash
from selection.kernel.merkle import inclusion_proof, root_by_inclusion, root_of
from selection.kernel.model import Frozen, Ref
from selection.kernel.proof import Place, Proof

VERSION = 1


class Intent(Frozen):
    """An act as it is signed. `digest` is the SHA-256 (hex) over stream, role, reason and command.

    The command names its texts and files by their hashes. `reason` stands here too: of a refused act, whose command the
    record leaves out, the digest tells nobody whether the entry's reason is the one that was signed. `second_to` is the
    person whose act another one signs too, where two must.
    """

    stream: str
    command_id: str
    person: str
    role: str
    digest: str
    reason: Ref | None = None
    second_to: str = ""


def statement_of(intent: Intent, proof: Proof) -> bytes:
    """Return the statement's canonical bytes (RFC 8785).

    It holds texts, instants and small whole numbers under ASCII names: of these, in order, a plain writer makes the
    same bytes as the library for canonical JSON, in a tenth of the time, and an audit builds a hundred thousand.
    """
    stated = {
        "command_id": intent.command_id,
        "digest": intent.digest,
        "expires": proof.expires,
        "installation": proof.installation,
        "issued": proof.issued,
        "looked_at": proof.looked_at,
        "person": intent.person,
        "reason": {"id": reason.id, "sha256": reason.sha256} if (reason := intent.reason) else None,
        "role": intent.role,
        "rules": proof.rules,
        "second_to": intent.second_to,
        "stream": intent.stream,
        "version": VERSION,
    }
    return to_json(stated)


def message_of(intent: Intent, proof: Proof) -> bytes:
    """Return what the signature is over: the statement, or the list of acts in which the statement stands.

    Raises ProofInvalid for a place that is in no such list.
    """
    statement = statement_of(intent, proof)
    if proof.manifest is None:
        return statement
    place = proof.manifest
    beside = [bytes.fromhex(found) for found in place.hashes]
    return manifest_of(root_by_inclusion(leaf_hash(statement), place.index, place.size, beside), place.size)


def manifest_of(root: bytes, size: int) -> bytes:
    """Return what is signed once for many acts: how many they are, and the root over their statements (RFC 6962)."""
    return canonical_bytes({"version": VERSION, "acts": size, "root": root.hex()})


def places_of(statements: Sequence[bytes]) -> tuple[bytes, tuple[Place, ...]]:
    """Return what is signed for these statements together, and the place of each."""
    leaves = [leaf_hash(statement) for statement in statements]
    places = (
        Place(
            index=index,
            size=len(leaves),
            hashes=tuple(beside.hex() for beside in inclusion_proof(leaves, index)),
        )
        for index in range(len(leaves))
    )
    return manifest_of(root_of(leaves), len(leaves)), tuple(places)


def challenge_of(message: bytes) -> bytes:
    """Return what a key signs: the message's SHA-256, which is the challenge of an authenticator as well."""
    return hashlib.sha256(message).digest()
