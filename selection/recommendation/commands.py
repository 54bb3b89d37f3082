"""What can be asked of a unit's recommendation list, in the imperative."""

from typing import Annotated, Literal

from pydantic import Field

from selection.kernel.model import Counted, Frozen, Ref

Name = Annotated[str, Field(min_length=1, max_length=100)]


class Recommend(Frozen):
    """Recommend the version of an application that the unit has looked at."""

    kind: Literal["recommend"] = "recommend"
    application: Name
    revision: Counted


class WithdrawRecommendation(Frozen):
    """Take an application off the list."""

    kind: Literal["withdraw-recommendation"] = "withdraw-recommendation"
    application: Name
    reason: Ref | None = None


class RankRecommendations(Frozen):
    """Put the list in order, best first."""

    kind: Literal["rank-recommendations"] = "rank-recommendations"
    order: Annotated[tuple[Name, ...], Field(max_length=1000)]


class FreeRecommendation(Frozen):
    """The application does not keep the recommendation: `refused` tells that it never took it."""

    kind: Literal["free-recommendation"] = "free-recommendation"
    application: Name
    revision: Counted
    why: Name
    refused: bool = False
    params: dict[str, str] = {}


ListCommand = Annotated[
    Recommend | WithdrawRecommendation | RankRecommendations | FreeRecommendation,
    Field(discriminator="kind"),
]
