"""How the units of the register were registered, each in turn, read off the installation's log."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from audit.bundle.unit_spelling import spell
from selection.decision.register_views import UnitFact


class Registered(NamedTuple):
    """One registration of a unit: its place in the log, since when it holds, who signed it, whether for a reason."""

    place: int
    since: datetime
    unit: UnitFact
    people: tuple[str, ...]
    reason: bool


class Past(NamedTuple):
    """Of what the register says no more: until when it did; since when first, if whoever ended it gave a reason."""

    until: datetime
    since: datetime | None


class UnitHistory:
    """All registrations of units, by their codes as they are spelt."""

    def __init__(self) -> None:
        self._units: dict[str, list[Registered]] = {}

    def add(
        self, place: int, since: datetime, unit: UnitFact, people: Iterable[str], *, reason: bool
    ) -> None:
        """Add a registration, which replaces the unit's former one from there on."""
        self._units.setdefault(unit.code, []).append(Registered(place, since, unit, tuple(people), reason))

    def list_until(self, code: str, size: int) -> list[Registered]:
        """Return the registrations of a unit in the log's first `size` entries, in order."""
        return [found for found in self._units.get(spell(code), ()) if found.place < size]

    def unit(self, code: str, size: int) -> UnitFact | None:
        """Return a unit as registered after the log's first `size` entries, or None."""
        found = self.list_until(code, size)
        return found[-1].unit if found else None

    def parents(self, code: str, size: int) -> dict[str, Past | None]:
        """Return the units that one belongs to after `size` entries, and those it left, each with its end then."""
        parents: dict[str, Past | None] = {}
        starts: dict[str, datetime] = {}
        for item in self.list_until(code, size):
            for parent, past in parents.items():
                if past is None and parent not in item.unit.parents:
                    parents[parent] = Past(item.since, starts[parent] if item.reason else None)
            for parent in item.unit.parents:
                starts.setdefault(parent, item.since)
                parents[parent] = None
        return parents
