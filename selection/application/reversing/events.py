"""What can happen to a decision that is reversed: who may see it, and what it changes."""

from typing import Annotated

from pydantic import Field

from selection.application.audiences import PARTY, REPORTER
from selection.application.reversing.dependents import RESUMES, find_vacancy
from selection.application.review.events import with_seat
from selection.application.state import ApplicationState
from selection.decision.aggregate import Event
from selection.kernel.actor import Actor
from selection.kernel.leaf import Leaf
from selection.kernel.model import Ref
from selection.kernel.stages import Stage
from selection.process.decisions import CONFLICT, SURVEY, EnteredReversal, name_decision
from selection.process.room import Fold

Report = Annotated[str, Field(exclude_if=lambda report: not report)]


class ReversalEntered(Event):
    """What one of those whom the rules name would reverse at this stage, and what falls with it, as they saw it."""

    TYPE = "decision.reversal-entered.v1"
    decision: str
    report: Report = ""
    objection: Report = ""
    was: str
    stage: str
    void: tuple[str, ...]
    text: Ref
    AUDIENCE = {
        "*": "admin",
        "role": "",
        "decision": "",
        "report": "",
        "objection": "",
        "was": "",
        "stage": "",
        "void": "",
        "text": "",
    }

    @property
    def of(self) -> str:
        """What was ruled on: the report or the objection; empty for a decision on the application itself."""
        return self.report or self.objection


class ReversalDeclined(Event):
    """What these people entered of a reversal is declined by another post, with a reason: nobody waits for it."""

    TYPE = "decision.reversal-declined.v1"
    decision: str
    report: Report = ""
    objection: Report = ""
    people: tuple[str, ...]
    text: Ref
    AUDIENCE = {
        "*": "admin",
        "role": "",
        "decision": "",
        "report": "",
        "objection": "",
        "people": "",
        "text": "",
    }


class DecisionReversed(Event):
    """A decision of these people is void, and what is named with it; it is made again, by others."""

    TYPE = "decision.reversed.v1"
    decision: str
    was: str
    void: tuple[str, ...]
    people: tuple[str, ...]
    text: Ref
    # What was proposed is not public, so that what falls with a decision is told to nobody who could learn it by that.
    AUDIENCE = {
        "*": f"{PARTY} surveyor chair approver admin",
        "role": "",
        "decision": f"{PARTY} surveyor chair approver",
        "was": f"{PARTY} surveyor chair approver",
        "void": "approver",
        "people": "",
        "text": "approver",
    }


class ConflictReopened(Event):
    """The ruling on a conflict, upheld or not, of these people is void; the report waits for others' ruling again."""

    TYPE = "conflict.reopened.v1"
    report: str
    was: str
    void: tuple[str, ...]
    people: tuple[str, ...]
    text: Ref
    AUDIENCE = {
        "*": f"{REPORTER} admin",
        "role": "",
        "report": REPORTER,
        "was": REPORTER,
        "void": "",
        "people": "",
        "text": "",
    }


def enter_reversal(event: ReversalEntered, actor: Actor) -> EnteredReversal:
    """Return what somebody enters, for another if they stand in for one."""
    return EnteredReversal(
        person=actor.person,
        behalf=actor.behalf,
        decision=name_decision(event.decision, event.of),
        was=event.was,
        stage=event.stage,
        void=event.void,
    )


def _fold_entered(state: ApplicationState, event: ReversalEntered, leaf: Leaf) -> dict[str, object]:
    entry = enter_reversal(event, leaf.actor)
    return {"decisions": state.decisions.with_entered(leaf.actor.role.value, entry)}


def _fold_declined(state: ApplicationState, event: ReversalDeclined, leaf: Leaf) -> dict[str, object]:
    name = name_decision(event.decision, event.report or event.objection)
    return {"decisions": state.decisions.without_entered(name)}


def _fold_reversed(state: ApplicationState, event: DecisionReversed, leaf: Leaf) -> dict[str, object]:
    decisions = state.decisions.with_reversed(event.decision, event.people)
    meetings = decisions.meetings if state.meeting is None else state.meeting.number
    unvoted: dict[str, object] = {
        "meeting": None,
        "void_meeting": state.meeting or state.void_meeting,
        "appraisal": None,
        "decisions": decisions.with_(meetings=meetings),
    }
    match event.decision:
        case "shortlist" | "survey":
            # Of a shortlist the next entry puts it on, or off it.
            stage = Stage.SURVEY if event.decision == SURVEY else Stage.SCORED
            return {
                **state.enter(stage, leaf.at),
                "outcome": "",
                "verdict": "",
                "lead": "",
                "team": (),
                "joined": {},
                **unvoted,
            }
        case "appraisal":
            return {**state.enter(Stage.APPRAISAL, leaf.at), **unvoted}
    again = {**state.enter(Stage.CHECKING, leaf.at), "decisions": decisions}
    if state.stage is Stage.MENDING:
        return {**again, "sent_back": state.sent_back - 1}
    if state.ended:
        return {**again, "outcome": ""}
    return {**again, "decisions": decisions.with_(resumes=RESUMES[state.stage])}


def _fold_reopened(state: ApplicationState, event: ConflictReopened, leaf: Leaf) -> dict[str, object]:
    name = name_decision(CONFLICT, event.report)
    found = state.reports[event.report]
    # It waits whether or not they still judge here: a ruling that was made is not gone without another.
    waiting = found.with_(upheld=None, seated=False)
    changes: dict[str, object] = {
        "decisions": state.decisions.with_reversed(name, event.people),
        "reports": {**state.reports, event.report: waiting},
    }
    number = find_vacancy(state, event.report)
    if number is None:
        return changes
    # The review counts again, and the score is fixed anew once the report is ruled on.
    back = state.enter(Stage.REVIEW, leaf.at) if state.stage is Stage.SCORED else {}
    return {
        **changes,
        **back,
        "score": None,
        "seats": with_seat(state, number, status="submitted"),
        "reviews": tuple(
            item.with_(void=False) if item.expert == found.expert else item for item in state.reviews
        ),
        "former": tuple(person for person in state.former if person != found.expert),
        "pledged": (*state.pledged, found.expert),
    }


FOLDS: dict[type[Event], Fold[ApplicationState]] = {
    ReversalEntered: _fold_entered,
    ReversalDeclined: _fold_declined,
    DecisionReversed: _fold_reversed,
    ConflictReopened: _fold_reopened,
}
