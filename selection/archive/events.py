"""What can happen to a round's archive."""

from typing import Literal

from selection.decision.aggregate import Event
from selection.kernel.model import Frozen

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
