"""What can be asked in submission and recommendation: of whom, in which stages, and where it leads."""

from typing import Annotated, Literal

from pydantic import Field

from selection.application.submission import Submission
from selection.decision.command import Command, Name, row
from selection.kernel.model import Counted
from selection.kernel.named import Day
from selection.kernel.proof import Assurance
from selection.kernel.references import TextRef
from selection.kernel.stages import Stage, after
from selection.process.transitions import STAYS, Step, step, whole


class Submit(Command):
    """Hand in a version, first or edited; until the submission deadline."""

    kind: Literal["submit"] = "submit"
    ROW = row("new submitted withdrawn recommended", "applicant", "submission", assurance=Assurance.SESSION)
    submission: Submission


class Withdraw(Command):
    """Take the application back."""

    kind: Literal["withdraw"] = "withdraw"
    ROW = row("submitted recommended", "applicant", "submission", assurance=Assurance.SESSION)
    reason: TextRef | None = None


class TakeRecommendation(Command):
    """The unit's list tells the application that it is recommended.

    What came on paper was `sent` on a day, and `entered` by officers.
    """

    kind: Literal["take-recommendation"] = "take-recommendation"
    ROW = row("submitted recommended", "system", "recommendation")
    unit: Name
    revision: Counted
    agent: Name
    sent: Annotated[Day | None, Field(exclude_if=lambda day: day is None)] = None
    entered: Annotated[tuple[Name, ...], Field(exclude_if=lambda people: not people)] = ()


class ReleaseRecommendation(Command):
    """The unit's list tells the application that the recommendation is withdrawn."""

    kind: Literal["release-recommendation"] = "release-recommendation"
    ROW = row("recommended checking mending eligible", "system")
    unit: Name


COMMANDS: tuple[type[Command], ...] = (
    Submit,
    Withdraw,
    TakeRecommendation,
    ReleaseRecommendation,
)

WAYS: tuple[Step, ...] = (
    whole(Submit, "submitted ended", "never-submitted"),
    whole(Withdraw, "withdrawn"),
    step("take-recommendation", "submitted", "recommended"),
    step("take-recommendation", "recommended", STAYS),
    step("release-recommendation", "recommended", "submitted"),
    step("release-recommendation", "checking mending eligible", "ended", "not-recommended"),
    step("deadline submission", "withdrawn", "ended", "withdrawn"),
    step("deadline recommendation", "recommended", after(Stage.RECOMMENDED)),
    step("deadline recommendation", "submitted", f"{after(Stage.RECOMMENDED)} ended", "not-recommended"),
)
"""Where each act and each deadline leads."""
