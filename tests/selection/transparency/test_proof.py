"""Receipts as files: small enough for every log, and cosignatures only as far as they fit."""

import pytest

from selection.kernel.leaf import leaf_hash
from selection.kernel.merkle import ProofInvalid, inclusion_proof, root_of
from selection.transparency.checkpoint import Checkpoint, origin_of, signer_of, verifier_of
from selection.transparency.note import COSIGNATURE, Note, NoteSigner, Verifier
from selection.transparency.private_key import NAME_LIMIT
from selection.transparency.proof import PROOF_LIMIT, LogProof, proof_of

NAME = "n" * NAME_LIMIT
LOG = "r" * 40
SIGNER = signer_of(NAME, bytes(32), LOG)
VERIFIER = verifier_of(NoteSigner(NAME, bytes(32)).verifier, LOG)


def sign_note(size: int, root: bytes) -> Note:
    return SIGNER.sign(Checkpoint(origin=origin_of(NAME, LOG), size=size, root=root).text)


def witnesses(count: int) -> list[NoteSigner]:
    return [
        NoteSigner(f"witness-{number}.example", bytes([number] * 32), COSIGNATURE) for number in range(count)
    ]


def cosign(note: Note, count: int) -> Note:
    for number, witness in enumerate(witnesses(count)):
        note = note.with_line(witness.line(note.text, at=1_700_000_000 + number))
    return note


@pytest.mark.parametrize("count", [0, 3, 20])
def test_a_receipt_of_a_log_of_a_million_stays_within_its_limit(count: int) -> None:
    beside = [leaf_hash(str(number).encode()) for number in range(20)]  # the depth of 2^20 leaves
    note = cosign(sign_note(1_000_000, bytes(32)), count)
    encoded = proof_of(beside, 999_999, note.encoded).encoded
    assert len(encoded.encode()) <= PROOF_LIMIT
    kept = Note.parse(LogProof.parse(encoded).checkpoint)
    assert kept.lines == note.lines[: len(kept.lines)]
    assert (len(kept.lines) < len(note.lines)) == (count == 20)


def test_cosignatures_that_fit_travel_with_the_receipt() -> None:
    hashes = [leaf_hash(str(number).encode()) for number in range(9)]
    note = cosign(sign_note(9, root_of(hashes)), 2)
    proof = LogProof.parse(proof_of(inclusion_proof(hashes, 4), 4, note.encoded).encoded)
    assert proof.check(hashes[4], VERIFIER).size == 9
    times = Note.parse(proof.checkpoint).find_signers([_.verifier for _ in witnesses(2)])
    assert sorted(times.values(), key=str) == [1_700_000_000, 1_700_000_001]
    assert isinstance(next(iter(times)), Verifier)


def test_an_index_of_thousands_of_digits_is_no_receipt() -> None:
    hashes = [leaf_hash(b"only")]
    encoded = proof_of((), 0, sign_note(1, root_of(hashes)).encoded).encoded
    with pytest.raises(ProofInvalid):
        LogProof.parse(encoded.replace("index 0", f"index {'9' * 5_000}"))
