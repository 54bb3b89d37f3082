"""What can be asked in the legality check: of whom, in which stages, and where it leads."""

from typing import Annotated, Literal

from pydantic import Field

from selection.application.submission import Submission
from selection.decision.command import Command, Name, row
from selection.kernel.model import Counted
from selection.kernel.proof import Assurance
from selection.kernel.references import TextRef
from selection.kernel.stages import Stage, after, between
from selection.process.transitions import Step, step, whole


class SendBack(Command):
    """Send back faults that can be mended."""

    kind: Literal["send-back"] = "send-back"
    ROW = row("checking", "officer")
    faults: Annotated[tuple[Name, ...], Field(min_length=1, max_length=20)]
    text: TextRef


class Mend(Command):
    """Hand in the mended version."""

    kind: Literal["mend"] = "mend"
    ROW = row("mending", "applicant", "mend", assurance=Assurance.SESSION)
    submission: Submission


Seen = Annotated[tuple[Name, ...], Field(max_length=1000, exclude_if=lambda seen: not seen)]


class PassCheck(Command):
    """Find the application lawful; `rulings` name warnings that a person ruled on.

    `directions` are the held ones and `twins` the applications that were seen beside it, as what it comes near to.
    """

    kind: Literal["pass-check"] = "pass-check"
    ROW = row("checking", "officer")
    revision: Counted
    rulings: Annotated[tuple[Name, ...], Field(max_length=20)] = ()
    text: TextRef | None = None
    directions: Seen = ()
    twins: Seen = ()


class FailCheck(Command):
    """Rule the application out; `directions` and `twins` as for a check that is passed."""

    kind: Literal["fail-check"] = "fail-check"
    ROW = row("checking", "officer", assurance=Assurance.SIGNED_BY_TWO)
    revision: Counted
    grounds: Annotated[tuple[Name, ...], Field(min_length=1, max_length=20)]
    text: TextRef
    directions: Seen = ()
    twins: Seen = ()


COMMANDS: tuple[type[Command], ...] = (
    SendBack,
    Mend,
    PassCheck,
    FailCheck,
)

RESUMED = " ".join(between(Stage.REVIEW, Stage.APPRAISED))
"""Where a check leads that is made again: to where the application stood, but in no proposal."""

WAYS: tuple[Step, ...] = (
    whole(SendBack, "mending"),
    whole(Mend, "checking"),
    step("deadline mend", "mending", "checking"),
    whole(PassCheck, f"{after(Stage.CHECKING)} {RESUMED}"),
    whole(FailCheck, "ended", "ineligible"),
)
"""Where each act and each deadline leads."""
