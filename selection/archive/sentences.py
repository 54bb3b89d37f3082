"""What is said of a round's archive."""

from selection.process.room import Pairs

TIMELINE: dict[str, Pairs] = {
    "histories.archived.v1": (("Temporal's histories were kept.", "Temporal 历史已归档。"),),
}
"""What happened, from the most that can be said to the least: the first is taken whose names the viewer may see."""
