"""The act that opens a round by its rules, as commands and pages make it."""

from selection.kernel.actor import Role
from selection.round.commands import OpenRound
from selection.rules.loading import RoundRules, rules_hash


def open_by(rules: RoundRules, person: str) -> tuple[OpenRound, Role]:
    """Return the act that seals these rules, and the role in which the person does it."""
    # Of one administrator nobody could sign as the second.
    alone = person in rules.staff.officers and len(rules.staff.admins) < 2
    role = Role.ADMIN if person in rules.staff.admins and not alone else Role.OFFICER
    return OpenRound(rules=rules.model_dump(mode="json"), rules_hash=rules_hash(rules)), role
