"""What co-builders do: who may see it, and what it changes."""

from selection.application.audiences import PARTY
from selection.application.state import ApplicationState
from selection.decision.aggregate import Event
from selection.kernel.leaf import Leaf
from selection.process.room import Fold


class CoBuildingConfirmed(Event):
    """A co-builder confirmed its part in a version: host unit, co-builders and their agreement."""

    TYPE = "application.co-building-confirmed.v1"
    co_builder: str
    revision: int
    AUDIENCE = {
        "*": f"{PARTY} approver admin",
        "co_builder": f"{PARTY} approver",
        "revision": f"{PARTY} approver",
    }


def _fold_confirmed(state: ApplicationState, event: CoBuildingConfirmed, leaf: Leaf) -> dict[str, object]:
    return {"confirmed": {**state.confirmed, event.co_builder: leaf.actor.person}}


FOLDS: dict[type[Event], Fold[ApplicationState]] = {CoBuildingConfirmed: _fold_confirmed}
