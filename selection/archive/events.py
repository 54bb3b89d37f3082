"""What can happen to a round's archive: who may see it, and what it changes."""

from typing import Literal

from selection.archive.state import ArchiveState
from selection.decision.aggregate import Event
from selection.kernel.leaf import Leaf
from selection.kernel.model import Frozen
from selection.process.room import Fold

OVERSEERS = "approver admin"

Cause = Literal["round-ended", "schedule", "request"]


class ArchivedRun(Frozen):
    """One run of a workflow, kept up to and with event `events`; `sha256` (hex) is of the kept bytes.

    The bytes are a temporal.api.history.v1.History, serialized deterministically. A run that was open goes on
    after its last kept event.
    """

    workflow_id: str
    run_id: str
    events: int
    closed: bool
    sha256: str


class HistoriesArchived(Event):
    """Histories of the round's workflows were kept. `complete` ends an act that came in several entries.

    A run is named again only when it is kept again, longer: the last mention counts. `open` counts the runs that
    the act found open, named in it or before.
    """

    TYPE = "histories.archived.v1"
    ORIGIN = "auditor"
    cause: Cause
    runs: tuple[ArchivedRun, ...]
    complete: bool
    open: int
    AUDIENCE = {
        "*": OVERSEERS,
        "cause": OVERSEERS,
        "runs": "admin",
        "complete": OVERSEERS,
        "open": OVERSEERS,
    }


def _fold_archived(state: ArchiveState, event: HistoriesArchived, leaf: Leaf) -> dict[str, object]:
    kept = state.kept + len(event.runs)
    return {"kept": kept, "open": event.open, "complete": event.complete, "at": leaf.at}


FOLDS: dict[type[Event], Fold[ArchiveState]] = {HistoriesArchived: _fold_archived}
