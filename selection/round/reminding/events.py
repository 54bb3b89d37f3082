"""What the ladder brings in a round: who may see it, and what it changes."""

from typing import Annotated

from pydantic import Field

from selection.decision.aggregate import Event
from selection.kernel.leaf import Instant, Leaf
from selection.process.ladder import Reminder, Rung
from selection.process.room import Fold
from selection.round.audiences import OVERSEERS
from selection.round.state import RoundState


class RoundReminded(Event):
    """A rung of the ladder was reached while something of the round was not finished; `told` are whom it tells.

    Of what units recommend it names nobody: the record knows for whom an application waits, as letters are written.
    `task` is the key of the task, `awaited` its kind. It was due at `until`, by the deadline in force then.
    """

    TYPE = "round.reminded.v1"
    task: str
    awaited: str
    rung: Rung
    until: Instant
    told: Annotated[tuple[str, ...], Field(exclude_if=lambda people: not people)] = ()
    AUDIENCE = {
        "*": OVERSEERS,
        "task": OVERSEERS,
        "awaited": OVERSEERS,
        "rung": OVERSEERS,
        "until": OVERSEERS,
        "told": "",
    }


def _fold_reminded(state: RoundState, event: RoundReminded, leaf: Leaf) -> dict[str, object]:
    return {"reminded": {**state.reminded, event.task: Reminder(at=leaf.at, rung=event.rung)}}


FOLDS: dict[type[Event], Fold[RoundState]] = {RoundReminded: _fold_reminded}
