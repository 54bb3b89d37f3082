"""What is awaited of somebody, since when and until when: the shape of what a room's `tasks` returns."""

from selection.kernel.actor import Role
from selection.kernel.leaf import Instant
from selection.kernel.model import Frozen


class OpenTask(Frozen):
    """Something that is awaited of a person, of a unit's agents, or of a role of the round."""

    key: str
    kind: str
    role: Role
    person: str | None = None
    unit: str | None = None
    since: Instant
    until: Instant | None = None


def nobody(state: object) -> list[OpenTask]:
    """Return no task: in this stage an application waits for the round, or for a deadline."""
    return []
