"""Who reads."""

from enum import StrEnum

from selection.decision.facts import PersonFact
from selection.kernel.actor import Role
from selection.kernel.model import Frozen


class Means(StrEnum):
    """By what it is known that a subject is who they are."""

    LOCAL = "local"
    """Whoever can run a command on this machine says so; nothing is checked."""


class Subject(Frozen):
    """A person who reads, as registered when they were authenticated: good for one request, not for days.

    `session` names the turn in which they read and is no credential: it stands beside every read that is noted.
    """

    fact: PersonFact
    session: str
    means: Means

    @property
    def person(self) -> str:
        """The person's id."""
        return self.fact.person

    def holds(self, role: Role) -> bool:
        """Tell whether the person is registered with a role."""
        return self.fact.holds(role)

    def get_units(self, role: Role) -> tuple[str, ...]:
        """Return the units that the person holds a role for."""
        return self.fact.roles.get(role.value, ())
