"""What can be asked in the overall appraisal: of whom, in which stages, and where it leads."""

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from selection.application.appraisal.events import Dissent
from selection.decision.command import Command, Name, row
from selection.forms.handed_in import AnsweredForm
from selection.kernel.model import Counted, Ref
from selection.kernel.stages import Stage, after
from selection.process.transitions import LEFT_OUT, Step, step, whole


class RecordAppraisal(Command):
    """Record the panel's meeting."""

    kind: Literal["record-appraisal"] = "record-appraisal"
    ROW = row("appraisal", "chair")
    present: Annotated[tuple[Name, ...], Field(max_length=100)]
    aside: Annotated[tuple[Name, ...], Field(max_length=100)] = ()
    score: Annotated[Decimal, Field(ge=0, max_digits=8, decimal_places=2)]
    votes_for: Counted
    votes_against: Counted
    abstained: Counted
    dissents: Annotated[tuple[Dissent, ...], Field(max_length=100)] = ()
    text: Ref
    form: AnsweredForm | None = None


COMMANDS: tuple[type[Command], ...] = (RecordAppraisal,)

WAYS: tuple[Step, ...] = (
    whole(RecordAppraisal, after(Stage.APPRAISAL)),
    step(LEFT_OUT, "appraisal", after(Stage.APPRAISAL)),
)
"""Where each act and each deadline leads."""
