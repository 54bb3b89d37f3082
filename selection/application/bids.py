"""The bids of a round by the units and people that take part in them: for whoever folds its log."""

from collections.abc import Iterable, Mapping
from typing import Protocol

from selection.application.check.events import ApplicationMended, CheckFailed
from selection.application.co_building.events import CoBuildingConfirmed
from selection.application.intake.events import ApplicationLapsed, ApplicationSubmitted, ApplicationWithdrawn
from selection.application.outcome.events import ApplicationCancelled
from selection.application.recusal import bid_of, list_behind
from selection.application.reversing.events import DecisionReversed
from selection.application.state import ApplicationState
from selection.decision.relations import (
    Belonging,
    Bid,
    Declared,
    Employment,
    Relations,
    RelationsAsked,
    list_codes,
)

HANDING_IN = (ApplicationSubmitted.TYPE, ApplicationMended.TYPE, CoBuildingConfirmed.TYPE)
"""The entries by which somebody becomes an applicant of a bid."""
CHANGING = (
    *(*HANDING_IN, ApplicationWithdrawn.TYPE, ApplicationLapsed.TYPE, ApplicationCancelled.TYPE),
    *(CheckFailed.TYPE, DecisionReversed.TYPE),
)
"""The entries by which a bid comes, goes, is out or in again, or changes its units, field or applicants.

What was withdrawn and ends with its round is told as a bid again: its outcome no longer says that it was withdrawn.
"""


class BidIndex:
    """Kept equal to the states that are put into it, one by one."""

    def __init__(self) -> None:
        self._states: dict[str, ApplicationState] = {}
        self._known: dict[str, tuple[frozenset[str], tuple[str, ...]]] = {}
        self._names: dict[str, tuple[str, ...]] = {}
        self._by_name: dict[str, set[str]] = {}

    def put(self, state: ApplicationState) -> None:
        """Take in an application as it stands now."""
        self._states[state.number] = state
        applicants, units = list_behind(state), state.bidders
        if self._known.get(state.number) == (units, applicants):
            return
        self._known[state.number] = (units, applicants)
        for name in self._names.get(state.number, ()):
            self._by_name[name].discard(state.number)
        names = (*(f"unit {code}" for code in units), *(f"person {name}" for name in applicants))
        self._names[state.number] = names
        for name in names:
            self._by_name.setdefault(name, set()).add(state.number)

    def find(
        self, asked: RelationsAsked, employments: Mapping[str, tuple[Employment, ...]]
    ) -> tuple[Bid, ...]:
        """Return the bids that bind those who are asked about."""
        codes = {code for history in employments.values() for code in list_codes(history, now=True)}
        names = (*(f"unit {code}" for code in codes), *(f"person {name}" for name in asked.people))
        numbers = {number for name in names for number in self._by_name.get(name, ())}
        bids = (bid_of(self._states[number], asked.people) for number in sorted(numbers))
        return tuple(bid for bid in bids if bid is not None)


class UnitSource(Protocol):
    """Tells of units of the register as they stood at the place where something is decided."""

    def find_belonging(self, unit: str) -> Belonging:
        """Return what a unit belongs to, and belonged to."""

    def list_unit_registrars(self, unit: str) -> tuple[str, ...]:
        """Return who ever signed a registration of a unit, or of one who did, in order."""


def relate(
    asked: RelationsAsked,
    employments: Mapping[str, tuple[Employment, ...]],
    units: UnitSource,
    bids: BidIndex,
    also: Iterable[str] = (),
    ties: Mapping[str, tuple[Declared, ...]] | None = None,
) -> Relations:
    """Return the answer to what is asked; `also` are units of which it is told as well what they belong to."""
    known = {person: employments[person] for person in asked.people if person in employments}
    waiting = [*asked.units, *also, *(code for history in known.values() for code in list_codes(history))]
    belonging: dict[str, Belonging] = {}
    while waiting:
        unit = waiting.pop()
        if unit not in belonging:
            belonging[unit] = units.find_belonging(unit)
            waiting += [*belonging[unit].parents, *belonging[unit].former]
    return Relations(
        employments=known,
        ties=dict(ties or {}),
        parents={unit: found.parents for unit, found in belonging.items()},
        former_parents={unit: found.former for unit, found in belonging.items() if found.former},
        registrars={unit: units.list_unit_registrars(unit) for unit in belonging} if asked.registrars else {},
        bids=bids.find(asked, known) if asked.bids else (),
    )
