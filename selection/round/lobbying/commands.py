"""What can be asked about lobbying: anyone reports it, and a supervisor rules."""

from typing import Annotated, Literal

from pydantic import Field

from selection.decision.command import Command, Name, round_row
from selection.kernel.model import Ref
from selection.kernel.named import PersonId
from selection.kernel.proof import Assurance
from selection.kernel.references import TextRef
from selection.kernel.stages import RoundStage, round_between
from selection.process.transitions import STAYS, Step, round_whole

ANYONE = "applicant recommender officer expert approver supervisor objector auditor admin"
"""Every role that the register gives."""
_WHILE_IT_LASTS = (*round_between(RoundStage.CALL, RoundStage.APPROVAL), RoundStage.ISSUED)


class ReportLobbying(Command):
    """Report that somebody lobbied for an application, or was asked to; `named` are ids, whether registered or not."""

    kind: Literal["report-lobbying"] = "report-lobbying"
    ROW = round_row(_WHILE_IT_LASTS, ANYONE, assurance=Assurance.SESSION)
    report: Name
    named: Annotated[tuple[PersonId, ...], Field(max_length=20)] = ()
    text: TextRef
    evidence: Annotated[tuple[Ref, ...], Field(max_length=50)] = ()


class RuleOnLobbying(Command):
    """Rule on a report, as a supervisor who neither made it nor is named in it."""

    kind: Literal["rule-on-lobbying"] = "rule-on-lobbying"
    ROW = round_row((*_WHILE_IT_LASTS, RoundStage.CANCELLED), "supervisor")
    report: Name
    upheld: bool
    text: TextRef


COMMANDS: tuple[type[Command], ...] = (
    ReportLobbying,
    RuleOnLobbying,
)

WAYS: tuple[Step, ...] = (
    round_whole(ReportLobbying, STAYS),
    round_whole(RuleOnLobbying, STAYS),
)
"""Where each act leads."""
