"""What can be asked in the overall appraisal: of whom, in which stages, and where it leads."""

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from selection.decision.command import Command, Name, row
from selection.forms.handed_in import AnsweredForm
from selection.kernel.model import Counted, Ref
from selection.kernel.references import TextRef
from selection.kernel.stages import Stage, after
from selection.process.transitions import LEFT_OUT, STAYS, Step, step, whole


class OpenAppraisal(Command):
    """Open the vote of the panel's meeting; opened anew, for a `reason` once votes were cast, all vote anew."""

    kind: Literal["open-appraisal"] = "open-appraisal"
    ROW = row("appraisal", "chair")
    present: Annotated[tuple[Name, ...], Field(max_length=100)]
    aside: Annotated[tuple[Name, ...], Field(max_length=100)] = ()
    reason: TextRef | None = None


class CastVote(Command):
    """Cast one's own vote in the meeting, with the score that one finds right, and one's dissent in writing, if any.

    Who abstains gives no score.
    """

    kind: Literal["cast-vote"] = "cast-vote"
    ROW = row("appraisal", "expert")
    meeting: Counted
    vote: Literal["for", "against", "abstained"]
    score: Annotated[Decimal | None, Field(ge=0, max_digits=8, decimal_places=2)] = None
    dissent: TextRef | None = None


class RecordAppraisal(Command):
    """Close the meeting once everyone has voted, with its minutes.

    `reason` says why the members' scores come to one that is far from the reviews' mean, where they do.
    """

    kind: Literal["record-appraisal"] = "record-appraisal"
    ROW = row("appraisal", "chair")
    meeting: Counted
    text: Ref
    reason: TextRef | None = None
    form: AnsweredForm | None = None


COMMANDS: tuple[type[Command], ...] = (OpenAppraisal, CastVote, RecordAppraisal)

WAYS: tuple[Step, ...] = (
    whole(OpenAppraisal, STAYS),
    whole(CastVote, STAYS),
    whole(RecordAppraisal, after(Stage.APPRAISAL)),
    step(LEFT_OUT, "appraisal", after(Stage.APPRAISAL)),
)
"""Where each act and each deadline leads."""
