"""What can happen to a request for review: who may see it, and what it changes."""

from decimal import Decimal

from selection.application.panel import EarlierPanel
from selection.application.review_request import ORDERED, REVIEWED, Finding, ReviewRequest
from selection.application.state import ApplicationState
from selection.decision.aggregate import Event
from selection.kernel.leaf import Instant, Leaf
from selection.kernel.model import Ref
from selection.process.room import Fold

CONCERNED = "applicant examiner:own approver"


class ReviewRequested(Event):
    """The applicant requested a review of the procedure on one ground; it is decided by `until`."""

    TYPE = "review-request.made.v1"
    ground: str
    text: Ref
    evidence: tuple[Ref, ...] = ()
    until: Instant
    AUDIENCE = {
        "*": f"{CONCERNED} admin",
        "ground": CONCERNED,
        "text": "applicant examiner:own",
        "evidence": "applicant examiner:own",
        "until": CONCERNED,
    }


class DecidersAppointed(Event):
    """People without any part in the application or the round decide on a request; each appointment adds to them."""

    TYPE = "review-request.deciders-appointed.v1"
    ground: str
    deciders: tuple[str, ...]
    AUDIENCE = {"*": f"{CONCERNED} admin", "ground": CONCERNED, "deciders": "examiner:own"}


class FindingEntered(Event):
    """What one of those who decide found, with their reasons."""

    TYPE = "review-request.finding-entered.v1"
    ground: str
    upheld: bool
    remedy: str
    text: Ref
    AUDIENCE = {
        "*": "examiner:own admin",
        "ground": "examiner:own",
        "upheld": "examiner:own",
        "remedy": "examiner:own",
        "text": "examiner:own",
    }


class RequestDecided(Event):
    """Most of those who decide found the same: upheld with a remedy, or dismissed; the reasons are theirs."""

    TYPE = "review-request.decided.v1"
    ground: str
    outcome: str
    remedy: str
    reasons: tuple[Ref, ...]
    AUDIENCE = {
        "*": f"{CONCERNED} admin",
        # A supervisor's ruling on a conflict may bring it, of which nobody else learns.
        "role": "",
        "ground": CONCERNED,
        "outcome": CONCERNED,
        "remedy": CONCERNED,
        "reasons": CONCERNED,
    }


class FreshPanelOrdered(Event):
    """Another panel is drawn in the earlier one's place, and reviews; who sat there, or left it, stands `aside`.

    Once it has scored, or after `until` without that, those who decide on the request say what follows.
    """

    TYPE = "review-request.panel-ordered.v1"
    ground: str
    aside: tuple[str, ...]
    until: Instant
    AUDIENCE = {"*": f"{CONCERNED} admin", "role": "", "ground": CONCERNED, "aside": "", "until": CONCERNED}


class FreshPanelReviewed(Event):
    """The fresh panel's score stands beside the earlier one, empty where there was none; people decide by `until`."""

    TYPE = "review-request.panel-reviewed.v1"
    ground: str
    earlier: str
    fresh: Decimal
    until: Instant
    AUDIENCE = {
        "*": f"{CONCERNED} admin",
        "role": "",
        "ground": CONCERNED,
        "earlier": "examiner:own approver",
        "fresh": "examiner:own approver",
        "until": CONCERNED,
    }


class RemedyRecorded(Event):
    """An officer recorded how the remedy was carried out."""

    TYPE = "review-request.remedied.v1"
    ground: str
    text: Ref
    AUDIENCE = {"*": f"{CONCERNED} admin", "ground": CONCERNED, "text": CONCERNED}


def _put(state: ApplicationState, ground: str, request: ReviewRequest) -> dict[str, object]:
    return {"requests": {**state.requests, ground: request}}


def _fold_made(state: ApplicationState, event: ReviewRequested, leaf: Leaf) -> dict[str, object]:
    return _put(state, event.ground, ReviewRequest(text=event.text, at=leaf.at, until=event.until))


def _fold_appointed(state: ApplicationState, event: DecidersAppointed, leaf: Leaf) -> dict[str, object]:
    request = state.requests[event.ground]
    request = request.with_(deciders=(*request.deciders, *event.deciders))
    return {
        **_put(state, event.ground, request),
        "hands": state.with_hand("examiner", *event.deciders),
    }


def _fold_entered(state: ApplicationState, event: FindingEntered, leaf: Leaf) -> dict[str, object]:
    request = state.requests[event.ground]
    finding = Finding(upheld=event.upheld, remedy=event.remedy, text=event.text)
    return _put(
        state,
        event.ground,
        request.with_(findings={**request.findings, leaf.actor.person: finding}),
    )


def _fold_decided(state: ApplicationState, event: RequestDecided, leaf: Leaf) -> dict[str, object]:
    decided = {"outcome": event.outcome, "remedy": event.remedy, "decided_at": leaf.at}
    return _put(state, event.ground, state.requests[event.ground].with_(**decided))


def _fold_ordered(state: ApplicationState, event: FreshPanelOrdered, leaf: Leaf) -> dict[str, object]:
    request = state.requests[event.ground]
    opened = {"panel": ORDERED, "outcome": "", "remedy": "", "findings": {}, "until": event.until}
    earlier = EarlierPanel(members=event.aside, reviews=state.reviews, score=state.score)
    return {
        **_put(state, event.ground, request.with_(**opened)),
        "earlier": (*state.earlier, earlier),
        "former": event.aside,
        "seats": (),
        "alternates": (),
        "pledged": (),
        "reviews": (),
        "score": None,
        "chair": "",
        "fewer": 0,
        "settling": {},
    }


def _fold_reviewed(state: ApplicationState, event: FreshPanelReviewed, leaf: Leaf) -> dict[str, object]:
    request = state.requests[event.ground]
    return _put(state, event.ground, request.with_(panel=REVIEWED, until=event.until))


def _fold_remedied(state: ApplicationState, event: RemedyRecorded, leaf: Leaf) -> dict[str, object]:
    return _put(state, event.ground, state.requests[event.ground].with_(remedied=True))


FOLDS: dict[type[Event], Fold[ApplicationState]] = {
    ReviewRequested: _fold_made,
    DecidersAppointed: _fold_appointed,
    FindingEntered: _fold_entered,
    RequestDecided: _fold_decided,
    FreshPanelOrdered: _fold_ordered,
    FreshPanelReviewed: _fold_reviewed,
    RemedyRecorded: _fold_remedied,
}
