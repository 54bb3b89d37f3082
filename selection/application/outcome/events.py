"""How an application can end: who may see it, and what it changes."""

from selection.application.audiences import EVERYONE, PARTY
from selection.application.state import ApplicationState
from selection.application.submission import Published
from selection.decision.aggregate import Event
from selection.kernel.leaf import Leaf
from selection.kernel.model import Ref
from selection.kernel.stages import Outcome, Stage
from selection.process.room import Fold


class ApplicationListed(Event):
    """The issued list holds the centre, under construction; with it `public` answers, where no notice showed them."""

    TYPE = "application.listed.v1"
    place: int
    proposal: int
    public: Published = None
    AUDIENCE = {
        "*": EVERYONE,
        "public": EVERYONE,
        "place": f"{PARTY} examiner objector approver",
        "proposal": f"{PARTY} approver",
    }


class ApplicationNotSelected(Event):
    """The list was issued without this application."""

    TYPE = "application.not-selected.v1"
    proposal: int
    AUDIENCE = {"*": f"{PARTY} approver admin", "proposal": f"{PARTY} approver"}


class ApplicationCancelled(Event):
    """The round was cancelled."""

    TYPE = "application.cancelled.v1"
    reason: Ref | None = None
    AUDIENCE = {"*": f"{PARTY} approver admin", "reason": f"{PARTY} approver"}


def _fold_listed(state: ApplicationState, event: ApplicationListed, leaf: Leaf) -> dict[str, object]:
    return {**state.enter(Stage.ENDED, leaf.at), "place": event.place, "outcome": Outcome.LISTED.value}


def _fold_not_selected(
    state: ApplicationState, event: ApplicationNotSelected, leaf: Leaf
) -> dict[str, object]:
    return {**state.enter(Stage.ENDED, leaf.at), "outcome": Outcome.NOT_SELECTED.value}


def _fold_cancelled(state: ApplicationState, event: ApplicationCancelled, leaf: Leaf) -> dict[str, object]:
    return {**state.enter(Stage.ENDED, leaf.at), "outcome": Outcome.CANCELLED.value}


FOLDS: dict[type[Event], Fold[ApplicationState]] = {
    ApplicationListed: _fold_listed,
    ApplicationNotSelected: _fold_not_selected,
    ApplicationCancelled: _fold_cancelled,
}
