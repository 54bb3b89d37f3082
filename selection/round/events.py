"""What can happen to a round."""

from typing import Annotated, Any

from pydantic import Field

from selection.decision.aggregate import Event
from selection.kernel.leaf import Instant
from selection.kernel.model import Counted, Frozen, Ref


class ProposalItem(Frozen):
    """One proposed centre: the application's number, its place in the proposal, and the reason."""

    application: Annotated[str, Field(max_length=100)]
    rank: Counted
    reason: Ref


class RoundOpened(Event):
    """The rules were sealed and the call opened."""

    TYPE = "round.opened.v1"
    rules_hash: str
    rules: dict[str, Any]
    rehearsal: bool
    deadlines: dict[str, Instant]


class DeadlineExtended(Event):
    """A deadline moved later, with a reason."""

    TYPE = "round.deadline-extended.v1"
    name: str
    old: Instant
    until: Instant
    reason: Ref


class OutageRecorded(Event):
    """Nobody could act from `began` until `ended`: the deadlines `moved` (name -> former instant) are `until` now."""

    TYPE = "round.outage-recorded.v1"
    began: Instant
    ended: Instant
    moved: dict[str, Instant]
    until: Instant
    reason: Ref


class SubmissionClosed(Event):
    """The submission deadline passed."""

    TYPE = "round.submission-closed.v1"
    deadline: Instant


class IntakeClosed(Event):
    """The recommendation deadline passed; the legality check begins."""

    TYPE = "round.intake-closed.v1"
    deadline: Instant


class StageFinished(Event):
    """Every application left the stage's work; counts per application stage as the record held them.

    After a notice `removed` are the items that an upheld objection removed, `held` those with an open one.
    """

    TYPE = "round.stage-finished.v1"
    finished: str
    next: str
    counts: dict[str, int]
    removed: tuple[str, ...] = ()
    held: tuple[str, ...] = ()


class DrawCommitted(Event):
    """The hash of a draw's secret and its inputs, before any randomness is known."""

    TYPE = "draw.committed.v1"
    draw: str
    commitment: str
    inputs: Ref
    applications: int
    experts: int


class DrawOpened(Event):
    """Secret and public randomness, which together give the draw's key; `source` says where the latter is from."""

    TYPE = "draw.opened.v1"
    draw: str
    secret: str
    randomness: str
    source: str


class PanelsDrawn(Event):
    """The draw's result, stored by reference; empty `clashing` means that it is feasible."""

    TYPE = "draw.drawn.v1"
    draw: str
    result: Ref | None
    total_cost: int
    clashing: tuple[str, ...] = ()


class ShortlistFixed(Event):
    """Who goes to the site survey: by rank, with the officer's additions and removals and their reasons."""

    TYPE = "round.shortlist-fixed.v1"
    listed: dict[str, int]
    reasons: dict[str, Ref]
    counts: dict[str, int]


class ProposalMade(Event):
    """The officer's proposal; `deviations` holds the reasons where ranking or limits were not followed."""

    TYPE = "round.proposed.v1"
    proposal: int
    items: tuple[ProposalItem, ...]
    deviations: dict[str, Ref]
    ranking: tuple[str, ...]


class PublicNoticeOpened(Event):
    """The proposal goes to public notice until the instant."""

    TYPE = "round.notice-opened.v1"
    proposal: int
    until: Instant


class HeldItemsSettled(Event):
    """Objections that outlasted the notice ended: `released` items are decided on now, `removed` ones are gone.

    What is decided on changes when an item is released, so `proposal` is a new number then.
    """

    TYPE = "round.held-settled.v1"
    proposal: int
    released: tuple[str, ...]
    removed: tuple[str, ...]


class IntegrityChecked(Event):
    """A supervisor's integrity check of the proposal; hits suspend their items until ruled on."""

    TYPE = "integrity.checked.v1"
    proposal: int
    hits: dict[str, Ref]
    text: Ref


class IntegrityHitRuled(Event):
    """A person's ruling on a hit: `cleared` lets the item go on."""

    TYPE = "integrity.ruled.v1"
    application: str
    cleared: bool
    text: Ref


class LevelApproved(Event):
    """One approver of a level agreed; `passed` when the level then had enough."""

    TYPE = "approval.given.v1"
    proposal: int
    level: str
    passed: bool
    reason: Ref | None = None


class ProposalSentBack(Event):
    """A level sent items back; approvals given for this proposal are void."""

    TYPE = "approval.sent-back.v1"
    proposal: int
    level: str
    items: tuple[str, ...]
    reason: Ref


class ListIssued(Event):
    """The list, or its supplement: application number -> place."""

    TYPE = "round.list-issued.v1"
    proposal: int
    places: dict[str, int]


class RoundCancelled(Event):
    """The round was ended; no list follows, and one that was issued stands."""

    TYPE = "round.cancelled.v1"
    reason: Ref


class BatchFinished(Event):
    """A decision was carried out on the applications; `left_over` did not take it and wait for a person."""

    TYPE = "round.batch-finished.v1"
    batch: str
    touched: int
    left_over: tuple[str, ...] = ()


class BatchRepeated(Event):
    """A decision is carried out again on what it left over; `attempt` counts the repeats from 1."""

    TYPE = "round.batch-repeated.v1"
    batch: str
    attempt: int
