"""Checkpoints against the tree that is recomputed: roots, sizes, signatures, cosignatures."""

from collections.abc import Iterator, Sequence

from audit.bundle.layout import KeptCheckpoint, checkpoints_of
from audit.bundle.reader import Bundle
from audit.claims import Claim, Difference, not_provable, prove, refute
from selection.kernel.merkle import Frontier
from selection.transparency.checkpoint import Checkpoint, open_checkpoint, verifier_of
from selection.transparency.note import Note, NoteInvalid, Verifier

CONSISTENT = "checkpoints-consistent"
SIGNED = "checkpoints-signed"
COSIGNED = "cosigned"


class CheckpointChecks:
    """The checkpoints of one log, held against the tree while it grows. Nothing but the last one is kept."""

    def __init__(
        self, bundle: Bundle, log: str, key: Verifier | None, witnesses: Sequence[Verifier] = ()
    ) -> None:
        self.log = log
        self.counted = 0
        self.timestamps = 0
        self._bundle = bundle
        self._key = None if key is None else verifier_of(key, log)
        self._kept = bundle.checkpoints(log)
        self._next: KeptCheckpoint | None = None
        self._last: KeptCheckpoint | None = None
        self._origin = ""
        self._wrong: Difference | None = None
        self._unsigned: Difference | None = None
        self._cosigned: dict[Verifier, int] = {}
        self._witnesses = witnesses
        self._badly: dict[Verifier, Difference] = {}
        self._step()

    def check_size(self, tree: Frontier) -> None:
        """Look at the checkpoints of the tree's present size."""
        while self._next is not None and self._next.size == tree.size:
            kept = self._next
            try:
                self._hold_against(kept, tree)
            except Difference as difference:
                self._wrong = self._wrong or difference
            self._look_at_signatures(kept)
            self.counted += 1
            self.timestamps += len(kept.timestamps)
            self._last = kept
            self._step()

    def claims(self, size: int, broken: Difference | None) -> Iterator[Claim]:
        """Give the claims once all `size` entries were seen; `broken` is why there may be more."""
        self._finish(size, broken)
        if self._wrong is not None:
            yield refute(CONSISTENT, self.log, self._wrong)
        elif broken is not None:
            yield not_provable(CONSISTENT, self.log, "entries-unreadable", broken.point)
        else:
            yield prove(CONSISTENT, self.log, self.counted, size=str(size))
        yield self._check_signature()
        for witness in self._witnesses:
            yield self._check_cosignature(witness)

    def _step(self) -> None:
        try:
            self._next = next(self._kept, None)
            if self._next is not None and self._last is not None and self._next.size <= self._last.size:
                raise Difference(self._place, "checkpoints-unordered", size=str(self._next.size))
        except Difference as difference:
            self._wrong = self._wrong or difference
            self._next = None

    def _hold_against(self, kept: KeptCheckpoint, tree: Frontier) -> None:
        try:
            checkpoint = Checkpoint.parse(Note.parse(kept.note).text)
        except NoteInvalid:
            raise Difference(self._place, "checkpoint-unreadable", size=str(kept.size)) from None
        if checkpoint.size != kept.size:
            raise Difference(self._place, "checkpoint-unreadable", size=str(kept.size))
        self._origin = self._origin or checkpoint.origin
        if checkpoint.origin != self._origin or not checkpoint.origin.endswith(f"/{self.log}"):
            raise Difference(self._place, "checkpoint-of-another-log", origin=checkpoint.origin)
        if checkpoint.root != tree.root():
            size = self._last.size if self._last else 0
            between = {"first": str(size), "last": str(kept.size - 1)}
            raise Difference(f"{self.log}#{size}", "root-differs", **between)

    def _look_at_signatures(self, kept: KeptCheckpoint) -> None:
        if self._key is not None and self._unsigned is None:
            try:
                open_checkpoint(kept.note, self._key)
            except NoteInvalid:
                self._unsigned = Difference(self._place, "checkpoint-not-signed", size=str(kept.size))
        for witness in self._witnesses:
            try:
                if witness in Note.parse(kept.note).find_signers([witness]):
                    self._cosigned[witness] = kept.size
            except NoteInvalid:
                difference = Difference(self._place, "cosignature-invalid", size=str(kept.size))
                self._badly.setdefault(witness, difference)

    def _finish(self, size: int, broken: Difference | None) -> None:
        covered = self._last.size if self._last else 0
        if self._wrong is not None or broken is not None:
            return
        if self._next is not None:
            # What is missing need not be the end: no root was met after the last checkpoint that agreed.
            params = {"size": str(self._next.size), "found": str(size)}
            span = {"first": str(covered), "last": str(size)}
            self._wrong = Difference(f"{self.log}#{covered}", "entries-missing", **params, **span)
        elif self.counted == 0:
            self._wrong = Difference(self._place, "no-checkpoint")
        elif covered != size:
            params = {"size": str(covered), "found": str(size)}
            self._wrong = Difference(f"{self.log}#{covered}", "entries-not-covered", **params)

    def _check_signature(self) -> Claim:
        if self._key is None:
            return not_provable(SIGNED, self.log, "no-key")
        if self._unsigned is not None:
            return refute(SIGNED, self.log, self._unsigned)
        if self.counted == 0:
            return not_provable(SIGNED, self.log, "no-checkpoint")
        return prove(SIGNED, self.log, self.counted)

    def _check_cosignature(self, witness: Verifier) -> Claim:
        if witness in self._badly:
            return refute(COSIGNED, self.log, self._badly[witness])
        covered = self._cosigned.get(witness, 0)
        if self._last is None or covered != self._last.size:
            params = {"witness": witness.name, "size": str(covered)}
            return not_provable(COSIGNED, self.log, "not-cosigned", f"{self.log}#{covered}", **params)
        return prove(COSIGNED, self.log, covered, witness=witness.name)

    @property
    def _place(self) -> str:
        return checkpoints_of(self.log)
