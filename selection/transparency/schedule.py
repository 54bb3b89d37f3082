"""When a log is due for a checkpoint (docs/operating.md)."""

from datetime import datetime, timedelta

from selection.archive.events import HistoriesArchived
from selection.kernel.leaf import Instant
from selection.kernel.model import Frozen
from selection.register.events import PapersRecorded
from selection.round.events import (
    DrawCommitted,
    DrawVoided,
    IntakeClosed,
    ListIssued,
    PanelsDrawn,
    ProposalMade,
    PublicNoticeOpened,
    RoundOpened,
    ShortlistFixed,
    StageFinished,
)

GATES = frozenset(
    {
        RoundOpened.TYPE,
        IntakeClosed.TYPE,
        # The inputs of a draw must be under a checkpoint before its randomness is known to anyone.
        DrawCommitted.TYPE,
        DrawVoided.TYPE,
        PanelsDrawn.TYPE,
        # That of the review freezes the scores. The signer sees types only, so the end of every stage is signed.
        StageFinished.TYPE,
        ShortlistFixed.TYPE,
        ProposalMade.TYPE,
        PublicNoticeOpened.TYPE,
        ListIssued.TYPE,
        HistoriesArchived.TYPE,
        # What has left can't be called back, so its hash is fixed before it does.
        PapersRecorded.TYPE,
    }
)
"""The event types after which a log is signed at once."""
MOST_UNSIGNED = 100
LONGEST_UNSIGNED = timedelta(seconds=60)


class UnsignedEntries(Frozen):
    """What a log holds beyond its last checkpoint: how many, since when, and whether a gate is among them."""

    count: int = 0
    since: Instant | None = None
    gate: bool = False

    def after(self, type_: str, at: datetime) -> "UnsignedEntries":
        """Return what is unsigned once an entry of a type was added that was waiting since an instant."""
        since = at if self.since is None else min(self.since, at)
        return UnsignedEntries(count=self.count + 1, since=since, gate=self.gate or type_ in GATES)

    def is_due(self, now: datetime) -> bool:
        """Tell whether the log must be signed now: a gate, 100 entries, or 60 s."""
        if self.since is None:
            return False
        return self.gate or self.count >= MOST_UNSIGNED or now - self.since >= LONGEST_UNSIGNED
