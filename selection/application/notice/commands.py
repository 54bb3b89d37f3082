"""What can be asked in the public notice: of whom, in which stages, and where it leads."""

from typing import Annotated, Literal

from pydantic import Field

from selection.decision.command import Command, Name, row
from selection.forms.handed_in import AnsweredForm
from selection.kernel.leaf import Instant
from selection.kernel.model import Counted, Ref
from selection.kernel.proof import Assurance
from selection.kernel.references import TextRef
from selection.process.transitions import LEFT_OUT, STAYS, Step, step, whole


class OpenNotice(Command):
    """Open the public notice for the item; it ends when the round's does."""

    kind: Literal["open-notice"] = "open-notice"
    ROW = row("proposed", "system")
    proposal: Counted
    until: Annotated[Instant | None, Field(exclude_if=lambda until: until is None)] = None


class RaiseObjection(Command):
    """Raise a real-name objection."""

    kind: Literal["raise-objection"] = "raise-objection"
    ROW = row("notice", "objector", "notice", assurance=Assurance.SESSION)
    objection: Name
    text: TextRef
    evidence: Annotated[tuple[Ref, ...], Field(max_length=50)] = ()
    form: AnsweredForm | None = None


class WithdrawObjection(Command):
    """Withdraw one's own objection, while it is open."""

    kind: Literal["withdraw-objection"] = "withdraw-objection"
    ROW = row("notice held", "objector", assurance=Assurance.SESSION)
    objection: Name
    reason: TextRef


class AppointExaminers(Command):
    """Appoint who examines the objection; in the place of those who were appointed before, for a reason."""

    kind: Literal["appoint-examiners"] = "appoint-examiners"
    ROW = row("notice held", "officer")
    objection: Name
    examiners: Annotated[tuple[Name, ...], Field(min_length=1, max_length=10)]
    reason: Annotated[TextRef | None, Field(exclude_if=lambda reason: reason is None)] = None


class SettleObjection(Command):
    """Settle an objection with reasons where the item stays: it is dismissed, or upheld in part."""

    kind: Literal["settle-objection"] = "settle-objection"
    ROW = row("notice held", "examiner", assurance=Assurance.SIGNED_BY_TWO)
    objection: Name
    outcome: Literal["partly-upheld", "dismissed"]
    text: TextRef


class UpholdObjection(Command):
    """Uphold an objection with reasons: the item is removed from the list."""

    kind: Literal["uphold-objection"] = "uphold-objection"
    ROW = row("notice held", "examiner", assurance=Assurance.SIGNED_BY_TWO)
    objection: Name
    text: TextRef


class ReopenObjection(Command):
    """Reverse the ruling that dismissed an objection, or upheld it in part: others examine it anew."""

    kind: Literal["reopen-objection"] = "reopen-objection"
    ROW = row("notice held", "supervisor")
    objection: Name
    text: TextRef


COMMANDS: tuple[type[Command], ...] = (
    OpenNotice,
    RaiseObjection,
    WithdrawObjection,
    AppointExaminers,
    SettleObjection,
    UpholdObjection,
    ReopenObjection,
)

WAYS: tuple[Step, ...] = (
    whole(OpenNotice, "notice"),
    whole(RaiseObjection, STAYS),
    whole(AppointExaminers, STAYS),
    step("withdraw-objection", "notice", STAYS),
    step("withdraw-objection", "held", "= cleared"),
    step("settle-objection", "notice", STAYS),
    step("settle-objection", "held", "= cleared"),
    whole(UpholdObjection, "ended", "removed"),
    whole(ReopenObjection, STAYS),
    step("deadline notice", "notice", "cleared held"),
    step(LEFT_OUT, "proposed", "cleared"),
)
"""Where each act and each deadline leads."""
