"""What can happen to a unit's recommendation list."""

from selection.decision.aggregate import Event
from selection.kernel.leaf import Instant
from selection.kernel.model import Ref


class ApplicationRecommended(Event):
    """The unit put an application's version on its list, at the end of its ranking."""

    TYPE = "list.recommended.v1"
    round: str
    rules_hash: str
    unit: str
    quota: int
    application: str
    revision: int
    agent: str


class RecommendationWithdrawn(Event):
    """The unit took an application off its list."""

    TYPE = "list.withdrawn.v1"
    application: str
    reason: Ref | None = None


class RecommendationFreed(Event):
    """The application did not keep the recommendation (why: a refusal's code, edited, withdrawn)."""

    TYPE = "list.freed.v1"
    application: str
    why: str


class RecommendationsRanked(Event):
    """The unit ranked its list."""

    TYPE = "list.ranked.v1"
    order: tuple[str, ...]


class ListNeverOpened(Event):
    """There is no round of this name: whatever was sent to the list was refused, and it ends with it."""

    TYPE = "list.never-opened.v1"


class ListClosed(Event):
    """The recommendation deadline passed."""

    TYPE = "list.closed.v1"
    deadline: Instant
