"""What can be asked where a panel cannot be filled: of whom, in which stages, and where it leads."""

from typing import Literal

from selection.decision.command import Command, row
from selection.kernel.model import Counted
from selection.kernel.references import TextRef
from selection.process.transitions import Step, step


class SettlePanel(Command):
    """Decide on a panel that cannot be filled: fewer scores, or the application's end. Officer and supervisor agree.

    `scores` is how many are to be enough from then on, 0 where the application ends. More time is an extension.
    """

    kind: Literal["settle-panel"] = "settle-panel"
    ROW = row("eligible review appraisal", "officer supervisor")
    way: Literal["fewer", "end"]
    scores: Counted = 0
    reason: TextRef


COMMANDS: tuple[type[Command], ...] = (SettlePanel,)

WAYS: tuple[Step, ...] = (
    step("settle-panel", "eligible", "= ended", "not-reviewed"),
    step("settle-panel", "review", "= scored ended", "not-reviewed"),
    step("settle-panel", "appraisal", "= ended", "not-reviewed"),
)
"""Where each act and each deadline leads."""
