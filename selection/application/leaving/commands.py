"""What takes an application out of the round at any stage before the list: its applicant, or two people for fraud."""

from typing import Annotated, Literal

from pydantic import Field

from selection.decision.command import Command, row
from selection.kernel.model import Ref
from selection.kernel.references import TextRef
from selection.kernel.stages import Stage, between
from selection.process.transitions import STAYS, Step, step, whole

BEFORE_THE_LIST = tuple(
    stage for stage in between(Stage.SUBMITTED, Stage.CLEARED) if stage is not Stage.WITHDRAWN
)
"""What was withdrawn until the deadline is out already, unless it is handed in again."""


class GiveUp(Command):
    """Take the application back for good."""

    kind: Literal["give-up"] = "give-up"
    ROW = row(BEFORE_THE_LIST, "applicant")
    reason: TextRef | None = None


class ReportFraud(Command):
    """Report fraud in an application, with the evidence; a supervisor rules on it."""

    kind: Literal["report-fraud"] = "report-fraud"
    ROW = row(BEFORE_THE_LIST, "officer")
    text: TextRef
    evidence: Annotated[tuple[Ref, ...], Field(min_length=1, max_length=50)]


class RuleOnFraud(Command):
    """Rule on the report: the application is ruled out, or goes on."""

    kind: Literal["rule-on-fraud"] = "rule-on-fraud"
    ROW = row(BEFORE_THE_LIST, "supervisor")
    upheld: bool
    text: TextRef


COMMANDS: tuple[type[Command], ...] = (GiveUp, ReportFraud, RuleOnFraud)

WAYS: tuple[Step, ...] = (
    whole(GiveUp, "ended", "given-up"),
    whole(ReportFraud, STAYS),
    step("rule-on-fraud", BEFORE_THE_LIST, f"{STAYS} ended", "ruled-out"),
)
"""Where each act and each deadline leads."""
