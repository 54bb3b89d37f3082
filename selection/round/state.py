"""The state of a round. It never holds per-application state, only what people decided about lists."""

from datetime import datetime
from typing import Any

from pydantic import Field

from selection.decision.aggregate import Event, StreamState
from selection.kernel.leaf import Instant, Leaf
from selection.kernel.model import Frozen, Ref
from selection.process.stages import RoundStage
from selection.round import events as e
from selection.rules.model import RoundRules


class Draw(Frozen):
    """One draw: committed, then opened, then drawn."""

    commitment: str
    inputs: Ref
    secret: str = ""
    randomness: str = ""
    result: Ref | None = None
    clashing: tuple[str, ...] = ()

    @property
    def opened(self) -> bool:
        """Tell whether secret and randomness are recorded."""
        return self.secret != ""


class RoundState(StreamState):
    """One round. `batch` names a decision still being carried out on the applications, `begun` its entry's version.

    `items` are decided on now; `held` were proposed with them, but an objection against each outlasted the
    notice. `left_over` did not take `finished_batch`, the last one that came to its end; `attempt` counts its repeats.
    """

    round: str = ""
    stage: RoundStage = RoundStage.NEW
    since: Instant | None = None
    sealed: RoundRules | None = None
    deadlines: dict[str, Instant] = Field(default_factory=dict)
    closed: tuple[str, ...] = ()
    draws: dict[str, Draw] = Field(default_factory=dict)
    shortlist: dict[str, int] = Field(default_factory=dict)
    shortlist_reasons: dict[str, Ref] = Field(default_factory=dict)
    proposal: int = 0
    proposed: bool = False
    items: tuple[e.ProposalItem, ...] = ()
    returned: tuple[str, ...] = ()
    held: tuple[e.ProposalItem, ...] = ()
    removed: tuple[str, ...] = ()
    notice_until: Instant | None = None
    integrity: bool = False
    hits: dict[str, bool | None] = Field(default_factory=dict)
    approvals: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    passed: tuple[str, ...] = ()
    issued: bool = False
    places: dict[str, int] = Field(default_factory=dict)
    reason: Ref | None = None
    batch: str = ""
    begun: int = 0
    attempt: int = 0
    finished_batch: str = ""
    left_over: tuple[str, ...] = ()

    @property
    def ended(self) -> bool:
        """Tell whether the list is issued, or the round cancelled, and carried out on every application."""
        over = self.stage in (RoundStage.ISSUED, RoundStage.CANCELLED)
        return over and not self.batch and not self.left_over and not self.held

    @property
    def cancelled(self) -> bool:
        """Tell whether the round was cancelled; a list that was issued before stands."""
        return self.reason is not None

    @property
    def held_numbers(self) -> frozenset[str]:
        """The applications that are held."""
        return frozenset(item.application for item in self.held)

    @property
    def free_places(self) -> int:
        """How many may be proposed: a place that an objection emptied, holds, or that is given is not free."""
        assert self.sealed is not None
        return self.sealed.places - len(self.removed) - len(self.held) - len(self.places)

    @property
    def next_places(self) -> dict[str, int]:
        """The places that issuing now would give: by the proposal's ranks, without gaps, after those given."""
        numbers = [item.application for item in self.standing_items]
        return dict(
            zip(numbers, range(len(self.places) + 1, len(self.places) + len(numbers) + 1), strict=True)
        )

    @property
    def standing_items(self) -> tuple[e.ProposalItem, ...]:
        """The proposed items that no objection removed and no integrity ruling stopped."""
        stopped = {number for number, cleared in self.hits.items() if cleared is False}
        return tuple(item for item in self.items if item.application not in stopped | set(self.removed))


def initial(stream: str) -> RoundState:
    """Return the state of `round/<round>` before it is opened."""
    return RoundState(stream=stream, round=stream.split("/")[1])


def apply(state: RoundState, event: Event, leaf: Leaf) -> RoundState:
    """Return the round after the event."""
    changes = _changes(state, event, leaf)
    begun = {"begun": leaf.version} if changes.get("batch") else {}
    return state.with_(**changes, **begun)


def _changes(state: RoundState, event: Event, leaf: Leaf) -> dict[str, Any]:
    at = leaf.at
    match event:
        case e.RoundOpened():
            rules = RoundRules.model_validate(event.rules)
            return {**_entered(RoundStage.CALL, at), "sealed": rules, "deadlines": event.deadlines}
        case e.DeadlineExtended():
            return {"deadlines": {**state.deadlines, event.name: event.until}}
        case e.OutageRecorded():
            return {"deadlines": {**state.deadlines, **dict.fromkeys(event.moved, event.until)}}
        case e.SubmissionClosed():
            return {"closed": (*state.closed, "submission")}
        case e.IntakeClosed():
            return {**_entered(RoundStage.CHECKING, at), "closed": (*state.closed, "recommendation")}
        case e.StageFinished():
            return {
                **_entered(RoundStage(event.next), at),
                "items": tuple(item for item in state.items if item.application not in event.held),
                "held": state.held + tuple(item for item in state.items if item.application in event.held),
                "removed": state.removed + event.removed,
            }
        case e.BatchFinished():
            return {"batch": "", "finished_batch": event.batch, "left_over": event.left_over}
        case e.BatchRepeated():
            return {"batch": event.batch, "attempt": event.attempt, "left_over": ()}
        case e.RoundCancelled():
            return {
                **_entered(RoundStage.ISSUED if state.issued else RoundStage.CANCELLED, at),
                "reason": event.reason,
                "held": (),
                **_begun("cancel-with-round"),
            }
        case e.DrawCommitted() | e.DrawOpened() | e.PanelsDrawn():
            return _draw_changes(state, event)
    return _list_changes(state, event, leaf)


