"""Whoever somebody came into the register through appoints them to nothing (docs/decisions/0061)."""

from collections.abc import Iterable, Iterator

from audit.rules.fold import Step
from audit.rules.rule_runner import require_register


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
