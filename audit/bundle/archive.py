"""Which runs of which workflows the record says were kept, and the entries of each stream, in little memory."""

from datetime import datetime
from typing import NamedTuple

from audit.claims import Difference
from selection.kernel.leaf import Leaf
from selection.streams import log_of, round_stream

ARCHIVED = "histories.archived.v1"
RESTORED = "log.restored.v1"
WITH_WORKFLOW = ("round", "application", "recommender")
"""Kinds of streams that a workflow of the same id writes; entries of all others have another origin."""
_SEQ = 8
_PLACE = _SEQ + 32


class GoneOn(NamedTuple):
    """A person's choice to go on without what a log had lost, when it held `size` entries."""

    size: int
    at: datetime

    def covers(self, seq: int, recorded: datetime) -> bool:
        """Tell whether something that was recorded at a place before the choice was given up by it."""
        return seq >= self.size and recorded < self.at


class ArchivedRun(NamedTuple):
    """A run as the record lists it: kept up to event `events`, at entry `seq` of the log."""

    workflow_id: str
    run_id: str
    events: int
    closed: bool
    sha256: str
    seq: int


class StreamEntries:
    """Sequence and leaf hash of a stream's entries by version: 40 bytes for each, also on the way elsewhere."""

    def __init__(self, packed: bytes = b"") -> None:
        self.packed = bytearray(packed)

    def __len__(self) -> int:
        return len(self.packed) // _PLACE

    def append(self, seq: int, digest: bytes) -> None:
        """Add the next version."""
        self.packed += seq.to_bytes(_SEQ, "big") + digest

    def at(self, version: int) -> tuple[int, bytes]:
        """Return sequence and leaf hash of a version, from 1. Raises IndexError."""
        if not 1 <= version <= len(self):
            raise IndexError(version)
        start = (version - 1) * _PLACE
        place = bytes(self.packed[start : start + _PLACE])
        return int.from_bytes(place[:_SEQ], "big"), place[_SEQ:]


class Archive:
    """Collects, on the way through a round's log, what histories will be held against."""

    def __init__(self, round_id: str) -> None:
        self.runs: dict[tuple[str, str], ArchivedRun] = {}
        self.streams: dict[str, StreamEntries] = {round_stream(round_id): StreamEntries()}
        self.gone_on: list[GoneOn] = []
        self._round = round_id
        self.elsewhere: dict[str, int] = {}
        self.unreadable: Difference | None = None

    def see(self, seq: int, leaf: Leaf, digest: bytes) -> None:
        """Note an entry, of the round's log or of the installation's."""
        kind = leaf.stream.partition("/")[0]
        if kind in WITH_WORKFLOW:
            self.streams.setdefault(leaf.stream, StreamEntries()).append(seq, digest)
            return
        self.elsewhere[leaf.type] = self.elsewhere.get(leaf.type, 0) + 1
        try:
            if leaf.type == ARCHIVED:
                self._note_runs(seq, leaf)
            elif leaf.type == RESTORED:
                self._note_choice(leaf)
        except (KeyError, TypeError, ValueError):
            self.unreadable = Difference(f"{log_of(leaf.stream)}#{seq}", "leaf-unreadable")

    def _note_choice(self, leaf: Leaf) -> None:
        if (leaf.data["target"], leaf.data["choice"]) == (self._round, "go-on"):
            self.gone_on.append(GoneOn(int(leaf.data["size"]), leaf.at))

    def _note_runs(self, seq: int, leaf: Leaf) -> None:
        for run in leaf.data["runs"]:
            found = ArchivedRun(
                str(run["workflow_id"]),
                str(run["run_id"]),
                int(run["events"]),
                run["closed"] is True,
                str(run["sha256"]),
                seq,
            )
            # A run that is kept again, longer, is listed again: the last mention counts.
            self.runs[found.workflow_id, found.run_id] = found
