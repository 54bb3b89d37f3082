"""What can happen to a conflict that data shows: who may see it, and what it changes."""

from typing import Annotated, Literal

from pydantic import Field

from selection.application.state import ApplicationState, Report
from selection.decision.aggregate import Event
from selection.decision.relations import Conflict
from selection.kernel.leaf import Leaf
from selection.kernel.model import Ref
from selection.process.room import Fold


class ConflictFound(Event):
    """Data shows what binds a person to the application; a supervisor confirms or dismisses it, as any report.

    `bound_by` is the evidence as it was. One of somebody `seated`, who judged the application then, waits no longer
    than they do. `text` is why whoever referred it would have them judge all the same.
    """

    TYPE = "conflict.found.v1"
    report: str
    expert: str
    bound_by: tuple[Conflict, ...]
    seated: bool
    text: Annotated[Ref | None, Field(exclude_if=lambda text: text is None)] = None
    # Whom it is about learns of it by what they are refused, and by the ruling.
    AUDIENCE = {"*": "admin", "report": "", "expert": "", "bound_by": "", "seated": "", "text": ""}


class ActivityChanged(Event):
    """By the register a person who judges the application may act no more, or may again; officers see to the place."""

    TYPE = "judge.activity-changed.v1"
    person: str
    standing: Literal["inactive", "active"]
    AUDIENCE = {"*": "admin", "person": "", "standing": ""}


def _fold_activity(state: ApplicationState, event: ActivityChanged, leaf: Leaf) -> dict[str, object]:
    others = tuple(person for person in state.inactive if person != event.person)
    return {"inactive": (*others, event.person) if event.standing == "inactive" else others}


def _fold_found(state: ApplicationState, event: ConflictFound, leaf: Leaf) -> dict[str, object]:
    report = Report(
        expert=event.expert,
        reporter=leaf.actor.person,
        behalf=leaf.actor.behalf,
        cosigner=leaf.cosigner,
        at=leaf.at,
        bound_by=event.bound_by,
        seated=event.seated,
        text=event.text,
    )
    return {"reports": {**state.reports, event.report: report}}


FOLDS: dict[type[Event], Fold[ApplicationState]] = {
    ConflictFound: _fold_found,
    ActivityChanged: _fold_activity,
}
