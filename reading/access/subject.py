"""Who reads."""

from enum import StrEnum

from selection.decision.facts import PersonFact
from selection.kernel.actor import Role
from selection.kernel.model import Frozen, Instant


class Means(StrEnum):
    """By what it is known that a subject is who they are."""

    LOCAL = "local"
    """Whoever can run a command here says so, and nothing is checked: on a local installation that is enough."""
    SESSION = "session"
    """A session's key signed it, which a key of theirs vouched for."""
    KEY = "key"
    """A key of theirs signed it."""
    PROVIDER = "provider"
    """The installation's provider of sign-ins says so: it opens reads, and signs nothing."""


class Subject(Frozen):
    """A person who reads, as registered when they were let in; made by reading/access/authentication.py alone.

    `session` stands beside every read that is noted, and is no credential: the name of the key that signed, or on a
    local installation of the turn in which they read. `until` is the end of what the key gave a right to.
    """

    fact: PersonFact
    session: str
    means: Means
    until: Instant | None = None

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
