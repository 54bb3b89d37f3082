"""What can happen in the overall appraisal: who may see it, and what it changes."""

from decimal import Decimal

from selection.application.audiences import PARTY
from selection.application.meeting import Appraisal, Ballot, Meeting
from selection.application.state import ApplicationState
from selection.decision.aggregate import Event
from selection.forms.handed_in import AnsweredForm, show_form
from selection.kernel.leaf import Leaf
from selection.kernel.model import Frozen, Ref
from selection.kernel.references import TextRef
from selection.kernel.stages import Stage, after
from selection.process.decisions import APPRAISAL
from selection.process.room import Fold

OWN_VOTE = "reviewer:own former:own"


class Dissent(Frozen):
    """One member's dissent, in writing."""

    expert: str
    text: Ref


class AppraisalOpened(Event):
    """The panel's meeting votes; `reason` says why votes are cast anew, if there were any."""

    TYPE = "appraisal.opened.v1"
    meeting: int
    present: tuple[str, ...]
    aside: tuple[str, ...]
    reason: TextRef | None = None
    AUDIENCE = {
        "*": f"{OWN_VOTE} chair approver",
        "meeting": f"{OWN_VOTE} chair approver",
        "present": "chair",
        "aside": "chair",
        "reason": f"{OWN_VOTE} chair approver",
    }


class VoteCast(Event):
    """One member's vote in the meeting, their own score, and their dissent in writing, by their own act.

    `vote` is for, against or abstained; who abstains states no score.
    """

    TYPE = "appraisal.voted.v1"
    meeting: int
    expert: str
    vote: str
    score: Decimal | None = None
    dissent: TextRef | None = None
    AUDIENCE = {
        "*": f"{OWN_VOTE} chair",
        "meeting": f"{OWN_VOTE} chair",
        "expert": f"{OWN_VOTE} chair",
        "vote": f"{OWN_VOTE} chair",
        "score": f"{OWN_VOTE} chair",
        "dissent": f"{OWN_VOTE} chair",
    }


class AppraisalRecorded(Event):
    """The panel's meeting: who was there, who stood aside, vote, dissent, and the score that the members' come to.

    `reason` says why that is far from the reviews' mean, if it is; `form` are answers to the meeting's form, if asked.
    """

    TYPE = "appraisal.recorded.v1"
    present: tuple[str, ...]
    aside: tuple[str, ...]
    score: Decimal
    votes_for: int
    votes_against: int
    abstained: int
    dissents: tuple[Dissent, ...]
    text: Ref
    reason: TextRef | None = None
    form: AnsweredForm | None = None
    AUDIENCE = {
        **show_form("chair approver"),
        "*": f"{PARTY} chair examiner approver admin",
        "present": "chair",
        "aside": "chair",
        "score": "chair approver",
        "votes_for": "chair approver",
        "votes_against": "chair approver",
        "abstained": "chair approver",
        "dissents": "chair",
        "text": "chair approver",
        "reason": "chair approver",
    }


class AppraisalLeftOut(Event):
    """The scheme has no overall appraisal: the application goes on."""

    TYPE = "appraisal.left-out.v1"
    AUDIENCE = {"*": f"{PARTY} chair approver admin"}


def _fold_opened(state: ApplicationState, event: AppraisalOpened, leaf: Leaf) -> dict[str, object]:
    meeting = Meeting(
        number=event.meeting,
        present=event.present,
        aside=event.aside,
        at=leaf.at,
    )
    return {"meeting": meeting, "void_meeting": None}


def _fold_voted(state: ApplicationState, event: VoteCast, leaf: Leaf) -> dict[str, object]:
    assert state.meeting is not None
    ballot = Ballot(vote=event.vote, score=event.score, dissent=event.dissent)
    return {"meeting": state.meeting.with_(votes={**state.meeting.votes, event.expert: ballot})}


def _fold_appraised(state: ApplicationState, event: AppraisalRecorded, leaf: Leaf) -> dict[str, object]:
    result = Appraisal(
        score=event.score,
        votes_for=event.votes_for,
        votes_against=event.votes_against,
        abstained=event.abstained,
    )
    made = state.decisions.with_made(APPRAISAL, *leaf.actor.people)
    return {**state.enter(after(Stage.APPRAISAL), leaf.at), "appraisal": result, "decisions": made}


def _fold_left_out(state: ApplicationState, event: AppraisalLeftOut, leaf: Leaf) -> dict[str, object]:
    return state.enter(after(Stage.APPRAISAL), leaf.at)


FOLDS: dict[type[Event], Fold[ApplicationState]] = {
    AppraisalOpened: _fold_opened,
    VoteCast: _fold_voted,
    AppraisalRecorded: _fold_appraised,
    AppraisalLeftOut: _fold_left_out,
}
