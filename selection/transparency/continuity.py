"""A log only grows: what was signed once is the beginning of whatever is signed later."""

from collections.abc import Iterable
from datetime import datetime

from selection.kernel.leaf import Instant
from selection.kernel.merkle import EMPTY_ROOT, Frontier
from selection.kernel.model import Frozen
from selection.transparency.schedule import UnsignedEntries


class SignedRoot(Frozen):
    """A size and the root that was signed for it."""

    size: int
    root: bytes


NOTHING_SIGNED = SignedRoot(size=0, root=EMPTY_ROOT)


class NextLeaf(Frozen):
    """An entry as the signer reads it: the hash made from its bytes, and the one that the record states."""

    seq: int
    type: str
    at: Instant
    computed: bytes
    stated: bytes


class NotContinuous(Exception):
    """The record is not a continuation of what was signed. `code` is stable, `size` is where it shows first."""

    def __init__(self, code: str, log: str, size: int, found: int) -> None:
        super().__init__(f"{code}: {log} at {size}, found {found}")
        self.code = code
        self.log = log
        self.size = size
        self.found = found


class GrowingLog:
    """A log as it is followed from its first leaf on, held against every root that was signed before."""

    def __init__(self, log: str, signed: Iterable[SignedRoot]) -> None:
        """Begin with what was signed. Raises NotContinuous `forked` when a size was signed with two roots."""
        self.log = log
        self.last = NOTHING_SIGNED
        self.unsigned = UnsignedEntries()
        self._frontier = Frontier()
        self._marks: dict[int, bytes] = {}
        for mark in signed:
            if self._marks.setdefault(mark.size, mark.root) != mark.root:
                raise NotContinuous("forked", log, mark.size, mark.size)
            self.last = max(self.last, mark, key=lambda one: one.size)

    @property
    def size(self) -> int:
        """How many leaves were taken."""
        return self._frontier.size

    def take(self, leaf: NextLeaf, seen: datetime) -> None:
        """Add the next leaf, which was seen at an instant.

        Raises NotContinuous: `gap` for another sequence, `altered` when a leaf's bytes are not those of its hash,
        `changed` when the root is not the one that was signed at this size.
        """
        if leaf.seq != self.size:
            raise NotContinuous("gap", self.log, self.size, leaf.seq)
        if leaf.computed != leaf.stated:
            raise NotContinuous("altered", self.log, self.size, leaf.seq)
        self._frontier.append(leaf.computed)
        if self.size in self._marks and self._frontier.root() != self._marks[self.size]:
            raise NotContinuous("changed", self.log, self.size, self.size)
        if self.size > self.last.size:
            self.unsigned = self.unsigned.after(leaf.type, min(leaf.at, seen))

    def require_signed_prefix(self, size: int) -> None:
        """Raise NotContinuous `put-back` when a record of this size lacks what was signed, or what was seen."""
        most = max(self.size, self.last.size)
        if size < most:
            raise NotContinuous("put-back", self.log, most, size)

    def require_next_signed(self, size: int) -> SignedRoot:
        """Return what a checkpoint of a whole log of this size says; raises NotContinuous `put-back` or `gap`."""
        self.require_signed_prefix(size)
        if self.size != size:
            raise NotContinuous("gap", self.log, self.size, size)
        return SignedRoot(size=size, root=self._frontier.root())

    def note_signed(self, signed: SignedRoot) -> None:
        """Remember that this was signed: nothing before it is due any more."""
        self._marks[signed.size] = signed.root
        self.last = signed
        self.unsigned = UnsignedEntries()
