"""The archive of a round: how far the histories of its workflows are kept. Which ones, the entries say."""

from selection.decision.stream_state import StreamState
from selection.kernel.leaf import Instant


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
