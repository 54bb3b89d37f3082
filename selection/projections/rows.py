"""What lists show of a state: pure functions, so projections can be rebuilt from the log."""

from collections.abc import Iterable
from datetime import datetime
from typing import Annotated

from pydantic import Field

from selection.application.recusal import list_behind
from selection.application.state import ApplicationState
from selection.archive.state import ArchiveState
from selection.decision.facts import Candidate
from selection.decision.relations import Conflict
from selection.decision.stream_state import StreamState
from selection.kernel.model import Frozen
from selection.kernel.stages import RoundStage, Stage
from selection.process.decisions import OBJECTION
from selection.recommendation.state import ListState
from selection.register.state import RegisterState
from selection.round.state import RoundState


class ApplicationRow(Frozen):
    """One application as lists show it, with the names of the centre and its host unit; persons as opaque ids."""

    round: str
    number: str
    name_en: str = ""
    name_zh: str = ""
    stage: Stage
    field: str
    region: str
    unit: str | None
    host: str
    host_en: str = ""
    host_zh: str = ""
    co_builders: tuple[str, ...] = ()
    outcome: str | None
    score: str | None
    agreed: str | None
    votes: Annotated[str, Field(exclude_if=lambda votes: not votes)] = ""
    verdict: Annotated[str, Field(exclude_if=lambda verdict: not verdict)] = ""
    rank: int | None
    place: int | None
    priority: str | None
    agent: str
    reviewers: tuple[str, ...]
    hands: tuple[str, ...]
    duties: Annotated[dict[str, tuple[str, ...]], Field(exclude_if=lambda people: not people)] = {}
    units: tuple[str, ...] = ()
    bidders: tuple[str, ...] = ()
    behind: Annotated[tuple[str, ...], Field(exclude_if=lambda people: not people)] = ()
    conflicted: tuple[str, ...] = ()
    dismissed: Annotated[dict[str, tuple[Conflict, ...]], Field(exclude_if=lambda found: not found)] = {}
    revision: int
    noticed: bool = False
    fresh_panel: Annotated[bool, Field(exclude_if=lambda fresh: not fresh)] = False
    requested: Annotated[bool, Field(exclude_if=lambda awaited: not awaited)] = False
    reopened: Annotated[int, Field(exclude_if=lambda count: count == 0)] = 0


class RoundRow(Frozen):
    """One round as lists show it."""

    round: str
    stage: RoundStage
    rehearsal: bool
    proposal: int
    batch: str
    held: tuple[str, ...] = ()
    left_over: tuple[str, ...]


class ListRow(Frozen):
    """One unit's recommendation list."""

    round: str
    unit: str
    quota: int
    listed: tuple[str, ...]
    closed: bool


class ArchiveRow(Frozen):
    """How far the histories of a round's workflows are kept."""

    round: str
    kept: int
    open: int


class RegisterRow(Frozen):
    """The installation's own stream."""

    administered: bool


DECIDED_BY = {
    "duties",
    "units",
    "bidders",
    "conflicted",
    "dismissed",
    "fresh_panel",
    "requested",
    "behind",
    "reopened",
}
"""What stands in an application's row for decisions alone: nobody is shown it."""

StreamRow = ApplicationRow | RoundRow | ListRow | ArchiveRow | RegisterRow


def row_of(state: StreamState) -> StreamRow:
    """Return the row of any state."""
    match state:
        case ApplicationState():
            return _application_row(state)
        case RoundState():
            return RoundRow(
                round=state.round,
                stage=state.stage,
                rehearsal=bool(state.sealed and state.sealed.is_rehearsal),
                proposal=state.proposal,
                batch=state.batch,
                held=tuple(item.application for item in state.held),
                left_over=state.left_over,
            )
        case ListState():
            return ListRow(
                round=state.round,
                unit=state.unit,
                quota=state.quota,
                listed=tuple(item.application for item in state.listed),
                closed=state.closed,
            )
        case ArchiveState():
            return ArchiveRow(round=state.round, kept=state.kept, open=state.open)
        case RegisterState():
            return RegisterRow(administered=state.administered)
    raise TypeError(type(state).__name__)


def candidate_of(state: ApplicationState) -> Candidate:
    """Return what a round reads of an application when people choose, off the row that lists show."""
    row = _application_row(state)
    return Candidate(
        stream=state.stream,
        revision=row.revision,
        stage=row.stage,
        field=row.field,
        region=row.region,
        priority=row.priority or "",
        rank=row.rank or 0,
        score=row.score or "",
        agreed=row.agreed or "",
        votes=row.votes,
        verdict=row.verdict,
        hands=row.duties,
        units=row.bidders,
        behind=row.behind,
        conflicted=row.conflicted,
        dismissed=row.dismissed,
        reopened=row.reopened,
    )


def find_hands(states: Iterable[ApplicationState], people: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Return by person the applications in which they had a part, off the rows that lists show."""
    rows = sorted((_application_row(state) for state in states), key=lambda row: row.number)
    found = {person: tuple(row.number for row in rows if person in row.hands) for person in people}
    return {person: numbers for person, numbers in found.items() if numbers}


def _application_row(state: ApplicationState) -> ApplicationRow:
    submission = state.submission
    acting = ("recommender", "reviewer", "surveyor", "applicant")
    return ApplicationRow(
        round=state.round,
        number=state.number,
        name_en=submission.name_en if submission else "",
        name_zh=submission.name_zh if submission else "",
        stage=state.stage,
        field=submission.field if submission else "",
        region=submission.region if submission else "",
        unit=state.unit or None,
        host=submission.host.code if submission else "",
        host_en=submission.host.name_en if submission else "",
        host_zh=submission.host.name_zh if submission else "",
        co_builders=tuple(sorted(unit.code for unit in submission.co_builders)) if submission else (),
        outcome=state.outcome or None,
        score=str(state.score.shown) if state.score else None,
        agreed=str(state.appraisal.score) if state.appraisal else None,
        votes=state.appraisal.votes if state.appraisal else "",
        verdict=state.verdict,
        rank=state.rank or None,
        place=state.place or None,
        priority=submission.priority if submission else None,
        agent=state.agent,
        reviewers=tuple(seat.expert for seat in state.seats if seat.status != "empty"),
        hands=tuple(sorted({person for duty in acting for person in state.hands.get(duty, ())})),
        duties=state.hands,
        units=tuple(sorted(submission.employers)) if submission else (),
        bidders=tuple(sorted(state.bidders)),
        behind=list_behind(state),
        conflicted=tuple(sorted(state.people_in_conflict)),
        dismissed=state.dismissed,
        revision=state.revision,
        noticed=state.noticed,
        fresh_panel=state.fresh_panel != "",
        requested=state.requested,
        reopened=state.decisions.count_rulings(OBJECTION),
    )


def deadlines_of(state: RoundState) -> dict[str, datetime]:
    """Return the round's deadlines in force, by name."""
    return dict(state.deadlines)
