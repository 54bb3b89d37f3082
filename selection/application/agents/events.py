"""What can happen to who acts for the applicant: who may see it, and what it changes."""

from selection.application.state import ApplicationState
from selection.decision.aggregate import Event
from selection.kernel.leaf import Leaf
from selection.kernel.model import Ref
from selection.process.room import Fold


class AgentReplaced(Event):
    """Somebody else of the host unit acts for the applicant from here on; the `former` agent's acts stand."""

    TYPE = "application.agent-replaced.v1"
    former: str
    agent: str
    reason: Ref
    AUDIENCE = {
        "*": "applicant approver admin",
        "former": "applicant approver admin",
        "agent": "applicant approver admin",
        "reason": "applicant approver",
    }


def _fold_replaced(state: ApplicationState, event: AgentReplaced, leaf: Leaf) -> dict[str, object]:
    return {"agent": event.agent, "hands": state.with_hand("applicant", event.agent)}


FOLDS: dict[type[Event], Fold[ApplicationState]] = {AgentReplaced: _fold_replaced}
