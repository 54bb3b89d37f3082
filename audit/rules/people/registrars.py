"""Whoever somebody came into the register through appoints them to nothing (docs/decisions/0061)."""

from collections.abc import Iterable

from audit.rules.fold import Step
from audit.rules.rule_runner import require_register


def check_registrars(step: Step, people: Iterable[str], finding: str = "named-by-registrar") -> None:
    """Raise Difference where one who signed the entry registered one of these people, or registered who did."""
    leaf = step.leaf
    register = require_register(step.record.register, leaf, step.point)
    for named in people:
        signed = set(register.registrars(named, leaf.register_size))
        for person in leaf.people:
            step.require(person not in signed, finding, person=person, named=named)
