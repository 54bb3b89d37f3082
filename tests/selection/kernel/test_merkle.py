"""The tree of RFC 6962: its test vectors, and proofs that hold for every size and for nothing else."""

import hashlib

import pytest

from selection.kernel import merkle
from selection.kernel.leaf import leaf_hash

# The leaves and roots that the Certificate Transparency project tests with.
LEAVES = [
    bytes.fromhex(text)
    for text in (
        "", "00", "10", "2021", "3031", "40414243", "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]  # fmt: skip
ROOTS = {
    1: "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    2: "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    3: "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    5: "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    8: "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
}
SIZES = range(1, 34)


def leaves(size: int) -> list[bytes]:
    return [leaf_hash(str(number).encode()) for number in range(size)]


@pytest.mark.parametrize(("size", "root"), ROOTS.items())
def test_the_roots_of_the_known_leaves(size: int, root: str) -> None:
    assert merkle.root_of(leaf_hash(leaf) for leaf in LEAVES[:size]).hex() == root


def test_the_root_of_no_leaves() -> None:
    assert merkle.root_of([]) == hashlib.sha256(b"").digest()


@pytest.mark.parametrize("size", SIZES)
def test_every_leaf_is_proven_and_no_other(size: int) -> None:
    hashes = leaves(size)
    root = merkle.root_of(hashes)
    for index in range(size):
        proof = merkle.inclusion_proof(hashes, index)
        assert merkle.root_by_inclusion(hashes[index], index, size, proof) == root
        for other in range(size):
            if other == index:
                continue
            try:
                reached = merkle.root_by_inclusion(hashes[index], other, size, proof)
            except merkle.ProofInvalid:
                continue
            assert reached != root


def test_a_place_beyond_the_leaves_has_no_proof() -> None:
    with pytest.raises(IndexError):
        merkle.inclusion_proof([bytes(32)], 1)