def _draw_changes(state: RoundState, event: Event) -> dict[str, Any]:
    match event:
        case e.DrawCommitted():
            draw = Draw(commitment=event.commitment, inputs=event.inputs)
            return {"draws": {**state.draws, event.draw: draw}}
        case e.DrawOpened():
            changes: dict[str, Any] = {"secret": event.secret, "randomness": event.randomness}
            opened = state.draws[event.draw].model_copy(update=changes)
            return {"draws": {**state.draws, event.draw: opened}, "batch": f"draw/{event.draw}"}
        case e.PanelsDrawn():
            changes = {"result": event.result, "clashing": event.clashing}
            drawn = state.draws[event.draw].model_copy(update=changes)
            begun = _begun(f"seat-panel/{event.draw}") if event.result else {"batch": ""}
            return {"draws": {**state.draws, event.draw: drawn}, **begun}
    raise KeyError(event.TYPE)


# A new proposal, or one sent back, voids what was decided on the former (stage 10).
_UNDECIDED: dict[str, Any] = {"approvals": {}, "passed": (), "integrity": False, "hits": {}}


def _list_changes(state: RoundState, event: Event, leaf: Leaf) -> dict[str, Any]:
    at = leaf.at
    match event:
        case e.ShortlistFixed():
            return {
                "shortlist": event.listed,
                "shortlist_reasons": event.reasons,
                **_begun(f"place-on-shortlist/{leaf.version}"),
            }
        case e.ProposalMade():
            return {
                "proposal": event.proposal,
                "proposed": True,
                "items": event.items,
                **_UNDECIDED,
                **_begun(f"place-in-proposal/{event.proposal}"),
            }
        case e.PublicNoticeOpened():
            return {
                **_entered(RoundStage.NOTICE, at),
                "notice_until": event.until,
                "returned": (),
                **_begun(f"open-notice/{event.proposal}"),
            }
        case e.HeldItemsSettled():
            return _held_changes(state, event, at)
        case e.ListIssued():
            return {
                **_entered(RoundStage.ISSUED, at),
                "issued": True,
                "places": {**state.places, **event.places},
                **_begun(f"issue/{event.proposal}"),
            }
    return _approval_changes(state, event, leaf)


def _approval_changes(state: RoundState, event: Event, leaf: Leaf) -> dict[str, Any]:
    match event:
        case e.IntegrityChecked():
            return {"integrity": True, "hits": dict.fromkeys(event.hits)}
        case e.IntegrityHitRuled():
            return {"hits": {**state.hits, event.application: event.cleared}}
        case e.LevelApproved():
            given = (*state.approvals.get(event.level, ()), leaf.actor.person)
            passed = (*state.passed, event.level) if event.passed else state.passed
            return {"approvals": {**state.approvals, event.level: given}, "passed": passed}
        case e.ProposalSentBack():
            return {
                **_entered(RoundStage.PROPOSAL, leaf.at),
                "returned": event.items,
                "proposed": False,
                **_UNDECIDED,
            }
    raise KeyError(event.TYPE)


def _held_changes(state: RoundState, event: e.HeldItemsSettled, at: datetime) -> dict[str, Any]:
    settled = {*event.released, *event.removed}
    changes: dict[str, Any] = {
        "held": tuple(item for item in state.held if item.application not in settled),
        "removed": state.removed + event.removed,
    }
    if not event.released:
        return changes
    released = tuple(item for item in state.held if item.application in event.released)
    # What a list has been issued for is no longer decided on; before that, each keeps its place in the order.
    beside = () if state.stage is RoundStage.ISSUED else state.items
    items = tuple(sorted((*released, *beside), key=lambda item: item.rank))
    entered = _entered(RoundStage.APPROVAL, at) if state.stage is RoundStage.ISSUED else {}
    return {**changes, **entered, "proposal": event.proposal, "items": items, **_UNDECIDED}


def _entered(stage: RoundStage, at: datetime) -> dict[str, Any]:
    return {"stage": stage, "since": at}


def _begun(batch: str) -> dict[str, Any]:
    # A draw's own batch is not among these: what was left over before an infeasible draw can still be repeated.
    return {"batch": batch, "attempt": 0}
