"""People and units that tasks await, as the pages of a round call them: an id may be spelled like a unit's code."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from portal.people import PersonNames, call_people
from portal.shown.names import name_units
from portal.visit import Visit
from reading.desk.models import Late
from reading.models import RoundNames, ShownTask
from selection.streams import round_stream


@dataclass(frozen=True)
class Calls:
    """What people are called, by id, and what names units."""

    people: PersonNames
    units: Callable[[str], str]

    def call(self, task: ShownTask | Late) -> str:
        """Return what the person or the unit is called that a task awaits; empty where it awaits a role alone."""
        if task.person:
            return self.people[task.person]
        return self.units(task.unit) if task.unit else ""

    def call_either(self, who: str) -> str:
        """Return what a choice of a filter is called, which takes the tasks of a person and of a unit alike."""
        person, unit = self.people.get(who), self.units(who)
        if person is None or unit == who:
            return person or unit
        return f"{person} / {unit}"


async def call_awaited(
    visit: Visit,
    names: RoundNames,
    round_id: str,
    people: Iterable[str | None],
    units: Iterable[str | None],
) -> Calls:
    """Return what calls these people by name, and these units as the rules or the register do."""
    asked, codes = set(filter(None, people)), sorted(set(filter(None, units)))
    registered = await visit.reads.units.find(visit.subject, codes) if codes else {}
    called = await call_people(visit, round_stream(round_id), asked) if asked else PersonNames()
    return Calls(called, name_units(names, registered, visit.language))
