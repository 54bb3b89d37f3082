"""What can be asked to reverse a decision on an application: of whom, in which stages, and where it leads."""

from typing import Annotated, Literal

from pydantic import Field

from selection.decision.command import Command, row
from selection.kernel.references import TextRef
from selection.kernel.stages import Stage, after, between
from selection.process.transitions import Step, step

DECIDED = between(Stage.CHECKING, Stage.ENDED)
"""The stages in which a decision may stand: one that failed the check stands once the application has ended."""


class ReverseDecision(Command):
    """Enter that a decision is to be reversed, and why; it is once each post that the rules name has entered it.

    `report` names the report of a conflict whose ruling is meant, `objection` the objection.
    """

    kind: Literal["reverse-decision"] = "reverse-decision"
    ROW = row(DECIDED, "officer supervisor")
    decision: Literal["check", "survey", "appraisal", "conflict", "objection"]
    report: Annotated[str, Field(max_length=100, exclude_if=lambda report: not report)] = ""
    objection: Annotated[str, Field(max_length=100, exclude_if=lambda name: not name)] = ""
    text: TextRef

    @property
    def of(self) -> str:
        """What was ruled on: the report or the objection; empty for a decision on the application itself."""
        return {"conflict": self.report, "objection": self.objection}.get(self.decision, "")


COMMANDS: tuple[type[Command], ...] = (ReverseDecision,)

WAYS: tuple[Step, ...] = (
    step("reverse-decision", "mending", "= checking"),
    step("reverse-decision", ("checking", *between(Stage.ELIGIBLE, Stage.SURVEY)), "= checking"),
    step("reverse-decision", between(after(Stage.SURVEY), Stage.APPRAISAL), "= checking survey"),
    step("reverse-decision", between(after(Stage.APPRAISAL), Stage.CLEARED), "= checking survey appraisal"),
    step("reverse-decision", "scored", "review"),
    step("reverse-decision", "cleared", "held"),
    step("reverse-decision", "ended", "= checking", "ineligible"),
)
"""Where each act and each deadline leads."""
