"""The receipt that anyone can check offline: one leaf's place under a checkpoint (C2SP tlog-proof)."""

import base64
from collections.abc import Sequence

from selection.kernel.merkle import ProofInvalid, root_by_inclusion
from selection.kernel.model import Frozen
from selection.transparency.checkpoint import Checkpoint, open_checkpoint
from selection.transparency.note import Note, Verifier

HEADER = "c2sp.org/tlog-proof@v1"
PROOF_LIMIT = 2_000
"""Bytes of a proof file at most."""


class LogProof(Frozen):
    """A leaf's index, the hashes beside its way to the root, and the signed checkpoint they lead to."""

    index: int
    hashes: tuple[bytes, ...]
    checkpoint: str

    @property
    def encoded(self) -> str:
        """The proof as a `.tlog-proof` file."""
        beside = "".join(f"{base64.b64encode(part).decode()}\n" for part in self.hashes)
        return f"{HEADER}\nindex {self.index}\n{beside}\n{self.checkpoint}"

    @classmethod
    def parse(cls, encoded: str) -> "LogProof":
        """Read a `.tlog-proof` file without extra data; raise ProofInvalid."""
        head, _, checkpoint = encoded.partition("\n\n")
        header, *lines = head.split("\n")
        word, _, index = (lines or [""])[0].partition(" ")
        if header != HEADER or word != "index" or not index.isascii() or not index.isdigit():
            raise ProofInvalid("not a tlog-proof")
        try:
            hashes = tuple(base64.b64decode(line, validate=True) for line in lines[1:])
            found = cls(index=int(index), hashes=hashes, checkpoint=checkpoint)
        except ValueError:
            raise ProofInvalid("a hash of the proof is not base64, or its index is too long") from None
        if found.encoded != encoded or any(len(part) != 32 for part in hashes):
            raise ProofInvalid("a tlog-proof that is not written as it must be")
        return found

    def check(self, leaf: bytes, verifier: Verifier) -> Checkpoint:
        """Check that the leaf hash stands at the index, and return the checkpoint that says so.

        Raises ProofInvalid, or NoteInvalid for the checkpoint.
        """
        checkpoint, _ = open_checkpoint(self.checkpoint, verifier)
        if root_by_inclusion(leaf, self.index, checkpoint.size, self.hashes) != checkpoint.root:
            raise ProofInvalid(f"the leaf is not entry {self.index} of the log")
        return checkpoint


def proof_of(hashes: Sequence[bytes], index: int, checkpoint: str) -> LogProof:
    """Return the proof from the inclusion hashes of a leaf and the signed checkpoint.

    Cosignatures that would take the file beyond its limit are left out, the latest first. Raises NoteInvalid.
    """
    note = Note.parse(checkpoint)
    kept = len(note.lines)
    while True:
        shortened = Note(text=note.text, lines=note.lines[:kept])
        proof = LogProof(index=index, hashes=tuple(hashes), checkpoint=shortened.encoded)
        if kept == 1 or len(proof.encoded.encode()) <= PROOF_LIMIT:
            return proof
        kept -= 1
