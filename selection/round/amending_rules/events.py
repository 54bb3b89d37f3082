"""What happens to the rules of a running round: who may see it, and what it changes."""

from typing import Annotated

from pydantic import Field

from selection.decision.aggregate import Event
from selection.kernel.leaf import Leaf
from selection.kernel.model import Counted, Ref
from selection.process.room import Fold
from selection.round.audiences import OVERSEERS, PUBLISHED
from selection.round.state import RoundState
from selection.rules.changing.amendments import EnteredAmendment, RulesAmendment


class AmendmentEntered(Event):
    """An officer entered a change of the rules, which waits for an approver.

    `number` counts all that were entered in the round; the one before, if it still waits, is replaced.
    """

    TYPE = "round.amendment-entered.v1"
    number: Counted
    path: str
    before: str
    after: str
    reason: Ref
    AUDIENCE = {
        "*": OVERSEERS,
        "number": OVERSEERS,
        "path": OVERSEERS,
        "before": OVERSEERS,
        "after": OVERSEERS,
        "reason": OVERSEERS,
    }


class AmendmentDeclined(Event):
    """An approver declined the change that waited."""

    TYPE = "round.amendment-declined.v1"
    number: Counted
    reason: Ref
    AUDIENCE = {"*": OVERSEERS, "number": OVERSEERS, "reason": OVERSEERS}


class AmendmentAgreed(Event):
    """An approver of the top level agreed to the change that waits; others of the level are still awaited."""

    TYPE = "round.amendment-agreed.v1"
    number: Counted
    level: str
    reason: Ref
    AUDIENCE = {"*": OVERSEERS, "number": OVERSEERS, "level": OVERSEERS, "reason": OVERSEERS}


class RulesAmended(Event):
    """A field of the rules changed for what begins from here on; what was done and every day already set stands.

    `entered_by` and `approver` are the two people, `reason` the officer's, `consent` the approver's. `touches` are the
    roles whose acts follow the field, `again` the acts to which whoever did them, or could not, is asked again.
    `amended_hash` is that of the rules as they stand now; what is signed goes on naming the sealed ones. Once scores
    may be known, what decides on the list changes by the top `level` of approval, of which `approver` agreed last.
    """

    TYPE = "round.rules-amended.v1"
    number: Counted
    path: str
    before: str
    after: str
    entered_by: str
    approver: str
    reason: Ref
    consent: Ref
    touches: tuple[str, ...]
    again: tuple[str, ...]
    amended_hash: str
    level: Annotated[str, Field(exclude_if=lambda level: not level)] = ""
    AUDIENCE = {
        "*": PUBLISHED,
        "number": PUBLISHED,
        "path": PUBLISHED,
        "before": PUBLISHED,
        "after": PUBLISHED,
        "entered_by": OVERSEERS,
        "approver": OVERSEERS,
        "reason": PUBLISHED,
        "consent": PUBLISHED,
        "touches": PUBLISHED,
        "again": PUBLISHED,
        "amended_hash": PUBLISHED,
        "level": PUBLISHED,
    }


def _fold_entered(state: RoundState, event: AmendmentEntered, leaf: Leaf) -> dict[str, object]:
    entered = EnteredAmendment(
        number=event.number,
        path=event.path,
        before=event.before,
        after=event.after,
        people=leaf.actor.people,
        reason=event.reason,
        at=leaf.at,
    )
    return {"waiting_amendment": entered, "entered_amendments": event.number}


def _fold_declined(state: RoundState, event: AmendmentDeclined, leaf: Leaf) -> dict[str, object]:
    return {"waiting_amendment": None}


def _fold_agreed(state: RoundState, event: AmendmentAgreed, leaf: Leaf) -> dict[str, object]:
    waiting = state.waiting_amendment
    assert waiting is not None
    return {"waiting_amendment": waiting.with_(agreed=(*waiting.agreed, leaf.actor.principal))}


def _fold_amended(state: RoundState, event: RulesAmended, leaf: Leaf) -> dict[str, object]:
    done = RulesAmendment(
        number=event.number,
        path=event.path,
        before=event.before,
        after=event.after,
        reason=event.reason,
        at=leaf.at,
    )
    return {"waiting_amendment": None, "amendments": (*state.amendments, done)}


FOLDS: dict[type[Event], Fold[RoundState]] = {
    AmendmentEntered: _fold_entered,
    AmendmentAgreed: _fold_agreed,
    AmendmentDeclined: _fold_declined,
    RulesAmended: _fold_amended,
}
