"""What can happen to the lists of a round, from shortlist to issue: who may see it, and what it changes."""

from typing import Annotated

from pydantic import Field

from selection.decision.aggregate import Event
from selection.kernel.leaf import Instant, Leaf
from selection.kernel.model import Ref
from selection.kernel.stages import RoundStage
from selection.process.room import Fold
from selection.round.approving.agreements import count_agreed, void_agreed
from selection.round.audiences import OVERSEERS, PUBLISHED
from selection.round.state import Agreement, ProposalItem, RoundState, begin_batch, enter


class ShortlistFixed(Event):
    """Who goes to the site survey: by rank, with the officer's additions and removals and their reasons."""

    TYPE = "round.shortlist-fixed.v1"
    listed: dict[str, int]
    reasons: dict[str, Ref]
    counts: dict[str, int]
    AUDIENCE = {
        "*": OVERSEERS,
        "listed": "approver",
        "reasons": "approver",
        "counts": OVERSEERS,
    }


class ProposalMade(Event):
    """The officer's proposal; `deviations` holds the reasons where ranking or limits were not followed.

    `left_out` are items of the proposal that was sent back which could stay and do not: two signed that.
    """

    TYPE = "round.proposed.v1"
    proposal: int
    items: tuple[ProposalItem, ...]
    deviations: dict[str, Ref]
    ranking: tuple[str, ...]
    left_out: Annotated[tuple[str, ...], Field(exclude_if=lambda numbers: not numbers)] = ()
    AUDIENCE = {
        "*": OVERSEERS,
        "proposal": OVERSEERS,
        "items": "approver",
        "deviations": "approver",
        "ranking": "approver",
        "left_out": "approver",
    }


class PublicNoticeOpened(Event):
    """The proposal goes to public notice until the instant."""

    TYPE = "round.notice-opened.v1"
    proposal: int
    until: Instant
    AUDIENCE = {"*": PUBLISHED, "proposal": PUBLISHED, "until": PUBLISHED}


class HeldItemsSettled(Event):
    """Objections that outlasted the notice ended: `released` items are decided on now, `removed` ones are gone.

    What is decided on changes when an item is released, so `proposal` is a new number then.
    """

    TYPE = "round.held-settled.v1"
    proposal: int
    released: tuple[str, ...]
    removed: tuple[str, ...]
    AUDIENCE = {
        "*": OVERSEERS,
        "proposal": OVERSEERS,
        "released": "approver",
        "removed": "approver",
    }


class ItemsLeft(Event):
    """Proposed applications ended before the list was issued, given up or ruled out: their places stay empty."""

    TYPE = "round.items-left.v1"
    removed: tuple[str, ...]
    AUDIENCE = {"*": OVERSEERS, "removed": "approver"}


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


class ListIssued(Event):
    """The list, or its supplement: application number -> place."""

    TYPE = "round.list-issued.v1"
    proposal: int
    places: dict[str, int]
    AUDIENCE = {"*": PUBLISHED, "proposal": PUBLISHED, "places": PUBLISHED}


def _check_anew(state: RoundState) -> dict[str, object]:
    """Return the changes that have the integrity check made anew; a hit that is not cleared stays (stage 10)."""
    return {
        "integrity": False,
        "hits": {number: cleared for number, cleared in state.hits.items() if not cleared},
    }


def _counted(fold: Fold[RoundState]) -> Fold[RoundState]:
    """Return a fold after which the levels that passed are those that agreed to all that stands then."""

    def fold_and_count(state: RoundState, event: Event, leaf: Leaf) -> dict[str, object]:
        changes = fold(state, event, leaf)
        return {**changes, **count_agreed(state.with_(**changes))}

    return fold_and_count


def _fold_shortlisted(state: RoundState, event: ShortlistFixed, leaf: Leaf) -> dict[str, object]:
    return {
        "shortlist": event.listed,
        "shortlist_reasons": event.reasons,
        **begin_batch(f"place-on-shortlist/{leaf.version}"),
    }


