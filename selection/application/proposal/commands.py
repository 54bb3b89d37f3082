"""What can be asked in an application's place in the proposal: of whom, in which stages, and where it leads."""

from typing import Literal

from selection.decision.command import Command, row
from selection.kernel.model import Counted, Ref
from selection.process.transitions import Step, whole


class PlaceInProposal(Command):
    """Carry out the officer's proposal; rank 0 means in reserve."""

    kind: Literal["place-in-proposal"] = "place-in-proposal"
    ROW = row("appraised proposed cleared reserve", "system")
    proposal: Counted
    rank: Counted
    again: bool = False
    reason: Ref | None = None


COMMANDS: tuple[type[Command], ...] = (PlaceInProposal,)

WAYS: tuple[Step, ...] = (whole(PlaceInProposal, "proposed reserve"),)
"""Where each act and each deadline leads."""
