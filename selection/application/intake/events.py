"""What can happen in submission and recommendation: who may see it, and what it changes."""

from selection.application.audiences import HOSTS, PARTY, READERS, SUBMISSION
from selection.application.co_builders import renew
from selection.application.state import ApplicationState
from selection.application.submission import Asked, Submission, TeamUnits
from selection.decision.aggregate import Event
from selection.kernel.leaf import Instant, Leaf
from selection.kernel.model import Ref
from selection.kernel.stages import Stage, after
from selection.process.room import Fold


class ApplicationSubmitted(Event):
    """A version was handed in; the first one makes its sender the host unit's agent."""

    TYPE = "application.submitted.v1"
    round: str
    rules_hash: str
    revision: int
    submission: Submission
    agent: str
    officers: tuple[str, ...]
    supervisors: tuple[str, ...]
    stored_before: Instant | None = None
    asked: Asked = None
    team_units: TeamUnits = {}
    AUDIENCE = {
        "*": f"{HOSTS} invited:current {READERS} admin",
        "round": f"{HOSTS} invited:current {READERS}",
        "rules_hash": f"{HOSTS} invited:current {READERS}",
        **SUBMISSION,
        "agent": "applicant",
        "officers": "",
        "supervisors": "",
        "asked": "",
        "team_units": "applicant",
    }


class ApplicationWithdrawn(Event):
    """The applicant took the application back; it may be submitted again until the deadline."""

    TYPE = "application.withdrawn.v1"
    reason: Ref | None = None
    AUDIENCE = {"*": f"{PARTY} admin", "reason": "applicant"}


class RecommendationTaken(Event):
    """The application accepted a unit's recommendation for its present version."""

    TYPE = "application.recommended.v1"
    unit: str
    revision: int
    agent: str
    AUDIENCE = {
        "*": f"{PARTY} approver admin",
        "unit": f"{PARTY} approver",
        "revision": f"{PARTY} approver",
        "agent": "recommender:own",
    }


class RecommendationReleased(Event):
    """The unit withdrew its recommendation."""

    TYPE = "application.recommendation-released.v1"
    unit: str
    AUDIENCE = {"*": f"{PARTY} admin", "unit": PARTY}


class ApplicationLapsed(Event):
    """A deadline ended the application before the check: withdrawn or not recommended."""

    TYPE = "application.lapsed.v1"
    outcome: str
    deadline: Instant
    AUDIENCE = {"*": f"{PARTY} admin", "outcome": PARTY, "deadline": PARTY}


class CheckOpened(Event):
    """The recommendation deadline passed; the officer's legality check begins."""

    TYPE = "application.check-opened.v1"
    deadline: Instant
    AUDIENCE = {"*": f"{PARTY} admin", "deadline": PARTY}


_UNRECOMMENDED: dict[str, object] = {"unit": "", "recommended_revision": 0, "recommended_by": ""}


def _fold_submitted(state: ApplicationState, event: ApplicationSubmitted, leaf: Leaf) -> dict[str, object]:
    return {
        **state.enter(Stage.SUBMITTED, leaf.at),
        "revision": event.revision,
        "submission": event.submission,
        "agent": event.agent,
        "officers": event.officers,
        "supervisors": event.supervisors,
        **_UNRECOMMENDED,
        "hands": state.with_hand("applicant", event.agent),
        "team_units": event.team_units,
        **renew(state, event.submission, event.asked),
    }


def _fold_withdrawn(state: ApplicationState, event: ApplicationWithdrawn, leaf: Leaf) -> dict[str, object]:
    return {**state.enter(Stage.WITHDRAWN, leaf.at), **_UNRECOMMENDED}


def _fold_recommended(state: ApplicationState, event: RecommendationTaken, leaf: Leaf) -> dict[str, object]:
    return {
        **state.enter(Stage.RECOMMENDED, leaf.at),
        "unit": event.unit,
        "recommended_revision": event.revision,
        "recommended_by": event.agent,
        "hands": state.with_hand("recommender", event.agent),
    }


def _fold_released(state: ApplicationState, event: RecommendationReleased, leaf: Leaf) -> dict[str, object]:
    # Once the check is open, the end that is recorded with it says where the application goes.
    back = state.enter(Stage.SUBMITTED, leaf.at) if state.stage is Stage.RECOMMENDED else {}
    return {**back, **_UNRECOMMENDED}


def _fold_lapsed(state: ApplicationState, event: ApplicationLapsed, leaf: Leaf) -> dict[str, object]:
    return {**state.enter(Stage.ENDED, leaf.at), "outcome": event.outcome}


def _fold_check_opened(state: ApplicationState, event: CheckOpened, leaf: Leaf) -> dict[str, object]:
    return {**state.enter(after(Stage.RECOMMENDED), leaf.at), "intake_ended": event.deadline}


FOLDS: dict[type[Event], Fold[ApplicationState]] = {
    ApplicationSubmitted: _fold_submitted,
    ApplicationWithdrawn: _fold_withdrawn,
    RecommendationTaken: _fold_recommended,
    RecommendationReleased: _fold_released,
    ApplicationLapsed: _fold_lapsed,
    CheckOpened: _fold_check_opened,
}
