"""What can be asked of a conflict that data shows, or an application: of whom, in which stages, and where it leads."""

from typing import Literal

from selection.decision.command import Command, Name, row
from selection.kernel.references import TextRef
from selection.kernel.stages import Stage, between
from selection.process.transitions import STAYS, Step, step, whole

FROM_THE_CHECK = between(Stage.CHECKING, Stage.CLEARED)
"""The stages in which people judge an application."""
LOOKED_AT = (*FROM_THE_CHECK, Stage.ENDED)
"""Those and the end, after which a fresh panel may review, or a request for review wait."""


class FindConflicts(Command):
    """Look, after the register changed, at what binds those who judge the application, and who of them may act."""

    kind: Literal["find-conflicts"] = "find-conflicts"
    ROW = row(LOOKED_AT, "system")


class ReferConflict(Command):
    """Refer to a supervisor what data shows of a person, such as an act was refused for.

    `text` says why they should judge all the same, where it is the organiser's own house that binds them.
    """

    kind: Literal["refer-conflict"] = "refer-conflict"
    ROW = row(FROM_THE_CHECK, "officer supervisor")
    report: Name
    expert: Name
    text: TextRef | None = None


class DeclareProject(Command):
    """Name, for an application, somebody with whom its units or its team shared a project: a supervisor rules on it."""

    kind: Literal["declare-project"] = "declare-project"
    ROW = row("checking mending eligible", "applicant")
    report: Name
    expert: Name
    text: TextRef


COMMANDS: tuple[type[Command], ...] = (FindConflicts, ReferConflict, DeclareProject)

WAYS: tuple[Step, ...] = (
    step("find-conflicts", "review", "= scored"),
    step("find-conflicts", tuple(stage for stage in LOOKED_AT if stage is not Stage.REVIEW), STAYS),
    whole(ReferConflict, STAYS),
    whole(DeclareProject, STAYS),
)
"""Where each act and each deadline leads."""
