"""The ladder of a round: who is told, and when, that something is due or overdue."""

from typing import Annotated

from pydantic import Field

from selection.kernel.model import Frozen
from selection.kernel.named import Code
from selection.kernel.numbers import Whole

LadderDays = Annotated[Whole, Field(ge=1, le=3660)]
"""Days after the due day."""

UNDATED = (
    "open-call",
    "rule-on-amendment",
    "rule-on-conflict",
    "rule-on-fraud",
    "settle-panel",
    "reverse-decision",
    "supplement-panel",
    "replace-chair",
    "appoint-examiners",
    "draw",
    "shortlist",
    "propose",
    "open-notice",
    "check-integrity",
    "rule-on-integrity-hit",
    "reverse-integrity-decision",
    "approve",
    "issue",
    "left-over",
    "appoint-deciders",
    "record-remedy",
    "rule-on-lobbying",
)
"""The kinds of tasks that no date of the calendar and no window ends: they are due so many days after they began."""


class Ladder(Frozen):
    """Who is told of what is not finished, beside the reminders before a due day and that on the day itself.

    `after`: days after the due day on which whoever it waits for is told again [D]. `officer` and `supervisor`: days
    after it when these are told [D]. `days`: what has no date of its own is due so many days after it began [D], but
    for the kinds of tasks that `kinds` gives others.
    """

    after: Annotated[tuple[LadderDays, ...], Field(max_length=10)] = (1,)
    officer: LadderDays = 3
    supervisor: LadderDays = 7
    days: LadderDays = 10
    kinds: Annotated[dict[Code, LadderDays], Field(max_length=len(UNDATED))] = Field(default_factory=dict)

    def days_of(self, kind: str) -> int:
        """Return after how many days a task of the kind is due."""
        return self.kinds.get(kind, self.days)
