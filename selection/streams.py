"""From a stream's name to the aggregate that decides and folds it."""

from typing import Any

from selection.aggregate import Aggregate
from selection.application.decide import APPLICATION
from selection.recommendation.decide import RECOMMENDATION_LIST
from selection.round.decide import ROUND

_AGGREGATES: dict[str, Aggregate[Any]] = {
    item.kind: item for item in (ROUND, RECOMMENDATION_LIST, APPLICATION)
}


KINDS = tuple(_AGGREGATES)
"""The kinds of streams that a workflow owns."""


def aggregate(stream: str) -> Aggregate[Any]:
    """Return the aggregate of `round/…`, `recommender/…` or `application/…`; KeyError for another."""
    return _AGGREGATES[stream.split("/", 1)[0]]


def application_stream(round_id: str, number: str) -> str:
    """Return the stream, and workflow id, of an application."""
    return f"application/{round_id}/{number}"


def recommender_stream(round_id: str, unit: str) -> str:
    """Return the stream, and workflow id, of a unit's recommendation list."""
    return f"recommender/{round_id}/{unit}"


def round_stream(round_id: str) -> str:
    """Return the stream, and workflow id, of a round."""
    return f"round/{round_id}"


def log_of(stream: str) -> str:
    """Return the log that holds a stream: the round's, or the installation's."""
    return stream.split("/")[1] if "/" in stream else "installation"
