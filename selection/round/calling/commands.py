"""What can be asked of a round that was sealed before its call opens: to open it."""

from typing import Literal

from selection.decision.command import Command, round_row
from selection.process.transitions import STAYS, Step, round_whole


class OpenCall(Command):
    """Open the call of a round that was sealed before the call's day, on that day or later."""

    kind: Literal["open-call"] = "open-call"
    ROW = round_row("call", "officer admin")


COMMANDS: tuple[type[Command], ...] = (OpenCall,)

WAYS: tuple[Step, ...] = (round_whole(OpenCall, STAYS),)
"""Where each act leads."""
