"""What can be asked about the rules of a running round: an officer enters a change, an approver rules on it."""

from typing import Annotated, Literal

from pydantic import Field

from selection.decision.command import Command, Name, round_row
from selection.kernel.model import Counted
from selection.kernel.references import TextRef
from selection.kernel.stages import RoundStage, round_between
from selection.process.transitions import STAYS, Step, round_whole

_WHILE_IT_LASTS = round_between(RoundStage.CALL, RoundStage.APPROVAL)

Value = Annotated[str, Field(min_length=1, max_length=40)]
"""A value in its one spelling: a number, or `none` where it is left open."""


class AmendRules(Command):
    """Enter a change of one field of the sealed rules, by its dotted path, from what it is to what it shall be.

    It counts once an approver agreed to it; one that was entered before and waits is replaced.
    """

    kind: Literal["amend-rules"] = "amend-rules"
    ROW = round_row(_WHILE_IT_LASTS, "officer")
    path: Name
    before: Value
    after: Value
    reason: TextRef


class RuleOnAmendment(Command):
    """Agree to the change of the rules that was entered, or decline it, with a reason."""

    kind: Literal["rule-on-amendment"] = "rule-on-amendment"
    ROW = round_row(_WHILE_IT_LASTS, "approver")
    number: Counted
    ruling: Literal["agreed", "declined"]
    reason: TextRef


COMMANDS: tuple[type[Command], ...] = (
    AmendRules,
    RuleOnAmendment,
)

WAYS: tuple[Step, ...] = (
    round_whole(AmendRules, STAYS),
    round_whole(RuleOnAmendment, STAYS),
)
"""Where each act leads."""
