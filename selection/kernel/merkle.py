"""The Merkle tree over a log's leaf hashes: roots, inclusion and consistency (RFC 6962 section 2.1).

Sizes and indexes count leaves from 0. Hashes are 32 bytes. The leaf hash is `selection.kernel.leaf.leaf_hash`.
"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence

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


def consistency_proof(leaves: Sequence[bytes], old: int) -> tuple[bytes, ...]:
    """Return the proof that the tree of the first `old` leaves is a prefix of the tree of all.

    Raises IndexError when `old` is not between 1 and the number of leaves.
    """
    if not 1 <= old <= len(leaves):
        raise IndexError(f"size {old} of {len(leaves)}")
    return tuple(_subproof(leaves, old, whole=True))


def _subproof(leaves: Sequence[bytes], old: int, *, whole: bool) -> list[bytes]:
    if old == len(leaves):
        return [] if whole else [root_of(leaves)]
    left = _count_left(len(leaves))
    if old <= left:
        return [*_subproof(leaves[:left], old, whole=whole), root_of(leaves[left:])]
    return [*_subproof(leaves[left:], old - left, whole=False), root_of(leaves[:left])]


def check_consistency(old: int, old_root: bytes, new: int, new_root: bytes, proof: Sequence[bytes]) -> None:
    """Check that a tree of `old` leaves grew into one of `new` leaves (RFC 6962 section 2.1.2).

    Raises ProofInvalid.
    """
    if not 1 <= old <= new:
        raise ProofInvalid(f"a tree of {old} can't grow into one of {new}")
    rest = iter(proof)
    try:
        before, after = _compute_roots(old, old_root, new, rest, whole=True)
    except StopIteration:
        raise ProofInvalid("the consistency proof is too short") from None
    if next(rest, None) is not None:
        raise ProofInvalid("the consistency proof is too long")
    if before != old_root:
        raise ProofInvalid("the proof does not start from the older root")
    if after != new_root:
        raise ProofInvalid("the proof does not lead to the newer root")


def _compute_roots(
    old: int, old_root: bytes, new: int, rest: Iterator[bytes], *, whole: bool
) -> tuple[bytes, bytes]:
    """Return the roots of the old and of the new tree that the rest of the proof leads to."""
    if old == new:
        same = old_root if whole else next(rest)
        return same, same
    left = _count_left(new)
    if old <= left:
        before, after = _compute_roots(old, old_root, left, rest, whole=whole)
        return before, node_hash(after, next(rest))
    before, after = _compute_roots(old - left, old_root, new - left, rest, whole=False)
    shared = next(rest)
    return node_hash(shared, before), node_hash(shared, after)


def _count_left(size: int) -> int:
    """Return how many leaves stand left of the root: the largest power of two below the size."""
    return 1 << (size - 1).bit_length() - 1
