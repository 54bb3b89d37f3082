"""What can happen to the draws of a round: who may see it, and what it changes."""

from typing import Annotated

from pydantic import Field

from selection.decision.aggregate import Event
from selection.kernel.leaf import Instant, Leaf
from selection.kernel.model import Ref
from selection.process.room import Fold
from selection.round.audiences import OVERSEERS, PUBLISHED
from selection.round.state import Draw, RoundState, begin_batch


class DrawCommitted(Event):
    """The hash of a draw's secret, its inputs, and the public numbers that open it, before these are known.

    `issue` of `source` is public from `public` on; the draw is opened before `until`, or never. `deposit` is the text
    that holds the secret in hex; none in records of before secrets were deposited.
    """

    TYPE = "draw.committed.v1"
    draw: str
    commitment: str
    deposit: Annotated[Ref | None, Field(exclude_if=lambda given: given is None)] = None
    inputs: Ref
    applications: int
    experts: int
    source: str
    issue: str
    public: Instant
    until: Instant
    # The secret gives every panel away to whom knows the pool, so it is never published.
    AUDIENCE = {
        "*": PUBLISHED,
        "draw": PUBLISHED,
        "commitment": PUBLISHED,
        "deposit": "",
        "inputs": "",
        "applications": OVERSEERS,
        "experts": OVERSEERS,
        "source": PUBLISHED,
        "issue": PUBLISHED,
        "public": PUBLISHED,
        "until": PUBLISHED,
    }


class DrawNumbersEntered(Event):
    """The public numbers of a draw as one person read them; who opens it must have read the same."""

    TYPE = "draw.numbers-entered.v1"
    draw: str
    numbers: str
    AUDIENCE = {"*": PUBLISHED, "draw": PUBLISHED, "numbers": PUBLISHED}


class DrawVoided(Event):
    """A draw that was committed is never opened, for a reason that all who know of the draw may read.

    `expired` tells that it could have been opened until its time was over.
    """

    TYPE = "draw.voided.v1"
    draw: str
    reason: Ref
    expired: bool
    AUDIENCE = {"*": PUBLISHED, "draw": PUBLISHED, "reason": PUBLISHED, "expired": PUBLISHED}


class DrawOpened(Event):
    """Secret and public randomness, which together give the draw's key; with the `signature` of a beacon."""

    TYPE = "draw.opened.v1"
    draw: str
    secret: str
    randomness: str
    signature: Annotated[str, Field(exclude_if=lambda given: not given)] = ""
    AUDIENCE = {
        "*": PUBLISHED,
        "draw": PUBLISHED,
        "secret": "",
        "randomness": PUBLISHED,
        "signature": PUBLISHED,
    }


class PanelsDrawn(Event):
    """The draw's result, stored by reference; or, where no panels exist, the limits and applications that clash."""

    TYPE = "draw.drawn.v1"
    draw: str
    result: Ref | None
    total_cost: int
    clashing: Annotated[tuple[str, ...], Field(exclude_if=lambda names: not names)] = ()
    AUDIENCE = {
        "*": PUBLISHED,
        "draw": PUBLISHED,
        "result": "",
        "total_cost": "",
        "clashing": "",
    }


def _fold_committed(state: RoundState, event: DrawCommitted, leaf: Leaf) -> dict[str, object]:
    draw = Draw(
        commitment=event.commitment,
        deposit=event.deposit,
        inputs=event.inputs,
        by=leaf.actor.principal,
        post=leaf.actor.role,
        source=event.source,
        issue=event.issue,
        public=event.public,
        until=event.until,
        after_end=state.ended,
    )
    return {"draws": {**state.draws, event.draw: draw}}


def _fold_entered(state: RoundState, event: DrawNumbersEntered, leaf: Leaf) -> dict[str, object]:
    draw = state.draws[event.draw]
    entered = draw.with_(entries={**draw.entries, leaf.actor.principal: event.numbers})
    return {"draws": {**state.draws, event.draw: entered}}


def _fold_voided(state: RoundState, event: DrawVoided, leaf: Leaf) -> dict[str, object]:
    voided = state.draws[event.draw].model_copy(update={"voided": True})
    return {"draws": {**state.draws, event.draw: voided}}


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
    DrawNumbersEntered: _fold_entered,
    DrawVoided: _fold_voided,
    DrawOpened: _fold_draw_opened,
    PanelsDrawn: _fold_drawn,
}
