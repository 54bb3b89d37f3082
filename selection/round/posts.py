"""Whom a round's rules name as staff and approvers, and that the register gives them those roles."""

from collections.abc import Iterator

from pydantic import ValidationError

from selection.decision.aggregate import Context
from selection.kernel.actor import Role
from selection.refusals.refused import Refused
from selection.round.commands import OpenRound
from selection.rules.holders import STAFF
from selection.rules.model import RoundRules

NAMED_AT_MOST = 10


def list_staff(command: OpenRound) -> tuple[str, ...]:
    """Return whom the rules name, as far as they can be read."""
    try:
        rules = RoundRules.model_validate(command.rules)
    except ValidationError:
        return ()
    return tuple(dict.fromkeys(person for person, _ in posts_of(rules)))


def posts_of(rules: RoundRules) -> Iterator[tuple[str, Role]]:
    """Yield everybody who has a post by the rules, with the role that the register must give them."""
    for post, role in STAFF.items():
        yield from ((person, role) for person in getattr(rules.staff, post))
    for level in rules.approval:
        yield from ((person, Role.APPROVER) for person in level.approvers)


def refuse_unregistered(rules: RoundRules, context: Context) -> None:
    """Raise Refused unless the register gives everybody the role that the rules count on.

    Else who may register people as something harmless could make a whole staff of them.
    """
    people = context.facts.people
    missing = [
        f"{person} ({role.value})"
        for person, role in posts_of(rules)
        if person not in people or not people[person].holds(role)
    ]
    if missing:
        raise Refused("staff-unregistered", people=", ".join(missing[:NAMED_AT_MOST]))
