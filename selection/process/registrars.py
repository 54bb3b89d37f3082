"""Who registers people appoints them to nothing: not whoever signed for them, nor who signed for one who did (0061)."""

from collections.abc import Iterable

from selection.decision.aggregate import Context
from selection.refusals.refused import Refused


def refuse_registrars(people: Iterable[str], context: Context) -> None:
    """Raise Refused for who acts, or whom they stand in for, where one of these people came by them into the register.

    The facts have to tell of these people through whose hands they came (`registered` of the request).
    """
    known = context.facts.registrars
    named = tuple(dict.fromkeys(people))
    for person in context.actor.people:
        theirs = [name for name in named if person in known.get(name, ())]
        if theirs:
            raise Refused("registrar-of-named", person=person, people=", ".join(theirs))


def refuse_unit_registrars(units: Iterable[str], context: Context) -> None:
    """Raise Refused likewise where one of these units came into the register by who acts, or was changed there."""
    known = context.facts.relations.registrars if context.facts.relations else {}
    named = tuple(units)
    for person in context.actor.people:
        theirs = [unit for unit in named if person in known.get(unit, ())]
        if theirs:
            raise Refused("registrar-of-unit", person=person, units=", ".join(theirs))
