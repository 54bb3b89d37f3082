"""Whoever acted was registered as active: who is deactivated or erased does nothing from the next act on."""

from collections.abc import Iterator

from audit.claims import Sentences
from audit.rules.fold import Step
from audit.rules.rule_runner import EntryRule, Rule, require_register
from selection.decision.aggregate import Event
from selection.kernel.actor import Role


class ActorsActive(EntryRule):
    """The claim that the register counted everybody in who acted or signed, as far as the decision saw it."""

    code = "actors-active"
    looks_at: frozenset[type[Event]] | None = None

    def see(self, step: Step) -> int:
        """Look up who acted, for whom, and who signed as the second; a refusal is nobody's act."""
        if step.is_refusal:
            return 0
        counted = 0
        for person in _list_actors(step):
            register = require_register(step.record.register, step.leaf, step.point)
            fact = register.person(person, step.leaf.register_size)
            step.require(fact is None or fact.active, "deactivated-before", person=person)
            counted += 1
        return counted


def _list_actors(step: Step) -> Iterator[str]:
    signed = step.leaf.signed
    actor = step.leaf.actor
    if actor.role is not Role.SYSTEM:
        yield from (actor.person, *([actor.behalf] if actor.behalf else []))
    if signed is not None and signed.second is not None:
        yield signed.second.person


def active_rules() -> tuple[Rule, ...]:
    """Return the rule about people who are no longer active."""
    return (ActorsActive(),)


CLAIMS: Sentences = {
    "actors-active": (
        "Nobody acted or signed after they were deactivated or erased.",
        "无人在停用或删除之后办理或签名。",
    ),
}
"""What is claimed: code -> (English, Chinese)."""

FINDINGS: Sentences = {
    "deactivated-before": (
        "{person} acted or signed, though the register had deactivated them before.",
        "{person} 办理或签名之前已在登记中停用。",
    ),
}
"""What can be found instead."""
