"""What happens to a report of lobbying: who may see it, and what it changes.

Who is named in one sees neither report nor ruling, not even as staff (selection/visibility/reading.py).
"""

from selection.decision.aggregate import Event
from selection.kernel.leaf import Leaf
from selection.kernel.model import Ref
from selection.process.room import Fold
from selection.round.state import Lobbying, RoundState

REPORTER = "participant:own approver:own admin:own"


class LobbyingReported(Event):
    """Somebody reported lobbying; it suspends nothing by itself."""

    TYPE = "lobbying.reported.v1"
    report: str
    named: tuple[str, ...]
    text: Ref
    evidence: tuple[Ref, ...] = ()
    AUDIENCE = {"*": REPORTER, "report": REPORTER, "named": REPORTER, "text": REPORTER, "evidence": REPORTER}


class LobbyingRuled(Event):
    """A supervisor's ruling on a report, with reasons."""

    TYPE = "lobbying.ruled.v1"
    report: str
    upheld: bool
    text: Ref
    AUDIENCE = {"*": REPORTER, "report": REPORTER, "upheld": REPORTER, "text": REPORTER}


def _fold_reported(state: RoundState, event: LobbyingReported, leaf: Leaf) -> dict[str, object]:
    made = Lobbying(reporter=leaf.actor.person, behalf=leaf.actor.behalf, named=event.named, at=leaf.at)
    return {"lobbying": {**state.lobbying, event.report: made}}


def _fold_ruled(state: RoundState, event: LobbyingRuled, leaf: Leaf) -> dict[str, object]:
    ruled = state.lobbying[event.report].with_(upheld=event.upheld)
    return {"lobbying": {**state.lobbying, event.report: ruled}}


FOLDS: dict[type[Event], Fold[RoundState]] = {
    LobbyingReported: _fold_reported,
    LobbyingRuled: _fold_ruled,
}
