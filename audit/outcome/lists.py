"""The units' lists as the entries make them: how many stand on each, and on which an application stands."""

from collections.abc import Mapping
from typing import Any, NamedTuple

Data = Mapping[str, Any]


class Entry(NamedTuple):
    """What a unit recommended: which version, and who did for it."""

    revision: int
    agent: str


class Lists:
    """What stands on each unit's list by now."""

    def __init__(self) -> None:
        self._entries: dict[str, dict[str, Entry]] = {}

    def count(self, unit: str) -> int:
        """Return how many applications stand on a unit's list."""
        return len(self._entries.get(unit, {}))

    def find(self, unit: str, number: str) -> Entry | None:
        """Return an application's entry on a unit's list, None where it has none."""
        return self._entries.get(unit, {}).get(number)

    def hold(self, number: str) -> bool:
        """Tell whether an application stands on any list."""
        return any(number in entries for entries in self._entries.values())

    def follow(self, unit: str, kind: str, data: Data) -> None:
        """Take in an entry of a list. Raises KeyError where what leaves it was not on it."""
        entries = self._entries.setdefault(unit, {})
        match kind:
            case "list.recommended.v1":
                entries[data["application"]] = Entry(int(data["revision"]), data["agent"])
            case "list.withdrawn.v1" | "list.freed.v1":
                del entries[data["application"]]


def find_quota(rules: Data, unit: str) -> int:
    """Return how many places a unit has: its own number, or its route's; none where the rules do not name it."""
    for recommender in rules.get("recommenders", ()):
        if recommender["code"] == unit:
            own = recommender.get("quota")
            routes = {route["code"]: route["quota"] for route in rules.get("routes", ())}
            return int(routes[recommender["route"]] if own is None else own)
    return 0


def find_region(rules: Data, unit: str) -> str:
    """Return the region whose applications alone a unit recommends, empty where it has none."""
    named = (item.get("region") for item in rules.get("recommenders", ()) if item["code"] == unit)
    return next(named, None) or ""
