"""What can happen to a round as a whole: who may see it, and what it changes."""

from datetime import datetime
from typing import Annotated

from pydantic import Field

from selection.decision.aggregate import Event
from selection.kernel.leaf import Instant, Leaf
from selection.kernel.model import JsonObject, Ref
from selection.kernel.stages import RoundStage
from selection.process.room import Fold
from selection.round.audiences import OVERSEERS, PUBLISHED
from selection.round.state import RoundState, begin_batch, enter
from selection.round.state_parts import empty
from selection.rules.model import RoundRules


class RoundOpened(Event):
    """The rules were sealed and the call opened; sealed before its day, which begins at `awaits_call`, it waits."""

    TYPE = "round.opened.v1"
    rules_hash: str
    rules: JsonObject
    rehearsal: bool
    deadlines: dict[str, Instant]
    awaits_call: Annotated[Instant | None, Field(exclude_if=lambda at: at is None)] = None
    AUDIENCE = {
        "*": PUBLISHED,
        "awaits_call": PUBLISHED,
        "rules_hash": PUBLISHED,
        "rules": OVERSEERS,
        "rehearsal": PUBLISHED,
        "deadlines": PUBLISHED,
    }


class DeadlineExtended(Event):
    """A deadline moved later, with a reason; or windows of a kind: none of these ends before `until` from now on.

    Windows have no common end before they are moved first, so that `old` is None; those of the notice have one.
    """

    TYPE = "round.deadline-extended.v1"
    name: str
    old: Instant | None
    until: Instant
    cause: Annotated[str, Field(exclude_if=empty)] = ""
    reason: Ref
    AUDIENCE = {
        "*": PUBLISHED,
        "name": PUBLISHED,
        "old": PUBLISHED,
        "until": PUBLISHED,
        "cause": PUBLISHED,
        "reason": PUBLISHED,
    }


class OutageRecorded(Event):
    """Nobody could act from `began` until `ended`: the deadlines `moved` (name -> former instant) are `until` now.

    Of the `windows` that may run then, of these kinds, none ends before `until` either.
    """

    TYPE = "round.outage-recorded.v1"
    began: Instant
    ended: Instant
    moved: dict[str, Instant]
    windows: Annotated[tuple[str, ...], Field(exclude_if=lambda kinds: not kinds)] = ()
    until: Instant
    cause: Annotated[str, Field(exclude_if=empty)] = ""
    reason: Ref
    AUDIENCE = {
        "*": PUBLISHED,
        "began": PUBLISHED,
        "ended": PUBLISHED,
        "moved": PUBLISHED,
        "windows": PUBLISHED,
        "until": PUBLISHED,
        "cause": PUBLISHED,
        "reason": PUBLISHED,
    }

    @property
    def later(self) -> tuple[str, ...]:
        """The deadlines and kinds of windows that end later."""
        return (*sorted(self.moved), *self.windows)


class SubmissionClosed(Event):
    """The submission deadline passed."""

    TYPE = "round.submission-closed.v1"
    deadline: Instant
    AUDIENCE = {"*": PUBLISHED, "deadline": PUBLISHED}


class IntakeClosed(Event):
    """The recommendation deadline passed; the legality check begins."""

    TYPE = "round.intake-closed.v1"
    deadline: Instant
    AUDIENCE = {"*": PUBLISHED, "deadline": PUBLISHED}


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
    AUDIENCE = {
        "*": PUBLISHED,
        "finished": PUBLISHED,
        "next": PUBLISHED,
        "counts": OVERSEERS,
        "removed": "approver",
        "held": "approver",
    }


class RoundCancelled(Event):
    """The round was ended; no list follows, and one that was issued stands."""

    TYPE = "round.cancelled.v1"
    reason: Ref
    AUDIENCE = {"*": PUBLISHED, "reason": "approver"}


class BatchFinished(Event):
    """A decision was carried out on the applications; `left_over` did not take it and wait for a person."""

    TYPE = "round.batch-finished.v1"
    batch: str
    touched: int
    left_over: tuple[str, ...] = ()
    AUDIENCE = {"*": "admin", "batch": "admin", "touched": "admin", "left_over": ""}


class BatchRepeated(Event):
    """A decision is carried out again on what it left over; `attempt` counts the repeats from 1."""

    TYPE = "round.batch-repeated.v1"
    batch: str
    attempt: int
    AUDIENCE = {"*": "admin", "batch": "admin", "attempt": "admin"}


def _fold_opened(state: RoundState, event: RoundOpened, leaf: Leaf) -> dict[str, object]:
    rules = RoundRules.model_validate(event.rules)
    opened = {"sealed": rules, "deadlines": event.deadlines, "awaits_call": event.awaits_call}
    return {**enter(RoundStage.CALL, leaf.at), **opened}


def _fold_extended(state: RoundState, event: DeadlineExtended, leaf: Leaf) -> dict[str, object]:
    return _move(state, (event.name,), event.until)


def _fold_outage(state: RoundState, event: OutageRecorded, leaf: Leaf) -> dict[str, object]:
    return _move(state, event.later, event.until)


def _move(state: RoundState, names: tuple[str, ...], until: datetime) -> dict[str, object]:
    notice = {"notice_until": until} if "notice" in names else {}
    return {"deadlines": {**state.deadlines, **dict.fromkeys(names, until)}, **notice}


def _fold_submission_closed(state: RoundState, event: SubmissionClosed, leaf: Leaf) -> dict[str, object]:
    return {"closed": (*state.closed, "submission")}


def _fold_intake_closed(state: RoundState, event: IntakeClosed, leaf: Leaf) -> dict[str, object]:
    return {**enter(RoundStage.CHECKING, leaf.at), "closed": (*state.closed, "recommendation")}


def _fold_finished(state: RoundState, event: StageFinished, leaf: Leaf) -> dict[str, object]:
    return {
        **enter(RoundStage(event.next), leaf.at),
        "items": tuple(item for item in state.items if item.application not in event.held),
        "held": state.held + tuple(item for item in state.items if item.application in event.held),
        "removed": state.removed + event.removed,
        **({"returned": ()} if event.finished == RoundStage.PROPOSAL else {}),
    }


def _fold_cancelled(state: RoundState, event: RoundCancelled, leaf: Leaf) -> dict[str, object]:
    return {
        **enter(RoundStage.ISSUED if state.issued else RoundStage.CANCELLED, leaf.at),
        "reason": event.reason,
        "held": (),
        **begin_batch("cancel-with-round"),
    }


def _fold_batch_finished(state: RoundState, event: BatchFinished, leaf: Leaf) -> dict[str, object]:
    return {"batch": "", "finished_batch": event.batch, "left_over": event.left_over}


def _fold_batch_repeated(state: RoundState, event: BatchRepeated, leaf: Leaf) -> dict[str, object]:
    return {"batch": event.batch, "attempt": event.attempt, "left_over": ()}


FOLDS: dict[type[Event], Fold[RoundState]] = {
    RoundOpened: _fold_opened,
    DeadlineExtended: _fold_extended,
    OutageRecorded: _fold_outage,
    SubmissionClosed: _fold_submission_closed,
    IntakeClosed: _fold_intake_closed,
    StageFinished: _fold_finished,
    RoundCancelled: _fold_cancelled,
    BatchFinished: _fold_batch_finished,
    BatchRepeated: _fold_batch_repeated,
}
