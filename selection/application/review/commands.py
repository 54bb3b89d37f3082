"""What can be asked in the paper review: of whom, in which stages, and where it leads."""

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from selection.decision.command import Command, Name, row
from selection.forms.handed_in import AnsweredForm
from selection.kernel.leaf import Instant
from selection.kernel.model import Counted, Ref
from selection.kernel.proof import Assurance
from selection.kernel.references import TextRef
from selection.kernel.stages import Stage, after, before, between
from selection.process.transitions import STAYS, Step, step, whole


class SeatPanel(Command):
    """Take the experts of a draw, in its order."""

    kind: Literal["seat-panel"] = "seat-panel"
    ROW = row("eligible review ended", "system")
    draw: Name
    experts: Annotated[tuple[Name, ...], Field(max_length=100)]
    alternates: Annotated[tuple[Name, ...], Field(max_length=100)]
    employers: dict[str, str]
    lot: Name
    deadlines: dict[str, Instant] = {}


class AcceptInvitation(Command):
    """Accept the seat with a signed pledge; declares that no conflict exists."""

    kind: Literal["accept-invitation"] = "accept-invitation"
    ROW = row("review ended", "expert", "respond", assurance=Assurance.SESSION)
    pledge: Ref
    no_conflict: Literal[True] = True


class DeclineInvitation(Command):
    """Decline the seat."""

    kind: Literal["decline-invitation"] = "decline-invitation"
    ROW = row("review ended", "expert", "respond", assurance=Assurance.SESSION)
    reason: TextRef | None = None


class DeclareConflict(Command):
    """Declare a conflict of one's own; the seat falls free and a submitted review no longer counts."""

    kind: Literal["declare-conflict"] = "declare-conflict"
    ROW = row("review ended", "expert", assurance=Assurance.SESSION)
    text: TextRef


class SubmitReview(Command):
    """Submit scores per criterion and the answers to the review form."""

    kind: Literal["submit-review"] = "submit-review"
    ROW = row("review ended", "expert", "review")
    scores: dict[str, Decimal]
    form: AnsweredForm


class CorrectReview(SubmitReview):
    """Correct one's own review before the panel's score is fixed; the former entry stays.

    `number` counts the corrections of the review from 1, so that an older one that comes late replaces nothing.
    """

    kind: Literal["correct-review"] = "correct-review"  # type: ignore[assignment]  # another act on the same content
    ROW = row("review ended", "expert", "review")
    number: Counted
    reason: TextRef


class ReportConflict(Command):
    """Report a reviewer's conflict of interest."""

    kind: Literal["report-conflict"] = "report-conflict"
    ROW = row(
        (*between(Stage.REVIEW, Stage.CLEARED), Stage.ENDED), "officer supervisor chair expert applicant"
    )
    report: Name
    expert: Name
    text: TextRef


class RuleOnConflict(Command):
    """Uphold or dismiss a report, or what data shows of somebody."""

    kind: Literal["rule-on-conflict"] = "rule-on-conflict"
    ROW = row((*between(Stage.CHECKING, Stage.CLEARED), Stage.ENDED), "supervisor")
    report: Name
    upheld: bool
    text: TextRef


class AppointChair(Command):
    """Appoint a panel member as chair, for a reason; two officers sign, or one if the sealed rules ask for no more."""

    kind: Literal["appoint-chair"] = "appoint-chair"
    ROW = row(between(Stage.REVIEW, Stage.APPRAISAL), "officer", assurance=Assurance.SIGNED_BY_TWO)
    chair: Name
    reason: Annotated[TextRef | None, Field(exclude_if=lambda text: text is None)] = None


class ReplaceChair(Command):
    """Put another member in the chair's place, or nobody for now, for a reason; two supervisors sign."""

    kind: Literal["replace-chair"] = "replace-chair"
    ROW = row(between(Stage.REVIEW, Stage.APPRAISAL), "supervisor", assurance=Assurance.SIGNED_BY_TWO)
    chair: Annotated[str, Field(max_length=100)] = ""
    reason: TextRef


COMMANDS: tuple[type[Command], ...] = (
    SeatPanel,
    AcceptInvitation,
    DeclineInvitation,
    DeclareConflict,
    SubmitReview,
    CorrectReview,
    ReportConflict,
    RuleOnConflict,
    AppointChair,
    ReplaceChair,
)

WAYS: tuple[Step, ...] = (
    step("seat-panel", "eligible", "review"),
    step("seat-panel", "review ended", STAYS),
    whole(AcceptInvitation, STAYS),
    step("decline-invitation", "review", "= scored"),
    step("declare-conflict", "review", "= scored"),
    step("submit-review", "review", "= scored"),
    step("decline-invitation", "ended", STAYS),
    step("declare-conflict", "ended", STAYS),
    step("submit-review", "ended", STAYS),
    whole(CorrectReview, STAYS),
    step("deadline respond", "review", "= scored"),
    step("deadline review", "review", "= scored"),
    step("deadline respond", "ended", STAYS),
    step("deadline review", "ended", STAYS),
    whole(ReportConflict, STAYS),
    step("rule-on-conflict", before(Stage.REVIEW), STAYS),
    step("rule-on-conflict", "review", "= scored"),
    step("rule-on-conflict", "scored", "= review"),
    step("rule-on-conflict", (*between(after(Stage.SCORED), Stage.CLEARED), Stage.ENDED), STAYS),
    whole(AppointChair, STAYS),
    whole(ReplaceChair, STAYS),
)
"""Where each act and each deadline leads."""
