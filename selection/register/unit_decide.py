"""Whether units can be registered as they are said to be: on what stands in the register, and without a circle."""

from collections.abc import Iterator, Mapping

from selection.decision.aggregate import Context, Event
from selection.decision.command import Command
from selection.decision.register_views import RegisterFacts, UnitsToRegister
from selection.kernel.model import Frozen
from selection.process.room import Decider
from selection.refusals.refused import Refused
from selection.register.state import RegisterState
from selection.register.unit_commands import RegisterUnits
from selection.register.unit_events import UnitRegistered

Parents = Mapping[str, tuple[str, ...]]
"""By code of a unit, those that it belongs to."""


def view_of_units(command: Frozen) -> UnitsToRegister | None:
    """Return what an act about units has to see: the units it names, and all above them."""
    if not isinstance(command, RegisterUnits):
        return None
    named = {code for item in command.units for code in (item.code, *item.parents)}
    return UnitsToRegister(units=tuple(sorted(named)))


def find_circle(parents: Parents, start: str) -> tuple[str, ...]:
    """Return the units from one on around to it again; none where it does not belong to itself."""
    above: dict[str, str] = {}
    waiting = [(parent, start) for parent in parents.get(start, ())]
    while waiting:
        unit, below = waiting.pop()
        if unit in above:
            continue
        above[unit] = below
        if unit == start:
            return tuple(_walk_down(above, start))
        waiting += [(parent, unit) for parent in parents.get(unit, ())]
    return ()


def _walk_down(above: Mapping[str, str], start: str) -> Iterator[str]:
    yield start
    unit = above[start]
    while unit != start:
        yield unit
        unit = above[unit]


def _register(state: RegisterState, command: RegisterUnits, context: Context) -> tuple[Event, ...]:
    known = (context.facts.registry or RegisterFacts()).units
    named = {item.code: item for item in command.units}
    if len(named) < len(command.units):
        raise Refused("unreadable", places="units (twice)")
    parents = {code: fact.parents for code, fact in known.items()}
    parents |= {code: item.parents for code, item in named.items()}
    for item in command.units:
        standing = known[item.code].version if item.code in known else 0
        if item.replaces != standing:
            raise Refused("unit-moved", unit=item.code)
        for parent in item.parents:
            if parent not in parents:
                raise Refused("unit-parent-unknown", unit=item.code, parent=parent)
        if find_circle(parents, item.code):
            raise Refused("unit-circle", unit=item.code)
    return tuple(UnitRegistered.model_validate(item.model_dump()) for item in command.units)


DECIDES: dict[type[Command], Decider[RegisterState]] = {RegisterUnits: _register}
