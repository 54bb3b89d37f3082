"""A receipt checked offline: that an act stands in a log which the installation signed."""

from audit.log.external_checkpoints import OutsideCheckpoint
from selection.kernel.merkle import ProofInvalid
from selection.kernel.model import Frozen
from selection.transparency.checkpoint import verifier_of
from selection.transparency.note import NoteInvalid, Verifier
from selection.transparency.proof import LogProof


class ReceiptRefuted(Exception):
    """The file does not prove that the leaf stands in a log signed by the key; the text says where it fails."""


class ProvenReceipt(Frozen):
    """What a receipt proves: this leaf is entry `index` of the log, as it was signed at `size` with `root`."""

    log: str
    index: int
    size: int
    root: bytes
    leaf_hash: bytes


def prove_receipt(encoded: str, leaf: bytes, key: Verifier) -> ProvenReceipt:
    """Check a `.tlog-proof` file for a leaf hash against the installation's public key from outside.

    Raises ReceiptRefuted.
    """
    try:
        proof = LogProof.parse(encoded)
        # Only tells which log to ask the key for; whether the key signed it is checked below.
        log = OutsideCheckpoint(proof.checkpoint).log
        checkpoint = proof.check(leaf, verifier_of(key, log))
    except (ProofInvalid, NoteInvalid) as fault:
        raise ReceiptRefuted(str(fault)) from None
    return ProvenReceipt(
        log=log, index=proof.index, size=checkpoint.size, root=checkpoint.root, leaf_hash=leaf
    )
