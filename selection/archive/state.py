"""The archive of a round: how far the histories of its workflows are kept. Which ones, the entries say."""

from typing import Any

from selection.archive.events import HistoriesArchived
from selection.decision.aggregate import Event, StreamState
from selection.kernel.leaf import Instant, Leaf


class ArchiveState(StreamState):
    """`kept` counts the mentions of runs, `open` the runs that the last act found open.

    `complete` is false between the entries of one act.
    """

    round: str = ""
    kept: int = 0
    open: int = 0
    complete: bool = True
    at: Instant | None = None


def initial(stream: str) -> ArchiveState:
    """Return the empty archive of `archive/<round>`."""
    return ArchiveState(stream=stream, round=stream.split("/")[1])


def apply(state: ArchiveState, event: Event, leaf: Leaf) -> ArchiveState:
    """Return the archive after the event."""
    return state.with_(**_changes(state, event, leaf))


def _changes(state: ArchiveState, event: Event, leaf: Leaf) -> dict[str, Any]:
    match event:
        case HistoriesArchived():
            kept = state.kept + len(event.runs)
            return {"kept": kept, "open": event.open, "complete": event.complete, "at": leaf.at}
    raise KeyError(event.TYPE)
