"""What the installation's log says of people and units, read by hand: neither the core nor the audit is asked."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from selection.kernel.leaf import Leaf

YEAR = timedelta(days=365)
TieKey = tuple[str, str, str]
"""How somebody is tied, to which unit, or to whom."""


class Register:
    """Who was registered where, as far as so many entries of the log tell."""

    def __init__(self, log: Sequence[Leaf]) -> None:
        self._people: dict[str, list[tuple[int, datetime, str, bool]]] = {}
        self._parents: dict[str, list[tuple[int, tuple[str, ...]]]] = {}
        self._entered: dict[str, list[tuple[int, datetime, frozenset[TieKey]]]] = {}
        self._own: dict[str, list[tuple[int, datetime, TieKey, bool]]] = {}
        for number, leaf in enumerate(log):
            told = leaf.data
            if leaf.type == "person.registered.v1":
                entry = (number, leaf.at, str(told["employer"]).upper(), bool(told["active"]))
                self._people.setdefault(told["person"], []).append(entry)
                ties = frozenset(map(_read_tie, told.get("ties", ())))
                self._entered.setdefault(told["person"], []).append((number, leaf.at, ties))
            elif leaf.type == "person.tie-declared.v1":
                said = (number, leaf.at, _read_tie(told["tie"]), bool(told["holds"]))
                self._own.setdefault(told["person"], []).append(said)
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

    def ties(self, person: str, size: int, at: datetime, years: int) -> frozenset[TieKey]:
        """Return what ties somebody, or did within so many years: by either end's registration, or their own word.

        What others say of themselves ties nobody but them.
        """
        lasting = years * YEAR
        found = set(_list_entered(self._entered.get(person, ()), size, at, lasting))
        for other, entered in self._entered.items():
            for kind, unit, named in _list_entered(entered, size, at, lasting):
                if named == person:
                    found.add((kind, unit, other))
        said: dict[TieKey, datetime | None] = {}
        for number, since, tie, holds in self._own.get(person, ()):
            if number < size:
                said[tie] = None if holds else since
        return frozenset(found | {tie for tie, end in said.items() if end is None or at < end + lasting})

    def above(self, unit: str, size: int) -> frozenset[str]:
        """Return all units that one belongs to."""
        found: set[str] = set()
        for number, parents in self._parents.get(unit, ()):
            if number < size:
                found = {*parents}
        return frozenset(found.union(*(self.above(parent, size) for parent in found)))


def _read_tie(told: dict[str, str]) -> TieKey:
    return told["kind"], told.get("unit", "").upper(), told.get("other", "")


def _list_entered(
    entered: Sequence[tuple[int, datetime, frozenset[TieKey]]], size: int, at: datetime, lasting: timedelta
) -> Iterator[TieKey]:
    """Yield what registrations of one person tell: each lasts until one leaves it out, and counts for years more."""
    known = [item for item in entered if item[0] < size]
    for place, (_, _, ties) in enumerate(known):
        for tie in ties:
            end = next((since for _, since, later in known[place + 1 :] if tie not in later), None)
            if end is None or at < end + lasting:
                yield tie
