"""Notes, checkpoints and proofs: read as written, and refused when anything in them was changed."""

import base64

import pytest
from hypothesis import given, strategies as st

from selection.kernel.leaf import leaf_hash
from selection.kernel.merkle import ProofInvalid, inclusion_proof, root_of
from selection.transparency.checkpoint import (
    Checkpoint,
    open_checkpoint,
    origin_of,
    signer_of,
    verifier_of,
)
from selection.transparency.note import COSIGNATURE, Note, NoteInvalid, NoteSigner, Verifier
from selection.transparency.proof import PROOF_LIMIT, LogProof, proof_of

SEED = bytes(range(32))
NAME = "selection.example"
INSTALLATION = NoteSigner(NAME, SEED).verifier
HASHES = [leaf_hash(str(number).encode()) for number in range(11)]
SIGNER = signer_of(NAME, SEED, "round-1")
VERIFIER = verifier_of(INSTALLATION, "round-1")
SIGNED = SIGNER.sign(
    Checkpoint(origin=origin_of(NAME, "round-1"), size=len(HASHES), root=root_of(HASHES)).text
)


def test_a_known_note_of_the_go_checksum_database_is_read() -> None:
    # The key and note of golang.org/x/mod/sumdb/note's documentation.
    verifier = Verifier.parse("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")
    text = (
        "If you think cryptography is the answer to your problem,\n"
        "then you don't know what your problem is.\n"
    )
    line = (
        "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZ"
        "InNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
    )
    assert Note.parse(f"{text}\n{line}").find_signers([verifier]) == {verifier: None}


def test_a_verifier_key_is_read_as_written() -> None:
    assert Verifier.parse(VERIFIER.vkey) == VERIFIER
    for spoilt in (VERIFIER.vkey[:-1], VERIFIER.vkey.replace("example", "elsewhere"), "", "a+b+c"):
        with pytest.raises(NoteInvalid):
            Verifier.parse(spoilt)


def test_a_checkpoint_says_origin_size_and_root() -> None:
    checkpoint, note = open_checkpoint(SIGNED.encoded, VERIFIER)
    assert (checkpoint.origin, checkpoint.size) == ("selection.example/round-1", 11)
    assert checkpoint.root == root_of(HASHES)
    assert note == SIGNED


@given(at=st.integers(0, len(SIGNED.encoded) - 1), by=st.characters(codec="utf-8"))
def test_one_changed_character_is_found(at: int, by: str) -> None:
    changed = SIGNED.encoded[:at] + by + SIGNED.encoded[at + 1 :]
    if changed != SIGNED.encoded:
        with pytest.raises(NoteInvalid):
            open_checkpoint(changed, VERIFIER)


def test_a_checkpoint_of_another_log_or_key_is_refused() -> None:
    with pytest.raises(NoteInvalid, match="not signed by"):
        open_checkpoint(SIGNED.encoded, verifier_of(INSTALLATION, "round-2"))
    with pytest.raises(NoteInvalid, match="not signed by"):
        open_checkpoint(SIGNED.encoded, NoteSigner(VERIFIER.name, bytes(32)).verifier)
    other = SIGNER.sign(Checkpoint(origin="elsewhere", size=1, root=bytes(32)).text)
    with pytest.raises(NoteInvalid, match="a checkpoint of elsewhere"):
        open_checkpoint(other.encoded, VERIFIER)


@pytest.mark.parametrize(
    "text", ["origin\n01\n" + "A" * 43 + "=\n", "origin\n1\nAA==\n", "origin\n1\n", "origin\n1\n\nmore\n"]
)
def test_a_checkpoint_written_otherwise_is_refused(text: str) -> None:
    with pytest.raises(NoteInvalid):
        Checkpoint.parse(text)


def test_a_witness_cosigns_with_its_time() -> None:
    witness = NoteSigner("witness.example", bytes(32), COSIGNATURE)
    note = SIGNED.with_line(witness.line(SIGNED.text, 1_800_000_000))
    assert note.find_signers([VERIFIER, witness.verifier]) == {
        VERIFIER: None,
        witness.verifier: 1_800_000_000,
    }
    assert Note.parse(note.encoded) == note
    later = base64.b64encode(
        witness.verifier.key_id + (1_800_000_001).to_bytes(8, "big") + note.signatures[1].signature[8:]
    ).decode()
    moved = SIGNED.with_line(f"— witness.example {later}\n")
    with pytest.raises(NoteInvalid):
        moved.find_signers([witness.verifier])


@pytest.mark.parametrize("index", range(len(HASHES)))
def test_a_proof_file_proves_its_leaf_alone(index: int) -> None:
    proof = proof_of(inclusion_proof(HASHES, index), index, SIGNED.encoded)
    assert len(proof.encoded.encode()) <= PROOF_LIMIT
    read = LogProof.parse(proof.encoded)
    assert read == proof
    assert read.check(HASHES[index], VERIFIER).size == len(HASHES)
    with pytest.raises(ProofInvalid):
        read.check(leaf_hash(b"another"), VERIFIER)


@pytest.mark.parametrize(
    ("old", "new"),
    [("@v1", "@v2"), ("index 3", "index 03"), ("index 3", "place 3"), ("index 3\n", "index 3\n\n")],
)
def test_a_proof_written_otherwise_is_refused(old: str, new: str) -> None:
    proof = proof_of(inclusion_proof(HASHES, 3), 3, SIGNED.encoded).encoded
    with pytest.raises((ProofInvalid, NoteInvalid)):
        LogProof.parse(proof.replace(old, new)).check(HASHES[3], VERIFIER)
