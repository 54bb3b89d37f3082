"""What can happen to a decision on integrity that is reversed: who may see it, and what it changes."""

from selection.decision.aggregate import Event
from selection.kernel.leaf import Leaf
from selection.kernel.model import Ref
from selection.process.decisions import EnteredReversal
from selection.process.room import Fold
from selection.round.approving.agreements import void_agreed
from selection.round.approving.events import count_anew
from selection.round.audiences import OVERSEERS
from selection.round.reversing.dependents import name_integrity
from selection.round.state import RoundState


class IntegrityReversalEntered(Event):
    """What one of those whom the rules name would reverse of a proposal, and what falls with it, as they saw it."""

    TYPE = "integrity.reversal-entered.v1"
    proposal: int
    application: str
    was: str
    void: tuple[str, ...]
    text: Ref
    AUDIENCE = {"*": "admin", "proposal": "", "application": "", "was": "", "void": "", "text": ""}


class IntegrityReversalDeclined(Event):
    """What these people entered of a reversal is declined by another post, with a reason: nobody waits for it."""

    TYPE = "integrity.reversal-declined.v1"
    proposal: int
    application: str
    people: tuple[str, ...]
    text: Ref
    AUDIENCE = {"*": "admin", "proposal": "", "application": "", "people": "", "text": ""}


class IntegrityReversed(Event):
    """The check, or the ruling that cleared a hit, is void with what is named; others than these decide again."""

    TYPE = "integrity.reversed.v1"
    proposal: int
    application: str
    was: str
    void: tuple[str, ...]
    people: tuple[str, ...]
    text: Ref
    AUDIENCE = {
        "*": OVERSEERS,
        "proposal": OVERSEERS,
        "application": "approver",
        "was": "approver",
        "void": "approver",
        "people": "",
        "text": "approver",
    }


def _fold_entered(state: RoundState, event: IntegrityReversalEntered, leaf: Leaf) -> dict[str, object]:
    entry = enter_reversal(state, event.application, leaf.actor.people, event.was, event.void)
    return {"decisions": state.decisions.with_entered(leaf.actor.role.value, entry)}


def _fold_declined(state: RoundState, event: IntegrityReversalDeclined, leaf: Leaf) -> dict[str, object]:
    return {"decisions": state.decisions.without_entered(name_integrity(state, event.application))}


def enter_reversal(
    state: RoundState, application: str, people: tuple[str, ...], was: str, void: tuple[str, ...]
) -> EnteredReversal:
    """Return what somebody, for another if two are named, enters at the round's stage, of its present proposal."""
    return EnteredReversal(
        person=people[0],
        behalf="".join(people[1:]),
        decision=name_integrity(state, application),
        was=was,
        stage=f"{state.stage.value}/{state.proposal}",
        void=void,
    )


def _fold_reversed(state: RoundState, event: IntegrityReversed, leaf: Leaf) -> dict[str, object]:
    name = name_integrity(state, event.application)
    decisions = {"decisions": state.decisions.with_reversed(name, event.people)}
    if event.application:
        return {
            **decisions,
            "hits": {**state.hits, event.application: None},
            "agreed": void_agreed(state.agreed, (event.application,)),
        }
    kept = tuple(item for item in state.agreed if item.proposal != state.proposal)
    return {**decisions, "integrity": False, "agreed": kept}


FOLDS: dict[type[Event], Fold[RoundState]] = {
    IntegrityReversalEntered: _fold_entered,
    IntegrityReversalDeclined: _fold_declined,
    IntegrityReversed: count_anew(_fold_reversed),
}
