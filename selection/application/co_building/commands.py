"""What a co-builder can be asked for: in which stages, and where it leads."""

from typing import Literal

from selection.application.submission import Code
from selection.decision.command import Command, row
from selection.kernel.model import Counted
from selection.process.transitions import STAYS, Step, whole


class ConfirmCoBuilding(Command):
    """Confirm for a co-builder its part in a version, by somebody whom it employs; until the version's deadline.

    That is the submission's, or the mending's once the application was sent back.
    """

    kind: Literal["confirm-co-building"] = "confirm-co-building"
    ROW = row("submitted recommended checking mending", "applicant", "confirm")
    co_builder: Code
    revision: Counted


COMMANDS: tuple[type[Command], ...] = (ConfirmCoBuilding,)

WAYS: tuple[Step, ...] = (whole(ConfirmCoBuilding, STAYS),)
"""Where the act leads: it is one of several that an application waits for, and moves nothing by itself."""
