"""What the core would have been told of relations at a place: for deciding, and drawing, once more."""

from collections.abc import Iterable

from pydantic import TypeAdapter

from audit.bundle.register import Register
from audit.rules.fold import Record
from selection.application.bids import relate
from selection.decision.relations import Declared, Employment, Relations, RelationsAsked, TieKind

TIE_KINDS: TypeAdapter[TieKind] = TypeAdapter(TieKind)


def relations_at(
    register: Register, record: Record, asked: RelationsAsked, size: int, also: Iterable[str] = ()
) -> Relations:
    """Return what binds people to the round's bids after the register's first `size` entries."""
    employments = {
        person: tuple(Employment(unit=unit, until=until) for unit, until in register.employers(person, size))
        for person in asked.people
    }

    def parents_of(unit: str) -> tuple[str, ...]:
        found = register.unit(unit, size)
        return found.parents if found else ()

    declarations = {
        person: tuple(
            Declared(kind=TIE_KINDS.validate_python(kind), unit=unit, other=other, until=until)
            for (kind, unit, other), until in register.ties(person, size)
        )
        for person in asked.people
    }
    ties = {person: found for person, found in declarations.items() if found}
    return relate(asked, employments, parents_of, record.bids, also, ties)
