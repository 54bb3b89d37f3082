"""What can be asked about who acts for the applicant: of whom, in which stages, and where it leads."""

from typing import Literal

from selection.decision.command import Command, Name, row
from selection.kernel.proof import Assurance
from selection.kernel.references import TextRef
from selection.kernel.stages import Stage, between
from selection.process.transitions import STAYS, Step, whole


class ReplaceAgent(Command):
    """Have somebody else of the host unit act for the applicant, such as where the agent left it; two sign."""

    kind: Literal["replace-agent"] = "replace-agent"
    # After the end a review of the procedure may be requested.
    ROW = row(
        (*between(Stage.SUBMITTED, Stage.CLEARED), Stage.ENDED), "officer", assurance=Assurance.SIGNED_BY_TWO
    )
    agent: Name
    reason: TextRef


COMMANDS: tuple[type[Command], ...] = (ReplaceAgent,)

WAYS: tuple[Step, ...] = (whole(ReplaceAgent, STAYS),)
"""Where each act leads."""
