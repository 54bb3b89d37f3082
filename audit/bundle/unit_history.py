"""How the units of the register were registered, each in turn, read off the installation's log."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from audit.bundle.unit_spelling import spell
from selection.decision.register_views import UnitFact


class Registered(NamedTuple):
    """One registration of a unit: its place in the log, since when it holds, who signed it."""

    place: int
    since: datetime
    unit: UnitFact
    people: tuple[str, ...]


class UnitHistory:
    """All registrations of units, by their codes as they are spelt."""

    def __init__(self) -> None:
        self._units: dict[str, list[Registered]] = {}

    def add(self, place: int, since: datetime, unit: UnitFact, people: Iterable[str]) -> None:
        """Add a registration, which replaces the unit's former one from there on."""
        self._units.setdefault(unit.code, []).append(Registered(place, since, unit, tuple(people)))

    def list_until(self, code: str, size: int) -> list[Registered]:
        """Return the registrations of a unit in the log's first `size` entries, in order."""
        return [found for found in self._units.get(spell(code), ()) if found.place < size]

    def unit(self, code: str, size: int) -> UnitFact | None:
        """Return a unit as registered after the log's first `size` entries, or None."""
        found = self.list_until(code, size)
        return found[-1].unit if found else None

    def parents(self, code: str, size: int) -> dict[str, datetime | None]:
        """Return the units that one belongs to after `size` entries, and those it left, each with its end then."""
        found: dict[str, datetime | None] = {}
        for item in self.list_until(code, size):
            named = item.unit.parents
            ends = {parent: until or item.since for parent, until in found.items() if parent not in named}
            found = {**ends, **dict.fromkeys(named)}
        return found