def _fold_proposed(state: RoundState, event: ProposalMade, leaf: Leaf) -> dict[str, object]:
    chosen = {item.application for item in event.items}
    return {
        "proposal": event.proposal,
        "noticed": tuple(number for number in state.noticed if number in chosen),
        "proposed": True,
        "items": event.items,
        **_check_anew(state),
        **begin_batch(f"place-in-proposal/{event.proposal}"),
    }


def _fold_noticed(state: RoundState, event: PublicNoticeOpened, leaf: Leaf) -> dict[str, object]:
    return {
        **enter(RoundStage.NOTICE, leaf.at),
        "notice_until": event.until,
        "returned": (),
        **begin_batch(f"open-notice/{event.proposal}"),
    }


def _fold_held_settled(state: RoundState, event: HeldItemsSettled, leaf: Leaf) -> dict[str, object]:
    settled = {*event.released, *event.removed}
    changes: dict[str, object] = {
        "held": tuple(item for item in state.held if item.application not in settled),
        "removed": state.removed + event.removed,
    }
    if not event.released:
        return changes
    released = tuple(item for item in state.held if item.application in event.released)
    # What a list has been issued for is no longer decided on; before that, each keeps its place in the order.
    beside = () if state.stage is RoundStage.ISSUED else state.items
    items = tuple(sorted((*released, *beside), key=lambda item: item.rank))
    again = enter(RoundStage.APPROVAL, leaf.at) if state.stage is RoundStage.ISSUED else {}
    return {**changes, **again, "proposal": event.proposal, "items": items, **_check_anew(state)}


def _fold_left(state: RoundState, event: ItemsLeft, leaf: Leaf) -> dict[str, object]:
    return {"removed": state.removed + event.removed}


def _fold_checked(state: RoundState, event: IntegrityChecked, leaf: Leaf) -> dict[str, object]:
    # Whoever agreed to an item of which something is found now did not know it.
    return {
        "integrity": True,
        "hits": {**state.hits, **dict.fromkeys(event.hits)},
        "agreed": void_agreed(state.agreed, event.hits),
    }


def _fold_hit_ruled(state: RoundState, event: IntegrityHitRuled, leaf: Leaf) -> dict[str, object]:
    hits: dict[str, object] = {"hits": {**state.hits, event.application: event.cleared}}
    if event.cleared or event.application not in state.held_numbers:
        return hits
    # The list was issued without it, and it is on none to come: what ends with the list ends now.
    held = tuple(item for item in state.held if item.application != event.application)
    ends = begin_batch(f"issue/{state.proposal}") if state.stage is RoundStage.ISSUED else {}
    return {**hits, "held": held, **ends}


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


def _fold_sent_back(state: RoundState, event: ProposalSentBack, leaf: Leaf) -> dict[str, object]:
    return {
        **enter(RoundStage.PROPOSAL, leaf.at),
        "returned": event.items,
        "noticed": tuple(item.application for item in (*state.standing_items, *state.suspended_items)),
        "proposed": False,
        "agreed": void_agreed(state.agreed, event.items),
        **_check_anew(state),
    }


def _fold_issued(state: RoundState, event: ListIssued, leaf: Leaf) -> dict[str, object]:
    # What a hit suspends is decided on by itself once somebody ruled on it, as what an objection holds.
    suspended = state.suspended_items
    return {
        **enter(RoundStage.ISSUED, leaf.at),
        "items": tuple(item for item in state.items if item not in suspended),
        "held": (*state.held, *suspended),
        "issued": True,
        "places": {**state.places, **event.places},
        **begin_batch(f"issue/{event.proposal}"),
    }


FOLDS: dict[type[Event], Fold[RoundState]] = {
    ShortlistFixed: _fold_shortlisted,
    ProposalMade: _counted(_fold_proposed),
    PublicNoticeOpened: _fold_noticed,
    HeldItemsSettled: _counted(_fold_held_settled),
    ItemsLeft: _counted(_fold_left),
    IntegrityChecked: _counted(_fold_checked),
    IntegrityHitRuled: _counted(_fold_hit_ruled),
    IntegrityStopLifted: _counted(_fold_lifted),
    LevelApproved: _counted(_fold_approved),
    ProposalSentBack: _counted(_fold_sent_back),
    ListIssued: _fold_issued,
}
