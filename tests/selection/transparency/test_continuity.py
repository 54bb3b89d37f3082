"""What was signed must be the beginning of what is signed next, whatever a database says now."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, strategies as st

from selection.kernel.leaf import leaf_hash
from selection.kernel.merkle import root_of
from selection.transparency.continuity import GrowingLog, NextLeaf, NotContinuous, SignedRoot

AT = datetime(2025, 3, 1, tzinfo=UTC)
HASHES = [leaf_hash(str(number).encode()) for number in range(40)]


def leaf(seq: int, digest: bytes) -> NextLeaf:
    return NextLeaf(seq=seq, type="x", at=AT, computed=digest, stated=digest)


def sign_root(size: int, hashes: list[bytes] = HASHES) -> SignedRoot:
    return SignedRoot(size=size, root=root_of(hashes[:size]))


def follow(marks: list[SignedRoot], hashes: list[bytes]) -> GrowingLog:
    growing = GrowingLog("r", marks)
    for seq, digest in enumerate(hashes):
        growing.take(leaf(seq, digest), AT)
    return growing


@given(st.sets(st.integers(1, 40)), st.integers(0, 40))
def test_a_log_that_only_grew_is_signed_with_the_root_of_its_leaves(sizes: set[int], size: int) -> None:
    growing = follow([sign_root(mark) for mark in sizes if mark <= size], HASHES[:size])
    assert growing.require_next_signed(size) == sign_root(size)
    assert growing.unsigned.count == size - max((mark for mark in sizes if mark <= size), default=0)


@given(st.integers(1, 40), st.integers(0, 39), st.integers(1, 40))
def test_a_leaf_that_was_changed_under_a_signed_root_is_found(mark: int, at: int, size: int) -> None:
    changed = [*HASHES]
    changed[at] = leaf_hash(b"changed")
    if at >= mark or mark > size:
        assert follow([sign_root(mark, changed)], changed[:size]).size == size
        return
    with pytest.raises(NotContinuous) as found:
        follow([sign_root(mark)], changed[:size])
    assert (found.value.code, found.value.size) == ("changed", mark)


def test_a_record_that_ends_before_what_was_signed_was_put_back() -> None:
    growing = follow([sign_root(10)], HASHES[:9])
    with pytest.raises(NotContinuous) as found:
        growing.require_next_signed(9)
    assert (found.value.code, found.value.size, found.value.found) == ("put-back", 10, 9)


def test_a_record_that_loses_what_was_seen_was_put_back_too() -> None:
    growing = follow([], HASHES[:9])
    with pytest.raises(NotContinuous, match="put-back"):
        growing.require_signed_prefix(8)


def test_entries_that_are_missing_are_a_gap() -> None:
    growing = follow([], HASHES[:9])
    with pytest.raises(NotContinuous, match="gap"):
        growing.require_next_signed(10)
    with pytest.raises(NotContinuous, match="gap"):
        growing.take(leaf(10, HASHES[10]), AT)


def test_bytes_that_are_not_those_of_the_stated_hash_are_found() -> None:
    altered = NextLeaf(seq=0, type="x", at=AT, computed=HASHES[1], stated=HASHES[0])
    with pytest.raises(NotContinuous, match="altered"):
        GrowingLog("r", []).take(altered, AT)


def test_two_roots_at_one_size_are_a_fork() -> None:
    with pytest.raises(NotContinuous, match="forked"):
        GrowingLog("r", [sign_root(3), sign_root(3, HASHES[::-1])])


def test_what_was_signed_is_not_due_again() -> None:
    growing = follow([], HASHES[:9])
    growing.note_signed(growing.require_next_signed(9))
    assert growing.unsigned.count == 0
    growing.take(leaf(9, HASHES[9]), AT)
    assert growing.unsigned.count == 1
