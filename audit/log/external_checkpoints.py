"""A checkpoint held outside: whoever kept one can show that the bundle holds what was signed then."""

from collections.abc import Iterator

from audit.claims import Claim, Difference, not_provable, prove, refute
from selection.kernel.merkle import Frontier
from selection.transparency.checkpoint import Checkpoint, open_checkpoint, verifier_of
from selection.transparency.note import Note, NoteInvalid, Verifier

CODE = "holds-outside-checkpoint"


class OutsideCheckpoint:
    """One checkpoint that did not come with the bundle; against the latest one no earlier state passes."""

    def __init__(self, encoded: str) -> None:
        """Read it; raises NoteInvalid."""
        self.encoded = encoded
        self.checkpoint = Checkpoint.parse(Note.parse(encoded).text)

    @property
    def log(self) -> str:
        """The log that it is of: the origin's last part, as no round's id holds a slash."""
        return self.checkpoint.origin.rpartition("/")[2]

    def is_signed_by(self, key: Verifier) -> bool:
        """Tell whether the key signed it for its log."""
        try:
            open_checkpoint(self.encoded, verifier_of(key, self.log))
        except NoteInvalid:
            return False
        return True


class OutsideChecks:
    """Checkpoints from outside held against the tree while it grows."""

    def __init__(self, log: str, checkpoints: list[OutsideCheckpoint], key: Verifier | None) -> None:
        self._log = log
        self._waiting = sorted(
            (item for item in checkpoints if item.log == log), key=lambda one: one.checkpoint.size
        )
        self._key = key
        self._claims: list[Claim] = []
        self._equal = 0

    def check_size(self, tree: Frontier) -> None:
        """Look at those of the tree's present size."""
        while self._waiting and self._waiting[0].checkpoint.size == tree.size:
            self._claims.append(self._compare_checkpoint(self._waiting.pop(0), tree.root()))

    def claims(self, size: int, broken: Difference | None) -> Iterator[Claim]:
        """Give the claims once all `size` entries were seen; `broken` is why there may be more."""
        yield from self._claims
        for item in self._waiting:
            params = {"size": str(size), "outside": str(item.checkpoint.size)}
            why, point = ("bundle-older", f"{self._log}#{size}")
            if broken is not None:
                why, point = "entries-unreadable", broken.point
            yield not_provable(CODE, self._log, why, point, **params)

    def _compare_checkpoint(self, item: OutsideCheckpoint, root: bytes) -> Claim:
        size = item.checkpoint.size
        if self._key is None or not item.is_signed_by(self._key):
            why = "no-key" if self._key is None else "outside-not-signed"
            return not_provable(CODE, self._log, why, size=str(size))
        if item.checkpoint.root != root:
            between = {"first": str(self._equal), "last": str(size - 1)}
            return refute(
                CODE, self._log, Difference(f"{self._log}#{self._equal}", "root-differs", **between)
            )
        self._equal = size
        return prove(CODE, self._log, size, size=str(size))
