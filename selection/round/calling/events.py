"""What happens when the call of a sealed round opens: who may see it, and what it changes."""

from selection.decision.aggregate import Event
from selection.kernel.leaf import Leaf
from selection.process.room import Fold
from selection.round.audiences import PUBLISHED
from selection.round.state import RoundState


class CallOpened(Event):
    """The call opened, of a round that was sealed before: applications are taken from here on."""

    TYPE = "round.call-opened.v1"
    AUDIENCE = {"*": PUBLISHED}


def _fold_opened(state: RoundState, event: CallOpened, leaf: Leaf) -> dict[str, object]:
    return {"awaits_call": None}


FOLDS: dict[type[Event], Fold[RoundState]] = {CallOpened: _fold_opened}
