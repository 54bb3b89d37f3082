"""What can be asked of a round in which a place of the proposal fell empty: to fill it from the reserve."""

from typing import Annotated, Literal

from pydantic import Field

from selection.decision.command import Command, Name, round_row
from selection.kernel.model import Counted
from selection.kernel.proof import Assurance
from selection.kernel.references import TextRef
from selection.process.transitions import Step, round_whole


class FillPlaces(Command):
    """Fill places that fell empty with applications in reserve, where the rules say so: a reason for each."""

    kind: Literal["fill-places"] = "fill-places"
    ROW = round_row("approval", "officer", assurance=Assurance.SIGNED_BY_TWO)
    proposal: Counted
    add: Annotated[dict[Name, TextRef], Field(max_length=1000)]
    deviations: dict[Name, TextRef] = {}


COMMANDS: tuple[type[Command], ...] = (FillPlaces,)

WAYS: tuple[Step, ...] = (round_whole(FillPlaces, "proposal"),)
"""Where each act leads."""
