"""What ends an application: by whom, in which stages, and how."""

from typing import Literal

from selection.decision.command import Command, row
from selection.kernel.model import Counted, Ref
from selection.kernel.stages import Stage, between
from selection.process.transitions import Step, step, whole


class Issue(Command):
    """Carry out the issued list; place 0 means not on it."""

    kind: Literal["issue"] = "issue"
    ROW = row("held cleared reserve", "system")
    proposal: Counted
    place: Counted


class CancelWithRound(Command):
    """Carry out the round's cancellation."""

    kind: Literal["cancel-with-round"] = "cancel-with-round"
    ROW = row(between(Stage.NEW, Stage.CLEARED), "system")
    reason: Ref | None = None


COMMANDS: tuple[type[Command], ...] = (
    Issue,
    CancelWithRound,
)

WAYS: tuple[Step, ...] = (
    step("issue", "cleared", "ended", "listed not-selected"),
    step("issue", "held reserve", "ended", "not-selected"),
    whole(CancelWithRound, "ended", "cancelled"),
)
"""Where each act and each deadline leads."""
