"""The Merkle tree over a log's leaf hashes: roots and inclusion (RFC 6962 section 2.1).

Sizes and indexes count leaves from 0. Hashes are 32 bytes. The leaf hash is `selection.kernel.leaf.leaf_hash`.
"""

import hashlib
from collections.abc import Iterable, Sequence

EMPTY_ROOT = hashlib.sha256(b"").digest()
"""The root of the tree without leaves."""


class ProofInvalid(ValueError):
    """A proof does not lead to the root that it was given for; the text says where it fails."""


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of an inner node: SHA-256 over a one byte and both children."""
    return hashlib.sha256(b"\x01" + left + right).digest()


class Frontier:
    """The right edge of a growing tree: enough to know its root, in memory of the logarithm of its size."""

    def __init__(self) -> None:
        self.size = 0
        self._peaks: list[bytes] = []

    def append(self, leaf: bytes) -> None:
        """Add the next leaf hash."""
        node, rest = leaf, self.size
        while rest & 1:
            node = node_hash(self._peaks.pop(), node)
            rest >>= 1
        self._peaks.append(node)
        self.size += 1

    def root(self) -> bytes:
        """Return the root of all leaves so far."""
        if not self._peaks:
            return EMPTY_ROOT
        node = self._peaks[-1]
        for peak in reversed(self._peaks[:-1]):
            node = node_hash(peak, node)
        return node


def root_of(leaves: Iterable[bytes]) -> bytes:
    """Return the root over leaf hashes."""
    frontier = Frontier()
    for leaf in leaves:
        frontier.append(leaf)
    return frontier.root()


def inclusion_proof(leaves: Sequence[bytes], index: int) -> tuple[bytes, ...]:
    """Return the hashes beside the way from leaf `index` to the root, the leaf's sibling first.

    Raises IndexError for an index outside of the tree.
    """
    if not 0 <= index < len(leaves):
        raise IndexError(f"leaf {index} of {len(leaves)}")
    return tuple(_path(leaves, index))


def _path(leaves: Sequence[bytes], index: int) -> list[bytes]:
    if len(leaves) == 1:
        return []
    left = _count_left(len(leaves))
    if index < left:
        return [*_path(leaves[:left], index), root_of(leaves[left:])]
    return [*_path(leaves[left:], index - left), root_of(leaves[:left])]


def root_by_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes]) -> bytes:
    """Return the root that a leaf hash and its inclusion proof lead to. Raises ProofInvalid."""
    if not 0 <= index < size:
        raise ProofInvalid(f"index {index} is outside of a tree of {size}")
    node, at, last = leaf, index, size - 1
    rest = list(proof)
    while last > 0:
        if at & 1 or at < last:
            if not rest:
                raise ProofInvalid("the inclusion proof is too short")
            beside = rest.pop(0)
            node = node_hash(beside, node) if at & 1 else node_hash(node, beside)
        at, last = at >> 1, last >> 1
    if rest:
        raise ProofInvalid("the inclusion proof is too long")
    return node


def _count_left(size: int) -> int:
    """Return how many leaves stand left of the root: the largest power of two below the size."""
    return 1 << (size - 1).bit_length() - 1
