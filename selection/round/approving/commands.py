"""The acts by which a proposal is checked for integrity, agreed to at its levels, or sent back."""

from typing import Annotated, Literal

from pydantic import Field

from selection.decision.command import Command, Name, round_row
from selection.kernel.model import Counted
from selection.kernel.proof import Assurance
from selection.kernel.references import TextRef
from selection.process.transitions import STAYS, Step, round_whole


class RecordIntegrityCheck(Command):
    """Record the integrity check of the proposal and its hits."""

    kind: Literal["record-integrity-check"] = "record-integrity-check"
    ROW = round_row("approval", "supervisor")
    proposal: Counted
    hits: dict[str, TextRef] = {}
    text: TextRef


class ClearIntegrityHit(Command):
    """Rule that a hit does not stand against the item."""

    kind: Literal["clear-integrity-hit"] = "clear-integrity-hit"
    ROW = round_row("proposal notice approval issued", "supervisor")
    application: Name
    text: TextRef


class UpholdIntegrityHit(Command):
    """Rule that a hit stands: the item is not on the list."""

    kind: Literal["uphold-integrity-hit"] = "uphold-integrity-hit"
    ROW = round_row("proposal notice approval issued", "supervisor", assurance=Assurance.SIGNED_BY_TWO)
    application: Name
    text: TextRef


class LiftIntegrityStop(Command):
    """Lift the stop of a hit that was upheld: the item can be proposed again."""

    kind: Literal["lift-integrity-stop"] = "lift-integrity-stop"
    ROW = round_row("proposal notice approval", "supervisor", assurance=Assurance.SIGNED_BY_TWO)
    application: Name
    text: TextRef


class Approve(Command):
    """Agree to the proposal at a level."""

    kind: Literal["approve"] = "approve"
    ROW = round_row("approval", "approver")
    proposal: Counted
    level: Name
    reason: TextRef | None = None


class SendBackProposal(Command):
    """Send items back to the proposal stage; none where the proposal has none."""

    kind: Literal["send-back-proposal"] = "send-back-proposal"
    ROW = round_row("approval", "approver")
    proposal: Counted
    level: Name
    items: Annotated[tuple[Name, ...], Field(max_length=1000)]
    reason: TextRef


COMMANDS: tuple[type[Command], ...] = (
    RecordIntegrityCheck,
    ClearIntegrityHit,
    UpholdIntegrityHit,
    LiftIntegrityStop,
    Approve,
    SendBackProposal,
)

WAYS: tuple[Step, ...] = (
    round_whole(RecordIntegrityCheck, STAYS),
    round_whole(ClearIntegrityHit, STAYS),
    round_whole(UpholdIntegrityHit, STAYS),
    round_whole(LiftIntegrityStop, STAYS),
    round_whole(Approve, STAYS),
    round_whole(SendBackProposal, "proposal"),
)
"""Where each act leads."""
