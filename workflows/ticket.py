"""A message in the inbox and its answer."""

from dataclasses import dataclass

from selection.decision.reference import Decision
from selection.kernel.leaf import Receipt


@dataclass
class Ticket:
    """One message as bytes, or a decision to carry out, or a cancel request.

    `refuse_as` is a code if it is refused whatever it holds; `waits` tells that somebody waits for the answer;
    `cancels` is the run that was asked to end.
    `seen` is how much of the history the workflow had seen when it came. `receipt` is that of the act, or of its
    recorded refusal.
    """

    body: bytes = b""
    refuse_as: str = ""
    carry: Decision | None = None
    cancels: str = ""
    waits: bool = False
    seen: int = 0
    answered: bool = False
    receipt: Receipt | None = None
    code: str = ""
    params: dict[str, str] | None = None
