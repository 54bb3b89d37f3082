"""What stands of a decision on integrity, and what falls with it: listed before anybody signs its reversal.

What a check found stays, open or upheld, whoever reverses the check: nobody gets rid of a hit by it (stage 10).
"""

from selection.kernel.stages import RoundStage
from selection.process.decisions import HIT, INTEGRITY, name_decision
from selection.round.state import RoundState


def name_integrity(state: RoundState, application: str) -> str:
    """Return the name of the ruling on an application's hit, or of the present check where none is named."""
    return name_decision(HIT, application) if application else name_decision(INTEGRITY, str(state.proposal))


def describe_integrity(state: RoundState, application: str) -> str:
    """Return what a decision was that stands, empty where none does; that a hit was upheld is lifted by its own act."""
    if application:
        return "cleared" if state.hits.get(application) is True else ""
    return "checked" if state.integrity and state.stage is RoundStage.APPROVAL else ""


def list_falling(state: RoundState, application: str) -> tuple[str, ...]:
    """Return what falls with a decision: what levels approved of the application, or of the proposal checked."""
    if application:
        named = (one.application for item in state.agreed for one in item.items)
        return ("approvals",) if application in named else ()
    return ("approvals",) if any(item.proposal == state.proposal for item in state.agreed) else ()
