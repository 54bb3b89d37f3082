"""The leaf of the Merkle log: one event as it is recorded, for good.

RFC 6962 section 2.1 hashing. The position of a leaf in its log is its sequence number and is
not part of its bytes, so the bytes are fixed before any commit and equal on every retry.
"""

import hashlib

from pydantic import Field

from selection.kernel.actor import Actor
from selection.kernel.canonical import canonical_bytes
from selection.kernel.model import Frozen, Instant as Instant, JsonObject
from selection.kernel.proof import Signed

LEAF_LIMIT = 65_535


class LeafTooLarge(ValueError):
    """A leaf's bytes exceed LEAF_LIMIT: content belongs in the content table, its hash in the leaf."""


class Leaf(Frozen):
    """One event with all that surrounds it; `data` always holds `command_id`.

    `at` is when the act was taken, `recorded` when it was decided, by the database's clock. The decision saw
    everything before it in its own log, and the first `register_size` entries of the installation's log. `signed`
    stands in the first leaf of an act that its person signed, and speaks for the others of the act.
    """

    type: str
    stream: str
    version: int
    actor: Actor
    at: Instant
    recorded: Instant
    register_size: int
    rules: str
    data: JsonObject
    signed: Signed | None = Field(default=None, exclude_if=lambda signed: signed is None)

    @property
    def people(self) -> tuple[str, ...]:
        """Everybody in whose name it was done: who acted, whom they stood in for, and who signed as the second."""
        return (*self.actor.people, self.cosigner) if self.cosigner else self.actor.people

    @property
    def cosigner(self) -> str:
        """Who signed it as the second; empty where nobody did."""
        second = self.signed.second if self.signed else None
        return second.person if second else ""


class Receipt(Frozen):
    """Where an act stands in the record: log, sequence, leaf hash (hex), and its stream version."""

    log: str
    seq: int
    stream: str
    version: int
    leaf_hash: str
    command_id: str
    at: Instant


def leaf_bytes(leaf: Leaf) -> bytes:
    """Return the canonical bytes of a leaf; raise LeafTooLarge above 65,535 bytes."""
    body = canonical_bytes(leaf)
    if len(body) > LEAF_LIMIT:
        raise LeafTooLarge(f"a leaf of {len(body)} bytes; {LEAF_LIMIT} at most")
    return body


def leaf_hash(body: bytes) -> bytes:
    """Return the RFC 6962 leaf hash: SHA-256 over a zero byte and the leaf's bytes."""
    return hashlib.sha256(b"\x00" + body).digest()
