"""What can happen to a proposal while it is checked and agreed to: who may see it, and what it changes."""

from selection.decision.aggregate import Event
from selection.decision.relations import Conflict
from selection.kernel.leaf import Leaf
from selection.kernel.model import Ref
from selection.kernel.stages import RoundStage
from selection.process.decisions import HIT, INTEGRITY, name_decision
from selection.process.room import Fold
from selection.round.approving.agreements import count_agreed, void_agreed
from selection.round.audiences import OVERSEERS
from selection.round.state import Agreement, RoundState, begin_batch, enter


class IntegrityChecked(Event):
    """A supervisor's integrity check of the proposal; hits suspend their items until ruled on."""

    TYPE = "integrity.checked.v1"
    proposal: int
    hits: dict[str, Ref]
    text: Ref
    AUDIENCE = {"*": OVERSEERS, "proposal": OVERSEERS, "hits": "approver", "text": "approver"}


class IntegrityHitRuled(Event):
    """A person's ruling on a hit: `cleared` lets the item go on."""

    TYPE = "integrity.ruled.v1"
    application: str
    cleared: bool
    text: Ref
    AUDIENCE = {
        "*": OVERSEERS,
        "application": "approver",
        "cleared": "approver",
        "text": "approver",
    }


class IntegrityStopLifted(Event):
    """Two people lifted the stop of an upheld hit: the item can be proposed again, and is decided on anew."""

    TYPE = "integrity.stop-lifted.v1"
    application: str
    text: Ref
    AUDIENCE = {"*": OVERSEERS, "application": "approver", "text": "approver"}


class LevelApproved(Event):
    """One approver of a level agreed to the items that stand; `passed` when the level then had enough for all."""

    TYPE = "approval.given.v1"
    proposal: int
    level: str
    passed: bool
    reason: Ref | None = None
    AUDIENCE = {
        "*": OVERSEERS,
        "proposal": OVERSEERS,
        "level": OVERSEERS,
        "passed": OVERSEERS,
        "reason": "approver",
    }


class ApprovalVoided(Event):
    """A person who approved is bound to items of the list since: what they agreed to does not count any more.

    `bound_by` is the evidence, empty where a supervisor's ruling on a conflict says it.
    """

    TYPE = "approval.voided.v1"
    proposal: int
    person: str
    levels: tuple[str, ...]
    items: tuple[str, ...]
    bound_by: tuple[Conflict, ...]
    # Whom it is about learns of it by what they are refused.
    AUDIENCE = {
        "*": OVERSEERS,
        "proposal": OVERSEERS,
        "person": "",
        "levels": OVERSEERS,
        "items": "",
        "bound_by": "",
    }


class ProposalSentBack(Event):
    """A level sent items back; what was approved of these is void, and of no others."""

    TYPE = "approval.sent-back.v1"
    proposal: int
    level: str
    items: tuple[str, ...]
    reason: Ref
    AUDIENCE = {
        "*": OVERSEERS,
        "proposal": OVERSEERS,
        "level": OVERSEERS,
        "items": "approver",
        "reason": "approver",
    }


def check_anew(state: RoundState) -> dict[str, object]:
    """Return the changes that have the integrity check made anew; a hit that is not cleared stays (stage 10)."""
    return {
        "integrity": False,
        "hits": {number: cleared for number, cleared in state.hits.items() if not cleared},
    }


def count_anew(fold: Fold[RoundState]) -> Fold[RoundState]:
    """Return a fold after which the levels that passed are those that agreed to all that stands then."""

    def fold_and_count(state: RoundState, event: Event, leaf: Leaf) -> dict[str, object]:
        changes = fold(state, event, leaf)
        return {**changes, **count_agreed(state.with_(**changes))}

    return fold_and_count


def _fold_checked(state: RoundState, event: IntegrityChecked, leaf: Leaf) -> dict[str, object]:
    # Whoever agreed to an item of which something is found now did not know it.
    return {
        "integrity": True,
        "hits": {**state.hits, **dict.fromkeys(event.hits)},
        "agreed": void_agreed(state.agreed, event.hits),
        "decisions": state.decisions.with_made(
            name_decision(INTEGRITY, str(event.proposal)), *leaf.actor.people
        ),
    }


def _fold_hit_ruled(state: RoundState, event: IntegrityHitRuled, leaf: Leaf) -> dict[str, object]:
    hits: dict[str, object] = {
        "hits": {**state.hits, event.application: event.cleared},
        "decisions": state.decisions.with_made(name_decision(HIT, event.application), *leaf.actor.people),
    }
    if event.cleared or event.application not in state.numbers_on_hold:
        return hits
    # The list was issued without it, and it is on none to come: what ends with the list ends now.
    waiting = tuple(item for item in state.held if item.application != event.application)
    ends = begin_batch(f"issue/{state.proposal}") if state.stage is RoundStage.ISSUED else {}
    return {**hits, "held": waiting, **ends}


def _fold_lifted(state: RoundState, event: IntegrityStopLifted, leaf: Leaf) -> dict[str, object]:
    return {
        "hits": {number: cleared for number, cleared in state.hits.items() if number != event.application},
        "agreed": void_agreed(state.agreed, (event.application,)),
    }


def _fold_approved(state: RoundState, event: LevelApproved, leaf: Leaf) -> dict[str, object]:
    given = Agreement(
        level=event.level, person=leaf.actor.principal, proposal=event.proposal, items=state.standing_items
    )
    return {"agreed": (*state.agreed, given)}


def _fold_voided(state: RoundState, event: ApprovalVoided, leaf: Leaf) -> dict[str, object]:
    return {"agreed": tuple(item for item in state.agreed if item.person != event.person)}


def _fold_sent_back(state: RoundState, event: ProposalSentBack, leaf: Leaf) -> dict[str, object]:
    return {
        **enter(RoundStage.PROPOSAL, leaf.at),
        "returned": event.items,
        "noticed": tuple(item.application for item in (*state.standing_items, *state.suspended_items)),
        "proposed": False,
        "agreed": void_agreed(state.agreed, event.items),
        "sent_back": {
            **state.sent_back,
            **{person: state.sent_back.get(person, 0) + 1 for person in leaf.actor.people},
        },
        **check_anew(state),
    }


FOLDS: dict[type[Event], Fold[RoundState]] = {
    IntegrityChecked: count_anew(_fold_checked),
    IntegrityHitRuled: count_anew(_fold_hit_ruled),
    IntegrityStopLifted: count_anew(_fold_lifted),
    LevelApproved: count_anew(_fold_approved),
    ApprovalVoided: count_anew(_fold_voided),
    ProposalSentBack: count_anew(_fold_sent_back),
}
