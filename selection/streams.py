"""From a stream's name to the aggregate that decides and folds it."""

from typing import Any

from selection.application.decide import APPLICATION
from selection.archive.decide import ARCHIVE
from selection.decision.aggregate import ActRefused, Aggregate, Event
from selection.recommendation.decide import RECOMMENDATION_LIST
from selection.rooms import ROOMS
from selection.round.decide import ROUND

_DECIDING: tuple[Aggregate[Any], ...] = (ROUND, RECOMMENDATION_LIST, APPLICATION)
_AGGREGATES: dict[str, Aggregate[Any]] = {item.kind: item for item in (*_DECIDING, ARCHIVE)}

KINDS = tuple(item.kind for item in _DECIDING)
"""The kinds of streams that a workflow owns for as long as it runs, and whose history is kept."""


WORKFLOW_OF = {
    "round": "Round",
    "recommender": "Recommender",
    "application": "Application",
    "archive": "Archive",
}
"""Kind of stream -> the type of the workflow that owns it; its id is the stream's name."""


def aggregate(stream: str) -> Aggregate[Any]:
    """Return the aggregate of `round/…`, `recommender/…`, `application/…` or `archive/…`; KeyError for another."""
    return _AGGREGATES[stream.split("/", 1)[0]]


def event_types() -> dict[str, type[Event]]:
    """Return every type of event that an aggregate decides, by its stable name."""
    found: list[type[Event]] = [ActRefused, *(event for room in ROOMS for event in room.folds)]
    return {event.TYPE: event for event in found}


def application_stream(round_id: str, number: str) -> str:
    """Return the stream, and workflow id, of an application."""
    return f"application/{round_id}/{number}"


def recommender_stream(round_id: str, unit: str) -> str:
    """Return the stream, and workflow id, of a unit's recommendation list."""
    return f"recommender/{round_id}/{unit}"


def round_stream(round_id: str) -> str:
    """Return the stream, and workflow id, of a round."""
    return f"round/{round_id}"


def archive_stream(round_id: str) -> str:
    """Return the stream, and workflow id, of a round's archive."""
    return f"archive/{round_id}"


def log_of(stream: str) -> str:
    """Return the log that holds a stream: the round's, or the installation's."""
    return stream.split("/")[1] if "/" in stream else "installation"
