"""What can happen to the lists of a round, from shortlist to issue: who may see it, and what it changes."""

from typing import Annotated

from pydantic import Field

from selection.decision.aggregate import Event
from selection.kernel.leaf import Instant, Leaf
from selection.kernel.model import Ref
from selection.kernel.stages import RoundStage
from selection.process.room import Fold
from selection.round.approving.agreements import void_agreed
from selection.round.approving.events import check_anew, count_anew
from selection.round.audiences import OVERSEERS, PUBLISHED
from selection.round.filling.places import find_places_for, take_places
from selection.round.state import ProposalItem, RoundState, begin_batch, enter

Reopened = Annotated[dict[str, int], Field(exclude_if=lambda counts: not counts)]


class ShortlistFixed(Event):
    """Who goes to the site survey: by rank, with the officers' additions and removals and their reasons.

    `removed` are the ranks of those within the cut who are left off.
    """

    TYPE = "round.shortlist-fixed.v1"
    listed: dict[str, int]
    removed: Annotated[dict[str, int], Field(exclude_if=lambda removed: not removed)] = {}
    reasons: dict[str, Ref]
    counts: dict[str, int]
    AUDIENCE = {
        "*": OVERSEERS,
        "listed": "approver",
        "removed": "approver",
        "reasons": "approver",
        "counts": OVERSEERS,
    }


class ProposalMade(Event):
    """The officer's proposal; `deviations` holds the reasons where ranking or limits were not followed.

    `left_out` are items of the proposal that was sent back which could stay and do not: two signed that. Of `anew` a
    decision was made again after it was reversed: what was approved of these before is void. Those that came `back` had
    ended since they were proposed; their places fell empty, or others had them.
    """

    TYPE = "round.proposed.v1"
    proposal: int
    items: tuple[ProposalItem, ...]
    deviations: dict[str, Ref]
    ranking: tuple[str, ...]
    left_out: Annotated[tuple[str, ...], Field(exclude_if=lambda numbers: not numbers)] = ()
    anew: Annotated[tuple[str, ...], Field(exclude_if=lambda numbers: not numbers)] = ()
    back: Annotated[tuple[str, ...], Field(exclude_if=lambda numbers: not numbers)] = ()
    AUDIENCE = {
        "*": OVERSEERS,
        "proposal": OVERSEERS,
        "items": "approver",
        "deviations": "approver",
        "ranking": "approver",
        "left_out": "approver",
        "anew": "approver",
        "back": "approver",
    }


class PublicNoticeOpened(Event):
    """The proposal goes to public notice until the instant."""

    TYPE = "round.notice-opened.v1"
    proposal: int
    until: Instant
    AUDIENCE = {"*": PUBLISHED, "proposal": PUBLISHED, "until": PUBLISHED}


class HeldItemsSettled(Event):
    """Objections that outlasted the notice ended: `released` items are decided on now, `removed` ones are gone.

    What is decided on changes when an item is released, so `proposal` is a new number then. `reopened` counts the
    rulings that were reversed by now, of those for which the round knew fewer.
    """

    TYPE = "round.held-settled.v1"
    proposal: int
    released: tuple[str, ...]
    removed: tuple[str, ...]
    reopened: Reopened = {}
    AUDIENCE = {
        "*": OVERSEERS,
        "proposal": OVERSEERS,
        "released": "approver",
        "removed": "approver",
        "reopened": "approver",
    }


class ItemsLeft(Event):
    """Proposed applications ended before the list was issued, given up or ruled out: their places stay empty.

    Of those `held` the ruling on an objection was reversed, which may have removed them: the list goes on without them,
    as where one outlasts the notice, and what was approved of them is void.
    """

    TYPE = "round.items-left.v1"
    removed: tuple[str, ...] = ()
    held: Annotated[tuple[str, ...], Field(exclude_if=lambda numbers: not numbers)] = ()
    AUDIENCE = {"*": OVERSEERS, "removed": "approver", "held": "approver"}


class ProposalReturned(Event):
    """Decisions on applications were reversed after the proposal: it is made anew, once these are decided again.

    `items` of it are concerned; what was approved of these is void, and of no others. `reopened` counts the rulings on
    objections that were reversed by now, of those for which the round knew fewer.
    """

    TYPE = "round.proposal-returned.v1"
    proposal: int
    items: tuple[str, ...]
    reopened: Reopened = {}
    AUDIENCE = {"*": OVERSEERS, "proposal": OVERSEERS, "items": "approver", "reopened": "approver"}


class ListIssued(Event):
    """The list, or its supplement: application number -> place."""

    TYPE = "round.list-issued.v1"
    proposal: int
    places: dict[str, int]
    AUDIENCE = {"*": PUBLISHED, "proposal": PUBLISHED, "places": PUBLISHED}


def _fold_shortlisted(state: RoundState, event: ShortlistFixed, leaf: Leaf) -> dict[str, object]:
    return {
        "shortlist": event.listed,
        "left_off": event.removed,
        "shortlist_reasons": event.reasons,
        **begin_batch(f"place-on-shortlist/{leaf.version}"),
    }


