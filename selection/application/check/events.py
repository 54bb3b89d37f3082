"""What can happen in the legality check: who may see it, and what it changes."""

from typing import Annotated

from pydantic import Field

from selection.application.audiences import HOSTS, PARTY, READERS, SUBMISSION
from selection.application.co_builders import remind, renew, without_unconfirmed
from selection.application.state import ApplicationState
from selection.application.submission import Asked, Submission, TeamUnits
from selection.decision.aggregate import Event
from selection.kernel.leaf import Instant, Leaf
from selection.kernel.model import Ref
from selection.kernel.stages import Outcome, Stage, after
from selection.process.decisions import CHECK
from selection.process.room import Fold

Seen = Annotated[tuple[str, ...], Field(exclude_if=lambda seen: not seen)]


class SentBack(Event):
    """A fault that can be mended was sent back with a date."""

    TYPE = "application.sent-back.v1"
    faults: tuple[str, ...]
    text: Ref
    until: Instant
    asked: Asked = None
    AUDIENCE = {
        "*": f"{PARTY} admin",
        "faults": PARTY,
        "text": PARTY,
        "until": PARTY,
        "asked": "",
    }


class ApplicationMended(Event):
    """The applicant mended what was sent back, as a new version."""

    TYPE = "application.mended.v1"
    revision: int
    submission: Submission
    stored_before: Instant | None = None
    asked: Asked = None
    team_units: TeamUnits = {}
    AUDIENCE = {
        "*": f"{HOSTS} invited:current {READERS} admin",
        **SUBMISSION,
        "asked": "",
        "team_units": "applicant",
    }


class MendingLapsed(Event):
    """The date for mending passed; the officer decides on the application as it is."""

    TYPE = "application.mending-lapsed.v1"
    deadline: Instant
    AUDIENCE = {"*": f"{PARTY} admin", "deadline": PARTY}


class CheckPassed(Event):
    """A person found the application lawful and within the call. Co-builders that did not confirm take no part in it.

    `directions` are the held ones that it comes near to, `twins` the bids of its units with nearly the same form.
    """

    TYPE = "application.check-passed.v1"
    rulings: tuple[str, ...] = ()
    text: Ref | None = None
    directions: Seen = ()
    twins: Seen = ()
    AUDIENCE = {
        "*": f"{PARTY} approver admin",
        "rulings": "approver",
        "text": "approver",
        "directions": "approver",
        "twins": "",
    }


class CheckFailed(Event):
    """A person ruled the application out, with the grounds; `directions` and `twins` where they rest on these."""

    TYPE = "application.check-failed.v1"
    grounds: tuple[str, ...]
    text: Ref
    directions: Seen = ()
    twins: Seen = ()
    AUDIENCE = {"*": f"{PARTY} admin", "grounds": PARTY, "text": PARTY, "directions": PARTY, "twins": ""}


def _fold_sent_back(state: ApplicationState, event: SentBack, leaf: Leaf) -> dict[str, object]:
    return {
        **state.enter(Stage.MENDING, leaf.at, event.until),
        "sent_back": state.sent_back + 1,
        "decisions": state.decisions.with_made(CHECK, *leaf.actor.people),
        **remind(state, event.asked),
    }


def _fold_mended(state: ApplicationState, event: ApplicationMended, leaf: Leaf) -> dict[str, object]:
    return {
        **state.enter(Stage.CHECKING, leaf.at),
        "revision": event.revision,
        "submission": event.submission,
        "team_units": event.team_units,
        **renew(state, event.submission, event.asked),
    }


def _fold_mending_lapsed(state: ApplicationState, event: MendingLapsed, leaf: Leaf) -> dict[str, object]:
    return state.enter(Stage.CHECKING, leaf.at)


def _fold_check_passed(state: ApplicationState, event: CheckPassed, leaf: Leaf) -> dict[str, object]:
    made = state.decisions.with_made(CHECK, *leaf.actor.people)
    stage = Stage(made.resumes or after(Stage.CHECKING))
    if stage is Stage.SCORED and state.score is None:
        # A conflict took the score away while the check was made again.
        stage = Stage.REVIEW
    return {
        **state.enter(stage, leaf.at),
        "decisions": made.with_(resumes=""),
        **without_unconfirmed(state),
    }


def _fold_check_failed(state: ApplicationState, event: CheckFailed, leaf: Leaf) -> dict[str, object]:
    made = state.decisions.with_made(CHECK, *leaf.actor.people)
    return {**state.enter(Stage.ENDED, leaf.at), "outcome": Outcome.INELIGIBLE.value, "decisions": made}


FOLDS: dict[type[Event], Fold[ApplicationState]] = {
    SentBack: _fold_sent_back,
    ApplicationMended: _fold_mended,
    MendingLapsed: _fold_mending_lapsed,
    CheckPassed: _fold_check_passed,
    CheckFailed: _fold_check_failed,
}
