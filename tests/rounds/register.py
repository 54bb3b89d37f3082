"""What the installation's log says of people and units, read by hand: neither the core nor the audit is asked."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from selection.kernel.leaf import Leaf

YEAR = timedelta(days=365)


class Register:
    """Who was registered where, as far as so many entries of the log tell."""

    def __init__(self, log: Sequence[Leaf]) -> None:
        self._people: dict[str, list[tuple[int, datetime, str, bool]]] = {}
        self._parents: dict[str, list[tuple[int, tuple[str, ...]]]] = {}
        for number, leaf in enumerate(log):
            told = leaf.data
            if leaf.type == "person.registered.v1":
                entry = (number, leaf.at, str(told["employer"]).upper(), bool(told["active"]))
                self._people.setdefault(told["person"], []).append(entry)
            elif leaf.type == "person.erased.v1":
                known = self._people[told["person"]]
                known.append((number, leaf.at, known[-1][2], False))
            elif leaf.type == "unit.registered.v1":
                self._parents.setdefault(told["code"], []).append((number, tuple(told["parents"])))

    def is_active(self, person: str, size: int) -> bool:
        """Tell whether somebody may act, after so many entries."""
        known = [active for number, _, _, active in self._people.get(person, ()) if number < size]
        return bool(known) and known[-1]

    def employers(self, person: str, size: int, at: datetime, years: int) -> Iterator[tuple[str, bool]]:
        """Yield the units that employ somebody, or did within so many years; True for those that do."""
        known = [item for item in self._people.get(person, ()) if item[0] < size]
        for place, (_, _, unit, _) in enumerate(known):
            left = next((since for _, since, other, _ in known[place + 1 :] if other != unit), None)
            if left is None or at < left + years * YEAR:
                yield unit, left is None

    def above(self, unit: str, size: int) -> frozenset[str]:
        """Return all units that one belongs to."""
        found: set[str] = set()
        for number, parents in self._parents.get(unit, ()):
            if number < size:
                found = {*parents}
        return frozenset(found.union(*(self.above(parent, size) for parent in found)))