def _fold_proposed(state: RoundState, event: ProposalMade, leaf: Leaf) -> dict[str, object]:
    chosen = {item.application for item in event.items}
    left = tuple(number for number in state.removed if number not in event.back)
    removed = tuple(item for item in state.items if item.application in left)
    gone = tuple(item for item in state.gone if item.application not in event.back)
    return {
        "proposal": event.proposal,
        "noticed": tuple(number for number in state.noticed if number in chosen),
        "proposed": True,
        "filling": False,
        "items": event.items,
        "gone": gone if state.issued else (*gone, *removed),
        "removed": left,
        "agreed": void_agreed(state.agreed, event.anew),
        **check_anew(state),
        **begin_batch(f"place-in-proposal/{event.proposal}"),
    }


def _fold_noticed(state: RoundState, event: PublicNoticeOpened, leaf: Leaf) -> dict[str, object]:
    return {
        **enter(RoundStage.NOTICE, leaf.at),
        "notice_until": event.until,
        "returned": (),
        "filling": False,
        **begin_batch(f"open-notice/{event.proposal}"),
    }


def _fold_settlement(state: RoundState, event: HeldItemsSettled, leaf: Leaf) -> dict[str, object]:
    settled = {*event.released, *event.removed}
    # Once a list was issued what an objection removes is final.
    removed = tuple(item for item in state.held if item.application in event.removed)
    changes: dict[str, object] = {
        "held": tuple(item for item in state.held if item.application not in settled),
        "gone": state.gone if state.issued else (*state.gone, *removed),
        "removed": state.removed + event.removed,
        "reopened": {**state.reopened, **event.reopened},
    }
    if not event.released:
        return changes
    released = tuple(item for item in state.held if item.application in event.released)
    # What a list has been issued for is no longer decided on; before that, each keeps its place in the order.
    beside = () if state.stage is RoundStage.ISSUED else state.items
    items = tuple(sorted((*released, *beside), key=lambda item: item.rank))
    again = enter(RoundStage.APPROVAL, leaf.at) if state.stage is RoundStage.ISSUED else {}
    return {**changes, **again, "proposal": event.proposal, "items": items, **check_anew(state)}


def _fold_left(state: RoundState, event: ItemsLeft, leaf: Leaf) -> dict[str, object]:
    if not event.held:
        return {"removed": state.removed + event.removed}
    waiting = tuple(item for item in (*state.items, *state.gone) if item.application in event.held)
    freed = state.with_(**take_places(state, find_places_for(state, event.held)))
    return {
        "removed": freed.removed + event.removed,
        "gone": tuple(item for item in freed.gone if item not in waiting),
        "items": tuple(item for item in freed.items if item not in waiting),
        "held": (*state.held, *waiting),
        "agreed": void_agreed(state.agreed, event.held),
        "reopened": {**state.reopened, **{name: state.reopened.get(name, 0) + 1 for name in event.held}},
    }


def _fold_returned(state: RoundState, event: ProposalReturned, leaf: Leaf) -> dict[str, object]:
    # What was held stood in the notice as well.
    freed = tuple(item.application for item in state.held if item.application in event.items)
    changes: dict[str, object] = {
        "proposed": False,
        "noticed": tuple(dict.fromkeys((*state.noticed, *freed))),
        "held": tuple(item for item in state.held if item.application not in event.items),
        "agreed": void_agreed(state.agreed, event.items),
        "reopened": {**state.reopened, **event.reopened},
    }
    if state.stage is RoundStage.PROPOSAL:
        return changes
    stood = (*state.standing_items, *state.suspended_items)
    return {
        **changes,
        **enter(RoundStage.PROPOSAL, leaf.at),
        "returned": event.items,
        "noticed": (*(item.application for item in stood), *freed),
        **check_anew(state),
    }


def _fold_issued(state: RoundState, event: ListIssued, leaf: Leaf) -> dict[str, object]:
    # What a hit suspends is decided on by itself once somebody ruled on it, as what an objection holds.
    suspended = state.suspended_items
    return {
        **enter(RoundStage.ISSUED, leaf.at),
        "items": tuple(item for item in state.items if item not in suspended),
        "held": (*state.held, *suspended),
        "gone": (),
        "issued": True,
        "sent_back": {},
        "places": {**state.places, **event.places},
        **begin_batch(f"issue/{event.proposal}"),
    }


FOLDS: dict[type[Event], Fold[RoundState]] = {
    ShortlistFixed: _fold_shortlisted,
    ProposalMade: count_anew(_fold_proposed),
    PublicNoticeOpened: _fold_noticed,
    HeldItemsSettled: count_anew(_fold_settlement),
    ItemsLeft: count_anew(_fold_left),
    ProposalReturned: count_anew(_fold_returned),
    ListIssued: _fold_issued,
}
