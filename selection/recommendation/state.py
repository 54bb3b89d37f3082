"""A unit's recommendation list in one round: quota and ranking meet here."""

from typing import Any

from selection.decision.aggregate import Event, StreamState
from selection.kernel.leaf import Leaf
from selection.kernel.model import Frozen
from selection.recommendation import events as e


class Listed(Frozen):
    """One application on the list: the version that was recommended, who did so by which act, and its entry."""

    application: str
    revision: int
    agent: str
    decided: int
    command_id: str
    command_hash: str


class ListState(StreamState):
    """The list in ranking order. `quota` is that of the unit's route."""

    round: str = ""
    unit: str = ""
    quota: int = 0
    listed: tuple[Listed, ...] = ()
    closed: bool = False

    @property
    def ended(self) -> bool:
        """Tell whether the list takes no more recommendations."""
        return self.closed

    def entry(self, application: str) -> Listed | None:
        """Return the application's place on the list, if it has one."""
        return next((item for item in self.listed if item.application == application), None)


def initial(stream: str) -> ListState:
    """Return the empty list of `recommender/<round>/<unit>`."""
    _, round_id, unit = stream.split("/")
    return ListState(stream=stream, round=round_id, unit=unit)


def apply(state: ListState, event: Event, leaf: Leaf) -> ListState:
    """Return the list after the event."""
    return state.with_(**_changes(state, event, leaf))


def _changes(state: ListState, event: Event, leaf: Leaf) -> dict[str, Any]:
    match event:
        case e.ApplicationRecommended():
            entry = Listed(
                application=event.application,
                revision=event.revision,
                agent=event.agent,
                decided=leaf.version,
                command_id=str(leaf.data["command_id"]),
                command_hash=str(leaf.data.get("command_hash", "")),
            )
            return {"quota": event.quota, "listed": (*state.listed, entry)}
        case e.RecommendationWithdrawn() | e.RecommendationFreed():
            return {"listed": _without(state, event.application)}
        case e.RecommendationsRanked():
            places = {application: place for place, application in enumerate(event.order)}
            return {"listed": tuple(sorted(state.listed, key=lambda item: places[item.application]))}
        case e.ListClosed() | e.ListNeverOpened():
            return {"closed": True}
    raise KeyError(event.TYPE)


def _without(state: ListState, application: str) -> tuple[Listed, ...]:
    return tuple(item for item in state.listed if item.application != application)
