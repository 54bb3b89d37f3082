"""What a list tells applications: one message for each recommendation and each withdrawal, under a fixed id."""

from collections.abc import Iterable

from selection.aggregate import event_of
from selection.leaf import Leaf
from selection.recommendation import events as e


def telling_id(stream: str, version: int) -> str:
    """Return the command id under which a list tells what it recorded as this version, however often it does."""
    return f"{stream}/{version}"


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
