"""What the core would have been told of relations at a place: for deciding, and drawing, once more."""

from collections.abc import Iterable
from dataclasses import dataclass

from pydantic import TypeAdapter

from audit.bundle.register import Register
from audit.rules.fold import Record
from selection.application.bids import relate
from selection.decision.relations import (
    Belonging,
    Declared,
    Employment,
    Former,
    Relations,
    RelationsAsked,
    TieKind,
)

TIE_KINDS: TypeAdapter[TieKind] = TypeAdapter(TieKind)


@dataclass(frozen=True)
class UnitsAt:
    """Tells of units after the register's first `size` entries."""

    register: Register
    size: int

    def find_belonging(self, unit: str) -> Belonging:
        """Return what a unit belongs to, and belonged to."""
        found = self.register.units.parents(unit, self.size)
        return Belonging(
            parents=tuple(parent for parent, past in found.items() if past is None),
            former={
                parent: Former(until=past.until, corrected=past.since)
                for parent, past in found.items()
                if past is not None
            },
        )

    def list_unit_registrars(self, unit: str) -> tuple[str, ...]:
        """Return who ever signed a registration of a unit, or of one who did, in order."""
        return self.register.unit_registrars(unit, self.size)


def relations_at(
    register: Register, record: Record, asked: RelationsAsked, size: int, also: Iterable[str] = ()
) -> Relations:
    """Return what binds people to the round's bids after the register's first `size` entries."""
    employments = {
        person: tuple(
            Employment(unit=unit, until=past and past.until, corrected=past and past.since)
            for unit, past in register.employers(person, size)
        )
        for person in asked.people
    }

    declarations = {
        person: tuple(
            Declared(kind=TIE_KINDS.validate_python(kind), unit=unit, other=other, until=until)
            for (kind, unit, other), until in register.ties(person, size)
        )
        for person in asked.people
    }
    ties = {person: found for person, found in declarations.items() if found}
    return relate(asked, employments, UnitsAt(register, size), record.bids, also, ties)
