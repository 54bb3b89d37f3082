"""What can be asked to reverse a decision on an application: of whom, in which stages, and where it leads."""

from typing import Annotated, Literal

from pydantic import Field

from selection.decision.command import Command, row
from selection.kernel.references import TextRef
from selection.kernel.stages import Stage, after, between
from selection.process.transitions import STAYS, Step, step, whole

DECIDED = between(Stage.CHECKING, Stage.ENDED)
"""The stages in which a decision may stand: one that failed the check stands once the application has ended."""


Decided = Literal["check", "shortlist", "survey", "appraisal", "conflict", "objection"]
RuledOn = Annotated[str, Field(max_length=100, exclude_if=lambda name: not name)]
"""The report of a conflict, or the objection, whose ruling is meant."""


class ReverseDecision(Command):
    """Enter that a decision is to be reversed, and why: it takes effect once every post named in the rules has."""

    kind: Literal["reverse-decision"] = "reverse-decision"
    ROW = row(DECIDED, "officer supervisor")
    decision: Decided
    report: RuledOn = ""
    objection: RuledOn = ""
    text: TextRef


class DeclineReversal(Command):
    """Decline, with a reason, what another post entered of a reversal: it waits for nobody any more."""

    kind: Literal["decline-reversal"] = "decline-reversal"
    ROW = row(DECIDED, "officer supervisor")
    decision: Decided
    report: RuledOn = ""
    objection: RuledOn = ""
    text: TextRef


def find_ruled_on(command: ReverseDecision | DeclineReversal) -> str:
    """Return what was ruled on: the report or the objection; empty for a decision on the application itself."""
    return {"conflict": command.report, "objection": command.objection}.get(command.decision, "")


COMMANDS: tuple[type[Command], ...] = (ReverseDecision, DeclineReversal)

WAYS: tuple[Step, ...] = (
    whole(DeclineReversal, STAYS),
    step("reverse-decision", "mending", "= checking"),
    step("reverse-decision", (Stage.CHECKING, *between(Stage.ELIGIBLE, Stage.SURVEY)), "= checking"),
    step("reverse-decision", between(after(Stage.SURVEY), Stage.APPRAISAL), "= checking survey"),
    step("reverse-decision", between(after(Stage.APPRAISAL), Stage.CLEARED), "= checking survey appraisal"),
    step("reverse-decision", between(Stage.SURVEY, Stage.APPRAISED), "scored ended", "not-shortlisted"),
    step("reverse-decision", "scored", "review survey ended", "not-shortlisted"),
    step("reverse-decision", "cleared", "held"),
    step("reverse-decision", "ended", "= checking scored survey held", "ineligible not-shortlisted removed"),
)
"""Where each act and each deadline leads."""
