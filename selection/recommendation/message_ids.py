"""What a list tells applications: each recommendation and each withdrawal, by its entry."""

from collections.abc import Iterable

from selection.decision.aggregate import event_of
from selection.kernel.leaf import Leaf
from selection.recommendation import events as e


def is_to_carry(leaf: Leaf) -> bool:
    """Tell whether an application is to carry this entry out."""
    return isinstance(event_of(leaf), e.ApplicationRecommended | e.RecommendationWithdrawn)


def last_acts(leaves: Iterable[Leaf]) -> dict[str, int]:
    """Return application -> the version of what its list last recorded of it, in that order.

    One whose place was freed is left out: the application knows, or never took it.
    """
    last: dict[str, int] = {}
    for leaf in leaves:
        event = event_of(leaf)
        if isinstance(event, e.ApplicationRecommended | e.RecommendationWithdrawn | e.RecommendationFreed):
            last.pop(event.application, None)
            if not isinstance(event, e.RecommendationFreed):
                last[event.application] = leaf.version
    return last
