"""What differs between two states of an application, a round or a list, field by field."""

from typing import Any, NamedTuple

from selection.application.state import ApplicationState
from selection.decision.stream_state import StreamState

FRAME = {"stream", "round", "version", "rules", "acted"}
"""What identifies a state and when it was acted on last: shown otherwise, or nothing of the application."""
LARGE = {"sealed", "amended"}
"""Whole rules and forms, which the entries that brought them name by their hashes."""


class Change(NamedTuple):
    """A field by its path (`seats.3.status`) with what it held before and after, as JSON values."""

    field: str
    before: Any
    after: Any


def changes(before: StreamState, after: StreamState) -> list[Change]:
    """Return what changed, in the order of the state's fields; something new is one change as a whole."""
    return _differences("", plain(before), plain(after))


def plain(state: StreamState) -> dict[str, Any]:
    """Return a state as JSON values, each of several things by what names it, so that it is compared with itself."""
    return _plain_application(state) if isinstance(state, ApplicationState) else _plain_decided(state)


def _plain_decided(state: StreamState) -> dict[str, Any]:
    """Return the state of a round or a list; the stage of a round is not that of an application."""
    found = state.model_dump(mode="json", exclude=FRAME | LARGE)
    return {
        "round_stage" if name == "stage" else name: _by_application(value) for name, value in found.items()
    }


def _by_application(value: Any) -> Any:
    if (
        isinstance(value, list)
        and value
        and all(isinstance(item, dict) and "application" in item for item in value)
    ):
        return {item["application"]: _without(item, "application") for item in value}
    return value


def _plain_application(state: ApplicationState) -> dict[str, Any]:
    found = state.model_dump(mode="json", exclude=FRAME)
    found["seats"] = {str(seat["number"]): _without(seat, "number") for seat in found["seats"]}
    found["reviews"] = {
        f"{review['seat']}.{review['expert']}": _without(review, "seat", "expert")
        for review in found["reviews"]
    }
    return found


def _without(value: dict[str, Any], *names: str) -> dict[str, Any]:
    return {key: item for key, item in value.items() if key not in names}


def _differences(path: str, before: Any, after: Any) -> list[Change]:
    if before == after:
        return []
    if not (isinstance(before, dict) and isinstance(after, dict)) or _is_new(before, after):
        return [Change(path, before, after)]
    found = []
    for key in dict.fromkeys((*before, *after)):
        place = f"{path}.{key}" if path else key
        found += _differences(place, before.get(key), after.get(key))
    return found


def _is_new(before: dict[str, Any], after: dict[str, Any]) -> bool:
    """Tell whether a mapping of plain values appeared or went as a whole; one of things is told thing by thing."""
    if before and after:
        return False
    return not any(isinstance(value, dict) for value in (before or after).values())
