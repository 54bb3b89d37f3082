"""What can happen to the lists of a round, from shortlist to issue: who may see it, and what it changes."""

from typing import Annotated

from pydantic import Field

from selection.decision.aggregate import Event
from selection.kernel.leaf import Instant, Leaf
from selection.kernel.model import Ref
from selection.kernel.stages import RoundStage
from selection.process.room import Fold
from selection.round.audiences import OVERSEERS, PUBLISHED
from selection.round.state import ProposalItem, RoundState, begin_batch, enter


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


class LevelApproved(Event):
    """One approver of a level agreed; `passed` when the level then had enough."""

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
    """A level sent items back; approvals given for this proposal are void."""

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


# A new proposal, or one sent back, voids what was decided on the former (stage 10).
_UNDECIDED: dict[str, object] = {"approvals": {}, "passed": (), "integrity": False, "hits": {}}


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
        **_UNDECIDED,
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
    return {**changes, **again, "proposal": event.proposal, "items": items, **_UNDECIDED}


def _fold_checked(state: RoundState, event: IntegrityChecked, leaf: Leaf) -> dict[str, object]:
    return {"integrity": True, "hits": dict.fromkeys(event.hits)}


def _fold_hit_ruled(state: RoundState, event: IntegrityHitRuled, leaf: Leaf) -> dict[str, object]:
    return {"hits": {**state.hits, event.application: event.cleared}}


def _fold_approved(state: RoundState, event: LevelApproved, leaf: Leaf) -> dict[str, object]:
    given = (*state.approvals.get(event.level, ()), leaf.actor.principal)
    passed = (*state.passed, event.level) if event.passed else state.passed
    return {"approvals": {**state.approvals, event.level: given}, "passed": passed}


def _fold_sent_back(state: RoundState, event: ProposalSentBack, leaf: Leaf) -> dict[str, object]:
    return {
        **enter(RoundStage.PROPOSAL, leaf.at),
        "returned": event.items,
        "noticed": tuple(item.application for item in state.standing_items),
        "proposed": False,
        **_UNDECIDED,
    }


def _fold_issued(state: RoundState, event: ListIssued, leaf: Leaf) -> dict[str, object]:
    return {
        **enter(RoundStage.ISSUED, leaf.at),
        "issued": True,
        "places": {**state.places, **event.places},
        **begin_batch(f"issue/{event.proposal}"),
    }


FOLDS: dict[type[Event], Fold[RoundState]] = {
    ShortlistFixed: _fold_shortlisted,
    ProposalMade: _fold_proposed,
    PublicNoticeOpened: _fold_noticed,
    HeldItemsSettled: _fold_held_settled,
    IntegrityChecked: _fold_checked,
    IntegrityHitRuled: _fold_hit_ruled,
    LevelApproved: _fold_approved,
    ProposalSentBack: _fold_sent_back,
    ListIssued: _fold_issued,
}
