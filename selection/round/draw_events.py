"""What can happen to the draws of a round: who may see it, and what it changes."""

from selection.decision.aggregate import Event
from selection.kernel.leaf import Leaf
from selection.kernel.model import Ref
from selection.process.room import Fold
from selection.round.audiences import OVERSEERS, PUBLISHED
from selection.round.state import Draw, RoundState, begin_batch


class DrawCommitted(Event):
    """The hash of a draw's secret and its inputs, before any randomness is known."""

    TYPE = "draw.committed.v1"
    draw: str
    commitment: str
    inputs: Ref
    applications: int
    experts: int
    # The secret gives every panel away to whom knows the pool, so it is never published.
    AUDIENCE = {
        "*": PUBLISHED,
        "draw": PUBLISHED,
        "commitment": PUBLISHED,
        "inputs": "",
        "applications": OVERSEERS,
        "experts": OVERSEERS,
    }


class DrawGivenUp(Event):
    """A draw that was committed is never opened, for a reason that all who know of the draw may read."""

    TYPE = "draw.given-up.v1"
    draw: str
    reason: Ref
    AUDIENCE = {"*": PUBLISHED, "draw": PUBLISHED, "reason": PUBLISHED}


class DrawOpened(Event):
    """Secret and public randomness, which together give the draw's key; `source` says where the latter is from."""

    TYPE = "draw.opened.v1"
    draw: str
    secret: str
    randomness: str
    source: str
    AUDIENCE = {
        "*": PUBLISHED,
        "draw": PUBLISHED,
        "secret": "",
        "randomness": PUBLISHED,
        "source": PUBLISHED,
    }


class PanelsDrawn(Event):
    """The draw's result, stored by reference; empty `clashing` means that it is feasible."""

    TYPE = "draw.drawn.v1"
    draw: str
    result: Ref | None
    total_cost: int
    clashing: tuple[str, ...] = ()
    AUDIENCE = {
        "*": PUBLISHED,
        "draw": PUBLISHED,
        "result": "",
        "total_cost": "",
        "clashing": "",
    }


def _fold_committed(state: RoundState, event: DrawCommitted, leaf: Leaf) -> dict[str, object]:
    draw = Draw(commitment=event.commitment, inputs=event.inputs)
    return {"draws": {**state.draws, event.draw: draw}}


def _fold_given_up(state: RoundState, event: DrawGivenUp, leaf: Leaf) -> dict[str, object]:
    given_up = state.draws[event.draw].model_copy(update={"given_up": True})
    return {"draws": {**state.draws, event.draw: given_up}}


def _fold_draw_opened(state: RoundState, event: DrawOpened, leaf: Leaf) -> dict[str, object]:
    changes: dict[str, object] = {"secret": event.secret, "randomness": event.randomness}
    opened = state.draws[event.draw].model_copy(update=changes)
    return {"draws": {**state.draws, event.draw: opened}, "batch": f"draw/{event.draw}"}


def _fold_drawn(state: RoundState, event: PanelsDrawn, leaf: Leaf) -> dict[str, object]:
    changes = {"result": event.result, "clashing": event.clashing}
    drawn = state.draws[event.draw].model_copy(update=changes)
    batch = begin_batch(f"seat-panel/{event.draw}") if event.result else {"batch": ""}
    return {"draws": {**state.draws, event.draw: drawn}, **batch}


FOLDS: dict[type[Event], Fold[RoundState]] = {
    DrawCommitted: _fold_committed,
    DrawGivenUp: _fold_given_up,
    DrawOpened: _fold_draw_opened,
    PanelsDrawn: _fold_drawn,
}
