"""Where a stream stands after a decision: all that its workflow needs to wait and to show. Ids and codes only."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, NamedTuple

from pydantic import Field

from selection.application.state import ApplicationState
from selection.archive.state import ArchiveState
from selection.decision.aggregate import Aggregate, S
from selection.decision.facts import Facts
from selection.decision.stream_state import StreamState
from selection.kernel.leaf import Instant
from selection.kernel.model import Frozen
from selection.kernel.stages import PHASES
from selection.recommendation.state import ListState
from selection.register.state import RegisterState
from selection.round.state import RoundState


def _empty(value: object) -> bool:
    return not value


class Standing(Frozen):
    """A stream's version, the next instant at which something is due, and what an operator sees.

    `due` is when to settle, `waits_for` and `until` what for. `attributes` are the values to search by. `batch` is
    the decision of a round that is being carried out, by the version of its entry. `request` tells that a request
    for review waits for somebody.
    """

    version: int = 0
    due: Annotated[Instant | None, Field(exclude_if=_empty)] = None
    waits_for: Annotated[str, Field(exclude_if=_empty)] = ""
    until: Annotated[Instant | None, Field(exclude_if=_empty)] = None
    ended: Annotated[bool, Field(exclude_if=_empty)] = False
    result: Annotated[str, Field(exclude_if=_empty)] = ""
    details: Annotated[str, Field(exclude_if=_empty)] = ""
    attributes: dict[str, str] = Field(default_factory=dict, exclude_if=_empty)
    batch: Annotated[str, Field(exclude_if=_empty)] = ""
    batch_begun: Annotated[int, Field(exclude_if=_empty)] = 0
    request: Annotated[bool, Field(exclude_if=_empty)] = False


class _OperatorView(NamedTuple):
    """What an operator sees of a state."""

    result: str = ""
    details: str = ""
    attributes: Mapping[str, str] = MappingProxyType({})
    batch: str = ""
    batch_begun: int = 0


def measure_standing(core: Aggregate[S], state: S, facts: Facts) -> Standing:
    """Return where a stream with this state stands, given terms and deadlines."""
    core.require_own(state)
    due = core.due(state, facts)
    shown = _show_state(state)
    return Standing(
        version=state.version,
        due=due.at if due else None,
        waits_for=due.name if due else "",
        until=due.deadline if due else None,
        ended=state.over,
        result=shown.result,
        details=shown.details,
        attributes=dict(shown.attributes),
        batch=shown.batch,
        batch_begun=shown.batch_begun,
        request=isinstance(state, ApplicationState) and state.requested,
    )


def _show_state(state: StreamState) -> _OperatorView:
    match state:
        case ApplicationState():
            return _application(state)
        case RoundState():
            return _round(state)
        case ListState():
            return _list(state)
        case ArchiveState() | RegisterState():
            return _OperatorView()
    raise TypeError(type(state).__name__)


def _application(state: ApplicationState) -> _OperatorView:
    submission = state.submission
    seats = ", ".join(f"{seat.number} {seat.status}" for seat in state.seats)
    parts = [
        state.stage.value,
        state.outcome,
        f"revision {state.revision}",
        f"seats: {seats}" if seats else "",
        f"working days without a calendar: {', '.join(map(str, state.guessed))}" if state.guessed else "",
    ]
    attributes = {
        "SelectionRound": state.round,
        "SelectionStage": PHASES[state.stage],
        "SelectionOutcome": state.outcome,
        "SelectionRegion": submission.region if submission else "",
        "SelectionField": submission.field if submission else "",
    }
    return _OperatorView(state.outcome, "; ".join(filter(None, parts)), attributes)


def _round(state: RoundState) -> _OperatorView:
    parts = [
        state.stage.value,
        "rehearsal" if state.sealed and state.sealed.is_rehearsal else "",
        f"batch {state.batch}" if state.batch else "",
        f"left over {len(state.left_over)}" if state.left_over else "",
        f"proposal {state.proposal}, levels passed: {', '.join(state.passed) or 'none'}"
        if state.proposal
        else "",
    ]
    return _OperatorView(
        result=state.stage.value,
        details="; ".join(filter(None, parts)),
        attributes={"SelectionRound": state.round, "SelectionStage": state.stage.value},
        batch=state.batch,
        batch_begun=state.begun if state.batch else 0,
    )


def _list(state: ListState) -> _OperatorView:
    attributes = {"SelectionRound": state.round, "SelectionStage": "closed" if state.closed else "open"}
    return _OperatorView(str(len(state.listed)), f"{len(state.listed)} of {state.quota}", attributes)
