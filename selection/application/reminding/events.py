"""What the ladder brings in an application: who may see it, and what it changes."""

from selection.application.state import ApplicationState
from selection.decision.aggregate import Event
from selection.kernel.leaf import Instant, Leaf
from selection.process.ladder import Reminder, Rung
from selection.process.room import Fold


class TaskReminded(Event):
    """A rung of the ladder was reached while a task was not finished; `told` are those whom it tells.

    `task` is the key of the task, `awaited` its kind. It was due at `until`, by the deadline in force then.
    """

    TYPE = "application.reminded.v1"
    task: str
    awaited: str
    rung: Rung
    until: Instant
    told: tuple[str, ...]
    AUDIENCE = {"*": "admin", "task": "", "awaited": "", "rung": "", "until": "", "told": ""}


def _fold_reminded(state: ApplicationState, event: TaskReminded, leaf: Leaf) -> dict[str, object]:
    return {"reminded": {**state.reminded, event.task: Reminder(at=leaf.at, rung=event.rung)}}


FOLDS: dict[type[Event], Fold[ApplicationState]] = {TaskReminded: _fold_reminded}
