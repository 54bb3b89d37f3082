"""What can happen to a conflict that data shows: who may see it, and what it changes."""

from selection.application.state import ApplicationState, Report
from selection.decision.aggregate import Event
from selection.decision.relations import Conflict
from selection.kernel.leaf import Leaf
from selection.process.room import Fold


class ConflictFound(Event):
    """Data shows what binds a person to the application; a supervisor confirms or dismisses it, as any report.

    `bound_by` is the evidence as it was. One of somebody `seated`, who judged the application then, waits no longer
    than they do.
    """

    TYPE = "conflict.found.v1"
    report: str
    expert: str
    bound_by: tuple[Conflict, ...]
    seated: bool
    # Whom it is about learns of it by what they are refused, and by the ruling.
    AUDIENCE = {"*": "admin", "report": "", "expert": "", "bound_by": "", "seated": ""}


def _fold_found(state: ApplicationState, event: ConflictFound, leaf: Leaf) -> dict[str, object]:
    report = Report(
        expert=event.expert,
        reporter=leaf.actor.person,
        behalf=leaf.actor.behalf,
        at=leaf.at,
        bound_by=event.bound_by,
        seated=event.seated,
    )
    return {"reports": {**state.reports, event.report: report}}


FOLDS: dict[type[Event], Fold[ApplicationState]] = {ConflictFound: _fold_found}
