"""A log, in one pass: its leaves, the tree over them, and what was signed of it. Memory does not grow with it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from cryptography.x509 import Certificate

from audit.bundle.entries import read_leaf
from audit.bundle.reader import Bundle
from audit.claims import Claim, Difference, prove, refute
from audit.log.checkpoints import CheckpointChecks
from audit.log.entries import EntryCheck, OriginsKnown, RulesSealed, Running, StreamsWhole, TimesOrdered
from audit.log.external_checkpoints import OutsideCheckpoint, OutsideChecks
from audit.log.time_stamps import stamp_claims
from selection.kernel.leaf import Leaf, leaf_hash
from selection.kernel.merkle import Frontier
from selection.transparency.note import Verifier

WHOLE = "entries-whole"

Watch = Callable[[int, Leaf, bytes], None]
"""Called with sequence, leaf and leaf hash of every entry that could be read."""


@dataclass(frozen=True)
class Outside:
    """What did not come with the bundle: the installation's public key, checkpoints, keys of witnesses.

    `stamping` are root certificates of time stamp services; without them time stamps are listed, not checked.
    """

    key: Verifier | None = None
    checkpoints: list[OutsideCheckpoint] = field(default_factory=list)
    witnesses: tuple[Verifier, ...] = ()
    stamping: tuple[Certificate, ...] = ()


@dataclass
class LogPass:
    """One pass over a log; `claims` makes it. Afterwards it is known whether the log is `whole`, and what it holds."""

    bundle: Bundle
    log: str
    outside: Outside
    watch: Sequence[Watch] = ()
    size: int = 0
    checkpoints: int = 0
    timestamps: int = 0
    whole: bool = False

    def claims(self) -> Iterator[Claim]:
        """Read the log once and give its claims."""
        tree = Frontier()
        signed = CheckpointChecks(self.bundle, self.log, self.outside.key, self.outside.witnesses)
        outside = OutsideChecks(self.log, self.outside.checkpoints, self.outside.key)
        running = Running(self.log, self._checks())
        unread = broken = None
        signed.check_size(tree)
        outside.check_size(tree)
        try:
            for seq, body in enumerate(self.bundle.entries(self.log)):
                digest = leaf_hash(body)
                unread = unread or self._show(seq, body, digest, running)
                tree.append(digest)
                signed.check_size(tree)
                outside.check_size(tree)
        except Difference as difference:
            broken = difference
        self.size, self.whole = tree.size, (unread or broken) is None
        yield self._whole(unread or broken)
        yield from running.claims(tree.size, unread or broken)
        yield from signed.claims(tree.size, broken)
        yield from outside.claims(tree.size, broken)
        if self.outside.stamping:
            yield from stamp_claims(self.bundle, self.log, self.outside.stamping)
        self.checkpoints, self.timestamps = signed.counted, signed.timestamps

    def _checks(self) -> list[EntryCheck]:
        checks: list[EntryCheck] = [StreamsWhole(self.log), OriginsKnown(self.log), TimesOrdered(self.log)]
        return [*checks, RulesSealed(self.bundle)] if self.log == self.bundle.round else checks

    def _show(self, seq: int, body: bytes, digest: bytes, running: Running) -> Difference | None:
        try:
            leaf = read_leaf(self.log, seq, body)
        except Difference as difference:
            return difference
        running.see(seq, leaf)
        for watch in self.watch:
            watch(seq, leaf, digest)
        return None

    def _whole(self, unread: Difference | None) -> Claim:
        stated = self.bundle.manifest.logs[self.log].size
        if unread is None and stated != self.size:
            params = {"stated": str(stated), "found": str(self.size)}
            unread = Difference(f"{self.log}#{min(stated, self.size)}", "size-differs", **params)
        return prove(WHOLE, self.log, self.size) if unread is None else refute(WHOLE, self.log, unread)
