"""What can be asked of a draw of panels, of whom and when."""

from typing import Annotated, Literal

from pydantic import Field

from selection.decision.command import Command, Name, round_row
from selection.kernel.model import Ref
from selection.kernel.named import Code
from selection.kernel.proof import Assurance
from selection.kernel.references import TextRef
from selection.kernel.stages import RoundStage, round_between
from selection.process.transitions import STAYS, Step, round_whole

Published = Annotated[str, Field(min_length=1, max_length=200)]
"""Public numbers as somebody types them; the record has their one spelling."""

_DRAWS = (*round_between(RoundStage.DRAWING, RoundStage.ISSUED), RoundStage.CANCELLED)
"""Where panels are drawn: those of the review until the shortlist, and fresh ones for requests for review."""


class CommitDraw(Command):
    """Fix a draw's inputs, the hash of its secret, and which public numbers open it, before anybody knows these.

    The secret is deposited with the act: nobody reads it there, and any officer or supervisor but who committed the
    draw opens it. A supplement is a draw like any other. One waits at a time. After one that was voided, the other of
    the two posts commits the next.
    """

    kind: Literal["commit-draw"] = "commit-draw"
    ROW = round_row(_DRAWS, "officer supervisor")
    draw: Annotated[str, Field(pattern=r"^[A-Za-z0-9-]{1,40}$")]
    commitment: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    deposit: TextRef
    source: Code
    issue: Annotated[str, Field(pattern=r"^[0-9T:-]{1,40}$")]


class EnterDrawNumbers(Command):
    """Enter the public numbers of the draw that waits, as the first of two people; whoever opens it is the other."""

    kind: Literal["enter-draw-numbers"] = "enter-draw-numbers"
    ROW = round_row(_DRAWS, "officer supervisor")
    draw: Name
    published: Published


class OpenDraw(Command):
    """Open a committed draw with what was published, as another than who committed it; its secret was deposited."""

    kind: Literal["open-draw"] = "open-draw"
    ROW = round_row(_DRAWS, "officer supervisor")
    draw: Name
    published: Published


class VoidDraw(Command):
    """Void a committed draw that is not opened, such as one whose numbers were never drawn or whose time is over.

    It stays in the record with the reason; the next draw needs later numbers, and others who make it.
    """

    kind: Literal["void-draw"] = "void-draw"
    ROW = round_row(_DRAWS, "supervisor", assurance=Assurance.SIGNED_BY_TWO)
    draw: Name
    reason: TextRef


class ReportDraw(Command):
    """The engine reports what a draw gave."""

    kind: Literal["report-draw"] = "report-draw"
    ROW = round_row(_DRAWS, "system")
    draw: Name
    result: Ref | None = None
    total_cost: int = 0
    clashing: tuple[str, ...] = ()


DRAW_ACTS: tuple[type[Command], ...] = (CommitDraw, EnterDrawNumbers, OpenDraw, VoidDraw)
"""The acts of people on a draw, which a fresh panel may ask for after the round's end."""

COMMANDS: tuple[type[Command], ...] = (*DRAW_ACTS, ReportDraw)

WAYS: tuple[Step, ...] = (
    round_whole(CommitDraw, STAYS),
    round_whole(EnterDrawNumbers, STAYS),
    round_whole(OpenDraw, STAYS),
    round_whole(VoidDraw, STAYS),
    round_whole(ReportDraw, STAYS),
)
"""Where each act leads."""
