"""What can happen in the overall appraisal: who may see it, and what it changes."""

from decimal import Decimal

from selection.application.audiences import PARTY
from selection.application.state import ApplicationState, Appraisal
from selection.decision.aggregate import Event
from selection.forms.handed_in import AnsweredForm, show_form
from selection.kernel.leaf import Leaf
from selection.kernel.model import Frozen, Ref
from selection.kernel.stages import Stage, after
from selection.process.room import Fold


class Dissent(Frozen):
    """One member's dissent, in writing."""

    expert: str
    text: Ref


class AppraisalRecorded(Event):
    """The panel's meeting: who was there, who stood aside, score, vote, dissent; answers to its form, if asked."""

    TYPE = "appraisal.recorded.v1"
    present: tuple[str, ...]
    aside: tuple[str, ...]
    score: Decimal
    votes_for: int
    votes_against: int
    abstained: int
    dissents: tuple[Dissent, ...]
    text: Ref
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
    }


class AppraisalLeftOut(Event):
    """The scheme has no overall appraisal: the application goes on."""

    TYPE = "appraisal.left-out.v1"
    AUDIENCE = {"*": f"{PARTY} chair approver admin"}


def _fold_appraised(state: ApplicationState, event: AppraisalRecorded, leaf: Leaf) -> dict[str, object]:
    result = Appraisal(
        score=event.score,
        votes_for=event.votes_for,
        votes_against=event.votes_against,
        abstained=event.abstained,
    )
    return {**state.enter(after(Stage.APPRAISAL), leaf.at), "appraisal": result}


def _fold_left_out(state: ApplicationState, event: AppraisalLeftOut, leaf: Leaf) -> dict[str, object]:
    return state.enter(after(Stage.APPRAISAL), leaf.at)


FOLDS: dict[type[Event], Fold[ApplicationState]] = {
    AppraisalRecorded: _fold_appraised,
    AppraisalLeftOut: _fold_left_out,
}
