"""What can be asked to reverse a decision on integrity, or not to: of whom, and when."""

from typing import Annotated, Literal

from pydantic import Field

from selection.decision.command import Command, round_row
from selection.kernel.references import TextRef
from selection.process.transitions import STAYS, Step, round_whole


class ReverseIntegrityDecision(Command):
    """Enter that the integrity check, or the ruling that cleared an application's hit, is to be reversed, and why.

    It takes effect once every post named in the rules has entered it. Without an application the check itself is meant.
    """

    kind: Literal["reverse-integrity-decision"] = "reverse-integrity-decision"
    ROW = round_row("proposal notice approval", "officer supervisor")
    application: Annotated[str, Field(max_length=100)] = ""
    text: TextRef


class DeclineIntegrityReversal(Command):
    """Decline, with a reason, what another post entered of a decision on integrity: it waits for nobody any more.

    Without an application the check itself is meant.
    """

    kind: Literal["decline-integrity-reversal"] = "decline-integrity-reversal"
    ROW = round_row("proposal notice approval", "officer supervisor")
    application: Annotated[str, Field(max_length=100)] = ""
    text: TextRef


COMMANDS: tuple[type[Command], ...] = (
    ReverseIntegrityDecision,
    DeclineIntegrityReversal,
)

WAYS: tuple[Step, ...] = (
    round_whole(ReverseIntegrityDecision, STAYS),
    round_whole(DeclineIntegrityReversal, STAYS),
)
"""Where each act leads."""
