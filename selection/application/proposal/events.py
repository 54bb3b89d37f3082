"""What can happen in an application's place in the proposal: who may see it, and what it changes."""

from selection.application.state import ApplicationState
from selection.decision.aggregate import Event
from selection.kernel.leaf import Leaf
from selection.kernel.model import Ref
from selection.kernel.stages import Stage
from selection.process.room import Fold


class PlacedInProposal(Event):
    """The officer's proposal names the application, at this rank."""

    TYPE = "application.proposed.v1"
    proposal: int
    rank: int
    reason: Ref
    # A proposal is not public before its notice, nor what it passed over before the list is issued.
    AUDIENCE = {
        "*": "applicant:ended co-builder:ended approver admin",
        "proposal": "applicant:ended co-builder:ended approver",
        "rank": "approver",
        "reason": "applicant:ended co-builder:ended approver",
    }


class PlacedInReserve(Event):
    """The officer's proposal does not name the application."""

    TYPE = "application.in-reserve.v1"
    proposal: int
    reason: Ref | None = None
    AUDIENCE = {
        "*": "applicant:ended co-builder:ended approver admin",
        "proposal": "applicant:ended co-builder:ended approver",
        "reason": "applicant:ended co-builder:ended approver",
    }


def _fold_proposed(state: ApplicationState, event: PlacedInProposal, leaf: Leaf) -> dict[str, object]:
    # Where it stands is not where it was proposed: no proposal moves what the next one is measured by.
    return {**state.enter(Stage.PROPOSED, leaf.at), "proposal": event.proposal}


def _reserve(state: ApplicationState, event: PlacedInReserve, leaf: Leaf) -> dict[str, object]:
    return {**state.enter(Stage.RESERVE, leaf.at), "proposal": event.proposal}


FOLDS: dict[type[Event], Fold[ApplicationState]] = {
    PlacedInProposal: _fold_proposed,
    PlacedInReserve: _reserve,
}
