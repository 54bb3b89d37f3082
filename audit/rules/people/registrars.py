"""Whoever somebody came into the register through appoints them to nothing (docs/decisions/0061)."""

from collections.abc import Iterable, Iterator

from audit.rules.fold import Step
from audit.rules.people.ties import list_way
from audit.rules.rule_runner import require_register
from selection.decision.relations import Conflict


def find_registrars(step: Step, people: Iterable[str]) -> Iterator[dict[str, str]]:
    """Yield whoever signed the entry with whom of these people they registered, or registered who did."""
    leaf = step.leaf
    for named in people:
        # Where nobody is named a bundle may lack the register.
        register = require_register(step.record.register, leaf, step.point)
        signed = set(register.registrars(named, leaf.register_size))
        yield from ({"person": person, "named": named} for person in leaf.people if person in signed)


def check_named(step: Step, people: Iterable[str]) -> None:
    """Raise Difference where one who signed the entry named, or ruled on, whom they had registered."""
    for who in find_registrars(step, people):
        raise step.differs("named-by-registrar", **who)


def check_ruled(step: Step, person: str, bound_by: Iterable[Conflict]) -> None:
    """Raise Difference where one who ruled on evidence had registered whom, or a unit by which, it binds."""
    leaf, evidence = step.leaf, tuple(bound_by)
    check_named(step, (person, *(other for found in evidence for other in found.to)))
    register = require_register(step.record.register, leaf, step.point)
    for unit in sorted(
        set[str]().union(*(list_way(register, leaf.register_size, found) for found in evidence))
    ):
        signed = register.unit_registrars(unit, leaf.register_size)
        for ruling in leaf.people:
            step.require(ruling not in signed, "named-by-registrar", person=ruling, named=unit)
