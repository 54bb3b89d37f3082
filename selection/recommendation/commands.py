"""What can be asked of a unit's recommendation list, of whom and when, and where it leads."""

from typing import Annotated, Literal

from pydantic import Field

from selection.decision.command import Command, Name, list_row
from selection.forms.handed_in import AnsweredForm
from selection.kernel.model import Counted, Ref
from selection.kernel.named import Day
from selection.kernel.proof import Assurance
from selection.kernel.references import TextRef
from selection.process.transitions import STAYS, Step, list_step


class Recommend(Command):
    """Recommend the version of an application that the unit has looked at."""

    kind: Literal["recommend"] = "recommend"
    ROW = list_row("recommender", "recommendation")
    application: Name
    revision: Counted
    form: AnsweredForm | None = None


class RecommendOnPaper(Command):
    """Enter what a unit recommended on paper: who signed it, the day on which it was sent, and the scans that show it.

    It counts by that day, and may be entered as long after the deadline as the rules wait for paper.
    """

    kind: Literal["recommend-on-paper"] = "recommend-on-paper"
    ROW = list_row("officer", assurance=Assurance.SIGNED_BY_TWO)
    application: Name
    revision: Counted
    agent: Name
    sent: Day
    evidence: Annotated[tuple[Ref, ...], Field(min_length=1, max_length=50)]
    form: AnsweredForm | None = None


class WithdrawRecommendation(Command):
    """Take an application off the list."""

    kind: Literal["withdraw-recommendation"] = "withdraw-recommendation"
    ROW = list_row("recommender", "recommendation")
    application: Name
    reason: TextRef | None = None


class RankRecommendations(Command):
    """Put the list in order, best first."""

    kind: Literal["rank-recommendations"] = "rank-recommendations"
    ROW = list_row("recommender", "recommendation")
    order: Annotated[tuple[Name, ...], Field(max_length=1000)]


class FreeRecommendation(Command):
    """The application does not keep the recommendation: `refused` tells that it never took it."""

    kind: Literal["free-recommendation"] = "free-recommendation"
    ROW = list_row("system")
    application: Name
    revision: Counted
    why: Name
    refused: bool = False
    params: dict[str, str] = {}


COMMANDS: tuple[type[Command], ...] = (
    Recommend,
    RecommendOnPaper,
    WithdrawRecommendation,
    RankRecommendations,
    FreeRecommendation,
)

WAYS: tuple[Step, ...] = (
    list_step("recommend", "open", "= closed"),
    list_step("recommend-on-paper", "open", "= closed"),
    list_step("withdraw-recommendation", "open", STAYS),
    list_step("rank-recommendations", "open", STAYS),
    list_step("free-recommendation", "open", STAYS),
    list_step("deadline recommendation", "open", "closed"),
)
"""Where each act and the deadline lead."""
