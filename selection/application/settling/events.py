"""What can happen to a panel that cannot be filled: who may see it, and what it changes."""

from selection.application.audiences import PARTY
from selection.application.state import ApplicationState, Settling
from selection.decision.aggregate import Event
from selection.kernel.leaf import Leaf
from selection.kernel.model import Ref
from selection.kernel.stages import Outcome, Stage
from selection.process.room import Fold


class PanelSettlementEntered(Event):
    """What one of two people would do about a panel that cannot be filled; `basis` is the panel that they saw."""

    TYPE = "panel.settlement-entered.v1"
    way: str
    scores: int
    basis: str
    reason: Ref
    AUDIENCE = {"*": "admin", "role": "", "way": "", "scores": "", "basis": "", "reason": ""}


class PanelLowered(Event):
    """Officer and supervisor agreed that this many scores are enough."""

    TYPE = "panel.lowered.v1"
    scores: int
    AUDIENCE = {"*": f"{PARTY} chair approver admin", "role": "", "scores": f"{PARTY} chair approver"}


class ApplicationNotReviewed(Event):
    """Officer and supervisor agreed that no panel can be formed: the application ends, with the reason."""

    TYPE = "application.not-reviewed.v1"
    reason: Ref
    AUDIENCE = {"*": f"{PARTY} chair approver admin", "role": "", "reason": f"{PARTY} approver"}


def _fold_entered(state: ApplicationState, event: PanelSettlementEntered, leaf: Leaf) -> dict[str, object]:
    entry = Settling(person=leaf.actor.person, way=event.way, scores=event.scores, basis=event.basis)
    # What was entered about a panel that has changed since waits for nobody any more.
    same = {role: other for role, other in state.settling.items() if other.basis == event.basis}
    return {"settling": {**same, leaf.actor.role.value: entry}}


def _fold_lowered(state: ApplicationState, event: PanelLowered, leaf: Leaf) -> dict[str, object]:
    return {"fewer": event.scores, "settling": {}}


def _fold_not_reviewed(
    state: ApplicationState, event: ApplicationNotReviewed, leaf: Leaf
) -> dict[str, object]:
    return {**state.enter(Stage.ENDED, leaf.at), "outcome": Outcome.NOT_REVIEWED.value, "settling": {}}


FOLDS: dict[type[Event], Fold[ApplicationState]] = {
    PanelSettlementEntered: _fold_entered,
    PanelLowered: _fold_lowered,
    ApplicationNotReviewed: _fold_not_reviewed,
}
